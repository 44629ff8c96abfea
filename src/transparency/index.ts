export { requireCosigned, toAcceptedDto } from './cosignatures.js';
export { endOf, openOurs, proveGrowth } from './log-growth.js';
export { AnswersCheckpoint, RefusesCosignatures, RefusesSizes } from './log-routes.js';
export { LogProofs, type ProvenPlaces } from './log.proofs.js';
export { LogReads, notYet } from './log.reads.js';
export { type LogHead, LogStore } from './log.store.js';
export { LogIdentity } from './log.identity.js';
export { LogWriter } from './log.writer.js';
export { readTiles, tilesIn, writeTiles } from './tile-rows.js';
export {
  AcceptedCosignaturesDto,
  ConsistencyProofDto,
  ConsistencyQuery,
  CosignatureDto,
} from './transparency.dto.js';
export { TransparencyModule } from './transparency.module.js';
