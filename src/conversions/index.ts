export type { ApplicationState } from './application-states.js';
export type { BookedConversion } from './booked.js';
export { ApplicationDto, ConversionDto, ReviewDto } from './conversions.dto.js';
export { ConversionsModule } from './conversions.module.js';
export { Conversions } from './conversions.service.js';
export { EvaluationWorker } from './evaluation.worker.js';
export { type Compared, Comparison } from './reevaluation/comparison.js';
export type { Versions } from './reevaluation/reevaluation.js';
export { type WorkScope, WorklistStore } from './worklist.store.js';
