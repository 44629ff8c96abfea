import { answer, http, page } from './http';
import type { components } from './schema';

type Schemas = components['schemas'];

export type NewRevocationOrder = Schemas['NewRevocationBatchDto'];
export type RevocationOrder = Schemas['RevocationBatchDto'];
export type OrderPreview = Schemas['RevocationPreviewDto'];
type Proposal = Schemas['ProposalDto'];

const of = (id: string) => ({ params: { path: { id } } });

/** Taking back what one institution posted, learner by learner. */
export const revocationsApi = {
  list: (after: string | null) =>
    answer(http.GET('/v1/revocations', { params: { query: page(after) } })),
  show: (id: string) => answer(http.GET('/v1/revocations/{id}', of(id))),
  cancel: (id: string) => answer(http.POST('/v1/revocations/{id}/cancellation', of(id))),
  /** What an order would reach; changes nothing. */
  preview: (body: NewRevocationOrder) =>
    answer(
      http.POST('/v1/revocations', { params: { query: { preview: true } }, body }),
    ) as Promise<OrderPreview>,
  /** Ordered, or proposed to a second person. */
  order: (body: NewRevocationOrder): Promise<RevocationOrder | Proposal> =>
    answer(http.POST('/v1/revocations', { body })) as Promise<RevocationOrder | Proposal>,
};

/** Whether an answer is a proposal that waits for a second person. */
export function isProposed(made: RevocationOrder | Proposal): made is Proposal {
  return 'proposedBy' in made;
}
