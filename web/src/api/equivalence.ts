import { answer, http, page } from './http';
import type {
  EquivalenceQuestion,
  EquivalenceRow,
  NewSchoolQuery,
  SchoolQuerySummary,
} from './types';

/** What admissions offices ask about people, one by one and in lists, and of schools. */
export const equivalenceApi = {
  quota: () => answer(http.GET('/v1/equivalence/quota')),
  ask: (body: EquivalenceQuestion) => answer(http.POST('/v1/equivalence', { body })),
  sendList: (file: File, fields: { programme: string; on: string }) =>
    answer(
      http.POST('/v1/equivalence/batches', {
        // The description knows the bytes as a string; what is sent is the form.
        body: { file: file.name, ...fields },
        bodySerializer: () => listForm(file, fields),
      }),
    ),
  lists: (after: string | null) =>
    answer(http.GET('/v1/equivalence/batches', { params: { query: page(after) } })),
  list: (id: string) =>
    answer(http.GET('/v1/equivalence/batches/{id}', { params: { path: { id } } })),
  rows: (id: string, status: EquivalenceRow['status'] | null, after: string | null) =>
    answer(
      http.GET('/v1/equivalence/batches/{id}/rows', {
        params: { path: { id }, query: { ...page(after), ...(status !== null && { status }) } },
      }),
    ),
  /** How much is open; tells of nobody, so it can be asked often. */
  openQueries: () =>
    answer(http.GET('/v1/equivalence/queries/open', { params: { query: { side: 'sent' } } })),
  askSchool: (body: NewSchoolQuery) => answer(http.POST('/v1/equivalence/queries', { body })),
  queries: (state: SchoolQuerySummary['state'] | null, after: string | null) =>
    answer(
      http.GET('/v1/equivalence/queries', {
        params: { query: { side: 'sent', ...page(after), ...(state !== null && { state }) } },
      }),
    ),
  query: (id: string) =>
    answer(http.GET('/v1/equivalence/queries/{id}', { params: { path: { id } } })),
  askAgain: (id: string, words: string) =>
    answer(
      http.POST('/v1/equivalence/queries/{id}/question', {
        params: { path: { id } },
        body: { words },
      }),
    ),
  closeQuery: (id: string) =>
    answer(http.POST('/v1/equivalence/queries/{id}/closure', { params: { path: { id } } })),
  /** The key that signs the public log and papers: public, and asked for to be kept. */
  logKey: () => answer(http.GET('/v1/log/key')),
};

/** The fields come before the file, as the service reads them. */
function listForm(file: File, { programme, on }: { programme: string; on: string }): FormData {
  const form = new FormData();
  if (programme) form.append('programme', programme);
  if (on) form.append('on', on);
  form.append('file', file);
  return form;
}
