import { answer, http, page } from './http';

const of = (id: string) => ({ params: { path: { id } } });

/** The books, the queue and the keys, for those who keep the bank running. */
export const operationsApi = {
  audits: async () =>
    (await answer(http.GET('/v1/audits', { params: { query: { limit: 20 } } }))).items,
  startAudit: () => answer(http.POST('/v1/audits')),
  work: async () => (await answer(http.GET('/v1/tasks/summary'))).kinds,
  givenUp: (after: string | null) =>
    answer(http.GET('/v1/tasks', { params: { query: page(after) } })),
  retry: (id: string, note: string) =>
    answer(http.POST('/v1/tasks/{id}/retry', { ...of(id), body: note === '' ? {} : { note } })),
  close: (id: string, note: string) =>
    answer(http.POST('/v1/tasks/{id}/closure', { ...of(id), body: { note } })),
  encryptionKeys: () => answer(http.GET('/v1/encryption-keys')),
};
