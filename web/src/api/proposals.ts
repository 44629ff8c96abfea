import { answer, http, page } from './http';

const of = (id: string) => ({ params: { path: { id } } });

/** What one person proposed and another has to decide. */
export const proposalsApi = {
  list: (isOpen: boolean, after: string | null) =>
    answer(
      http.GET('/v1/proposals', {
        params: { query: { ...page(after), ...(isOpen && { open: true }) } },
      }),
    ),
  show: (id: string) => answer(http.GET('/v1/proposals/{id}', of(id))),
  confirm: (id: string, digest: string) =>
    answer(http.POST('/v1/proposals/{id}/confirmation', { ...of(id), body: { digest } })),
  refuse: (id: string, reason: string) =>
    answer(http.POST('/v1/proposals/{id}/refusal', { ...of(id), body: { reason } })),
  /** What a proposed revocation would do now; changes nothing. */
  previewRevocation: async (outcomeId: string, reason: string) => {
    const told = await answer(
      http.POST('/v1/outcomes/{id}/revocation', {
        params: { path: { id: outcomeId }, query: { preview: true } },
        body: { reason },
      }),
    );
    if (!('effects' in told)) throw new Error('a preview proposes nothing');
    return told;
  },
};
