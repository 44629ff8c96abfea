export { SealDto } from './seals.dto.js';
export { type SealRow, toSeal } from './seal-row.js';
export { SealWriter } from './seal.writer.js';
export { type SealedAccount, SealsReads } from './seals.reads.js';
export { SealsModule } from './seals.module.js';
