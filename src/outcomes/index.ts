export type { NoCreditReason } from './completion.js';
export {
  type CompletionBatch,
  type CompletionCheck,
  type CompletionResult,
  Completions,
} from './completions.js';
export { OutcomesModule } from './outcomes.module.js';
export { type HeldOutcome, type OutcomeState, Outcomes, stateOf } from './outcomes.js';
