export { type SharedLearner, SharedLearners } from './shared-learners.js';
export { Shares } from './shares.service.js';
export { NewShareDto, ShareDto } from './shares.dto.js';
export { VerificationModule } from './verification.module.js';
export type { Asker } from './asker.js';
export { Verifications } from './verifications.service.js';
export { DOCUMENT_KINDS, waysToCheck } from './transcript/words.js';
