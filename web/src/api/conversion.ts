import { type Client, answer, page } from './http';

/** Conversions, as a learner tries them out, asks for them and follows them. */
export const conversionApi = {
  evaluate: (http: Client, programme: string) =>
    answer(http.POST('/v1/evaluations', { body: { learner: 'me', programme } })),
  /** A draft is seen by nobody else and holds no credit. */
  apply: (http: Client, programme: string, draft: boolean) =>
    answer(http.POST('/v1/applications', { body: { learner: 'me', programme, draft } })),
  list: (http: Client, after: string | null) =>
    answer(http.GET('/v1/applications', { params: { query: page(after) } })),
  show: (http: Client, id: string) => answer(http.GET('/v1/applications/{id}', at(id))),
  submit: (http: Client, id: string) =>
    answer(http.POST('/v1/applications/{id}/submission', at(id))),
  withdraw: (http: Client, id: string) =>
    answer(http.POST('/v1/applications/{id}/withdrawal', at(id))),
  appeal: (http: Client, id: string, reason: string) =>
    answer(http.POST('/v1/applications/{id}/appeal', { ...at(id), body: { reason } })),
  letter: (http: Client, id: string) =>
    answer(http.GET('/v1/applications/{id}/decision-letter.pdf', { ...at(id), parseAs: 'blob' })),
};

function at(id: string) {
  return { params: { path: { id } } };
}
