export { LearnerIdParam, learnerIdOf } from './learner-id.js';
export { Keepers } from './keepers.js';
export { LearnersModule } from './learners.module.js';
export { Learners } from './learners.service.js';
export type { Reading } from './access/reading.js';
export type { Permit } from './access/permit.js';
export { DocumentDto } from './learners.dto.js';
export * from './person.js';
