import { type Client, all, answer, done, page } from './http';
import type { NewShare, ShareChange } from './types';

const ME = { path: { id: 'me' } };

/**
 * What learners ask about their own record. The client says whose it is: the own one, or that of a
 * learner for whom a guardian or a clerk at a counter asks.
 */
export const learnerApi = {
  profile: (http: Client) => answer(http.GET('/v1/learners/{id}', { params: ME })),
  balance: (http: Client) => answer(http.GET('/v1/learners/{id}/balance', { params: ME })),
  outcomes: (http: Client) =>
    all((after) =>
      answer(http.GET('/v1/learners/{id}/outcomes', { params: { ...ME, query: page(after) } })),
    ),
  statement: (http: Client, after: string | null) =>
    answer(http.GET('/v1/learners/{id}/statement', { params: { ...ME, query: page(after) } })),
  /** The newest lines only, as a first look needs them. */
  newest: (http: Client, limit: number) =>
    answer(http.GET('/v1/learners/{id}/statement', { params: { ...ME, query: { limit } } })),
  standings: (http: Client) => answer(http.GET('/v1/learners/{id}/standings', { params: ME })),
  shares: (http: Client) =>
    all((after) => answer(http.GET('/v1/shares', { params: { query: page(after) } }))),
  shareOf: (http: Client, id: string) =>
    answer(http.GET('/v1/shares/{id}', { params: { path: { id } } })),
  share: (http: Client, body: NewShare) => answer(http.POST('/v1/shares', { body })),
  changeShare: (http: Client, id: string, body: ShareChange) =>
    answer(http.PATCH('/v1/shares/{id}', { params: { path: { id } }, body })),
  revokeShare: (http: Client, id: string) =>
    done(http.DELETE('/v1/shares/{id}', { params: { path: { id } } })),
  shareQr: (http: Client, id: string) =>
    answer(http.GET('/v1/shares/{id}/qr.svg', { params: { path: { id } }, parseAs: 'text' })),
  transcript: (http: Client, id: string, second: 'en' | 'th') =>
    answer(
      http.GET('/v1/shares/{id}/transcript.pdf', {
        params: { path: { id }, query: { second } },
        parseAs: 'blob',
      }),
    ),
};
