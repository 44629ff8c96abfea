import { all, answer, http, page } from './http';
import type { components } from './schema';
import type { IdentityKind } from './types';

type Schemas = components['schemas'];

export type LearnerAccount = Schemas['LearnerDto'];
export type Outcome = Schemas['OutcomeDto'];
export type NewCompletion = Schemas['CompletionDto'];
export type PostedCompletion = Schemas['PostedCompletionDto'];
export type RevokedOutcome = Schemas['RevokedOutcomeDto'];
export type RevocationEffects = Schemas['RevocationEffectsDto'];
export type RedepositedOutcome = Schemas['RedepositedOutcomeDto'];
export type Proposal = Schemas['ProposalDto'];
export type ReasonForTwo = RevokedOutcome['needsSecondPerson'][number];
export type Definition = Schemas['OutcomeDefinitionDto'];

const of = (id: string) => ({ params: { path: { id } } });

/** What a school does with the records of one learner. */
export const recordsApi = {
  search: (kind: IdentityKind, number: string) =>
    answer(http.POST('/v1/learners/search', { body: { document: { kind, number } } })),
  learner: (id: string) => answer(http.GET('/v1/learners/{id}', of(id))),
  outcomes: (id: string) =>
    all((after) =>
      answer(
        http.GET('/v1/learners/{id}/outcomes', { params: { path: { id }, query: page(after) } }),
      ),
    ),
  statement: (id: string) =>
    all((after) =>
      answer(
        http.GET('/v1/learners/{id}/statement', { params: { path: { id }, query: page(after) } }),
      ),
    ),
  post: (body: NewCompletion) => answer(http.POST('/v1/completions', { body })),
  /** What a revocation would take with it; changes nothing. */
  preview: (id: string, reason: string) =>
    answer(
      http.POST('/v1/outcomes/{id}/revocation', {
        params: { path: { id }, query: { preview: true } },
        body: { reason },
      }),
    ) as Promise<RevokedOutcome>,
  /** Done, or proposed to a second person. */
  revoke: (id: string, reason: string, digest: string): Promise<RevokedOutcome | Proposal> =>
    answer(http.POST('/v1/outcomes/{id}/revocation', { ...of(id), body: { reason, digest } })),
  redeposit: (id: string, reason: string, appeal: string): Promise<RedepositedOutcome | Proposal> =>
    answer(http.POST('/v1/outcomes/{id}/redeposit', { ...of(id), body: { reason, appeal } })),
  definitions: (q: string) =>
    answer(http.GET('/v1/catalogue', { params: { query: { limit: 20, q } } })),
};

/** Whether an answer is a proposal that waits for a second person. */
export function isProposal<T extends object>(made: T | Proposal): made is Proposal {
  return 'proposedBy' in made;
}
