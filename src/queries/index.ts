export { LearnerQueries } from './learner-queries.service.js';
export { LearnerQueryAnswerDto } from './learner-queries.dto.js';
export {
  QUERY_FINDINGS,
  type QueryAction,
  type QueryFinding,
  type QueryState,
  isAllowed,
} from './life.js';
export { type QueryEvent, type QueryLife, QueryLives, eventOf, livesOf } from './lives.store.js';
export { QueryPromises } from './promises.service.js';
export { QueriesModule } from './queries.module.js';
