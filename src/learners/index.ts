export { LearnerIdParam, learnerIdOf } from './learner-id.js';
export { LearnersModule } from './learners.module.js';
export { Learners } from './learners.service.js';
export { DocumentDto } from './learners.dto.js';
export * from './person.js';
