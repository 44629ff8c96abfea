import { type Client, answer, done, http, page } from './http';
import type { ErasureGround, NewConsent } from './types';

const ME = { path: { id: 'me' } };

/** The data of a learner as such: who saw it, who may, and how it is taken away or destroyed. */
export const ownDataApi = {
  accessLog: (client: Client, after: string | null) =>
    answer(client.GET('/v1/learners/{id}/access-log', { params: { ...ME, query: page(after) } })),
  consents: (client: Client) => answer(client.GET('/v1/consents')),
  giveConsent: (client: Client, body: NewConsent) => answer(client.POST('/v1/consents', { body })),
  withdrawConsent: (client: Client, id: string) =>
    done(client.DELETE('/v1/consents/{id}', { params: { path: { id } } })),
  outreachConsents: (client: Client) => answer(client.GET('/v1/outreach-consents')),
  giveOutreachConsent: (client: Client, body: { institution: string; days: number }) =>
    answer(client.POST('/v1/outreach-consents', { body })),
  withdrawOutreachConsent: (client: Client, id: string) =>
    done(client.DELETE('/v1/outreach-consents/{id}', { params: { path: { id } } })),
  representatives: (client: Client) =>
    answer(client.GET('/v1/learners/{id}/representatives', { params: ME })),
  // What follows only learners themselves may ask.
  guardianships: () => answer(http.GET('/v1/guardianships')),
  endGuardianship: (id: string) =>
    done(http.DELETE('/v1/guardianships/{id}', { params: { path: { id } } })),
  erasure: () => answer(http.GET('/v1/learners/{id}/erasure', { params: ME })),
  erase: (ground: ErasureGround) =>
    answer(http.POST('/v1/learners/{id}/erasure', { params: ME, body: { ground } })),
  keep: () => answer(http.DELETE('/v1/learners/{id}/erasure', { params: ME })),
  everything: () => answer(http.GET('/v1/learners/{id}/export', { params: ME, parseAs: 'blob' })),
  exchange: () => answer(http.GET('/v1/learners/{id}/exchange', { params: ME, parseAs: 'blob' })),
  workbook: () =>
    answer(http.GET('/v1/learners/{id}/exchange.xlsx', { params: ME, parseAs: 'blob' })),
  elmo: () => answer(http.GET('/v1/learners/{id}/elmo.xml', { params: ME, parseAs: 'blob' })),
  balanceProof: () =>
    answer(http.GET('/v1/learners/{id}/balance-proof', { params: ME, parseAs: 'blob' })),
  receipt: (entry: string) =>
    answer(
      http.GET('/v1/entries/{id}/receipt', { params: { path: { id: entry } }, parseAs: 'blob' }),
    ),
  /** A badge of one outcome, or, without one, a transcript of all. */
  credential: (outcome: string | null, language: 'zh' | 'en') =>
    answer(
      http.POST('/v1/credentials', {
        body: { language, showsName: true, ...(outcome !== null && { outcome }) },
      }),
    ),
  proof: (client: Client, entry: string) =>
    answer(client.GET('/v1/entries/{id}/proof', { params: { path: { id: entry } } })),
};
