export { personOf } from './completion.draft.js';
export type { NoCreditReason } from './completion.js';
export {
  type CompletionBatch,
  type CompletionCheck,
  type CompletionResult,
  Completions,
  OUTCOME_ID_KIND,
} from './completions.js';
export {
  type Dependant,
  Dependants,
  type Resting,
  type RestingConversion,
  type RestingQuestion,
  type Reversal,
} from './dependants.js';
export { PersonDto } from './outcomes.dto.js';
export { OutcomesModule } from './outcomes.module.js';
export { type HeldOutcome, type OutcomeState, Outcomes, stateOf } from './outcomes.js';
export { type Guard, type GuardedPosting, PostingGuards } from './posting-guards.js';
export type { StoredOutcome } from './outcomes.store.js';
export { OutcomeRevocations, type RevocationEffects } from './revocation.js';
export { digestOf } from './revocation.extent.js';
export type { OutcomeScope, SeenLot } from './revocations.store.js';
export { RevocationQuery } from './revocation.dto.js';
export { RevocationService } from './revocation.service.js';
