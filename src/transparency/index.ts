export { LogProofs, type ProvenPlaces } from './log.proofs.js';
export { LogReads, notYet } from './log.reads.js';
export { type LogHead, LogStore } from './log.store.js';
export { LogIdentity } from './log.identity.js';
export { LogWriter } from './log.writer.js';
export { TransparencyModule } from './transparency.module.js';
