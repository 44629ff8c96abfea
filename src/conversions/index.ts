export type { ApplicationState } from './application-states.js';
export type { BookedConversion } from './booked.js';
export { ApplicationDto, ConversionDto, ReviewDto } from './conversions.dto.js';
export { ConversionsModule } from './conversions.module.js';
export { Conversions } from './conversions.service.js';
export { EvaluationWorker } from './evaluation.worker.js';
export { FactsReader, type KnownFacts } from './facts-reader.js';
export { Reviews } from './reviews.service.js';
export { UndecidedApplications } from './undecided.js';
