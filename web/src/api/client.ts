import createClient from 'openapi-fetch';
import { preferences } from '../preferences';
import { ApiProblem, problemOf } from './problem';
import type { paths } from './schema';
import type { FaultCode, Finding, NewShare, Page, Review } from './types';

export { ApiProblem } from './problem';
export { uploadFile } from './upload';

const PAGE_LENGTH = 100;

const http = createClient<paths>({
  // Looked up at each call, so that whatever wraps fetch later is used.
  fetch: (request) => fetch(request),
});
http.use({
  onRequest({ request }) {
    request.headers.set('accept', 'application/json');
    request.headers.set('accept-language', preferences.get().language);
    return request;
  },
});

/** Everything the pages ask of the service, one function a question. */
export const api = {
  session: () => absentAs(401, answer(http.GET('/v1/session'))),
  signIn: (name: string, password: string) =>
    answer(http.POST('/v1/session', { body: { name, password } })),
  signOut: () => done(http.DELETE('/v1/session')),

  institutions: () =>
    all((after) => answer(http.GET('/v1/institutions', { params: { query: page(after) } }))),
  programmes: () =>
    all((after) => answer(http.GET('/v1/programmes', { params: { query: page(after) } }))),

  learner: (id: string) => answer(http.GET('/v1/learners/{id}', { params: { path: { id } } })),
  balance: (id: string) =>
    answer(http.GET('/v1/learners/{id}/balance', { params: { path: { id } } })),
  outcomes: (id: string) =>
    all((after) =>
      answer(
        http.GET('/v1/learners/{id}/outcomes', { params: { path: { id }, query: page(after) } }),
      ),
    ),
  statement: (id: string, after: string | null) =>
    answer(
      http.GET('/v1/learners/{id}/statement', { params: { path: { id }, query: page(after) } }),
    ),

  evaluate: (learner: string, programme: string) =>
    answer(http.POST('/v1/evaluations', { body: { learner, programme } })),
  apply: (learner: string, programme: string) =>
    answer(http.POST('/v1/applications', { body: { learner, programme } })),
  applications: (after: string | null) =>
    answer(http.GET('/v1/applications', { params: { query: page(after) } })),
  application: (id: string) =>
    answer(http.GET('/v1/applications/{id}', { params: { path: { id } } })),
  withdraw: (id: string) =>
    answer(http.POST('/v1/applications/{id}/withdrawal', { params: { path: { id } } })),
  review: (id: string, body: Review) =>
    answer(http.POST('/v1/applications/{id}/review', { params: { path: { id } }, body })),
  recordFinding: (id: string, body: Finding) =>
    answer(http.POST('/v1/learners/{id}/findings', { params: { path: { id } }, body })),

  shares: () => all((after) => answer(http.GET('/v1/shares', { params: { query: page(after) } }))),
  share: (body: NewShare) => answer(http.POST('/v1/shares', { body })),
  revokeShare: (id: string) => done(http.DELETE('/v1/shares/{id}', { params: { path: { id } } })),
  verify: (code: string, pin?: string) =>
    answer(http.POST('/v1/verifications', { body: { code, ...(pin !== undefined && { pin }) } })),
  verifyText: (text: string, pin?: string) =>
    answer(
      http.POST('/v1/verifications/texts', { body: { text, ...(pin !== undefined && { pin }) } }),
    ),
  verifyFile: (file: File) =>
    answer(
      http.POST('/v1/verifications/files', {
        // The description knows the bytes as a string; what is sent is the form.
        body: { file: file.name },
        bodySerializer: () => formOf(file),
      }),
    ),

  imports: (after: string | null) =>
    answer(http.GET('/v1/imports', { params: { query: page(after) } })),
  import: (id: string) => answer(http.GET('/v1/imports/{id}', { params: { path: { id } } })),
  importRows: (id: string, code: FaultCode | null, after: string | null) =>
    answer(
      http.GET('/v1/imports/{id}/rows', {
        params: { path: { id }, query: { ...page(after), ...(code !== null && { code }) } },
      }),
    ),
  commitImport: (id: string) =>
    answer(http.POST('/v1/imports/{id}/commit', { params: { path: { id } } })),
};

interface Reply<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The body of a good answer; a refusal is thrown as {@link ApiProblem}. */
async function answer<T>(call: Promise<Reply<T>>): Promise<T> {
  const { data, error, response } = await call;
  if (data === undefined) throw problemOf(response.status, error);
  return data;
}

/** The same for a call whose good answer has no body. */
async function done(call: Promise<Reply<unknown>>): Promise<void> {
  const { error, response } = await call;
  if (!response.ok) throw problemOf(response.status, error);
}

function formOf(file: File): FormData {
  const form = new FormData();
  form.append('file', file);
  return form;
}

function page(after: string | null): { limit: number; after?: string } {
  return { limit: PAGE_LENGTH, ...(after !== null && { after }) };
}

/** Reads a list to its end. For lists of one person or district: tens of items, not thousands. */
async function all<T>(read: (after: string | null) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = [];
  let after: string | null = null;
  do {
    const part: Page<T> = await read(after);
    items.push(...part.items);
    after = part.next;
  } while (after !== null);
  return items;
}

/** An expected refusal as `null`; the session of nobody, for example. */
async function absentAs<T>(status: number, reply: Promise<T>): Promise<T | null> {
  try {
    return await reply;
  } catch (error) {
    if (error instanceof ApiProblem && error.status === status) return null;
    throw error;
  }
}
