export { LogReads } from './log.reads.js';
export { type LogHead, LogStore } from './log.store.js';
export { LogIdentity } from './log.identity.js';
export { LogWriter } from './log.writer.js';
export { TransparencyModule } from './transparency.module.js';
