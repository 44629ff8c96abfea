import { preferences } from '../preferences';
import { ApiProblem, problemOf } from './problem';
import type {
  AcceptedApplication,
  Application,
  ApplicationSummary,
  Balance,
  Evaluated,
  Finding,
  Import,
  Institution,
  Learner,
  Outcome,
  Page,
  Programme,
  Proof,
  Review,
  RowFault,
  Session,
  Share,
  Statement,
} from './types';

export { ApiProblem } from './problem';
export { uploadFile } from './upload';

/** Everything the pages ask of the service, one function a question. */
export const api = {
  session: () => absentAs(401, call<Session>('GET', '/v1/session')),
  signIn: (name: string, password: string) =>
    call<Session>('POST', '/v1/session', { name, password }),
  signOut: () => call<void>('DELETE', '/v1/session'),

  institutions: () => all((after) => list<Institution>('/v1/institutions', { after })),
  programmes: () => all((after) => list<Programme>('/v1/programmes', { after })),

  learner: (id: string) => call<Learner>('GET', `/v1/learners/${id}`),
  balance: (learner: string) => call<Balance>('GET', `/v1/learners/${learner}/balance`),
  outcomes: (learner: string) =>
    all((after) => list<Outcome>(`/v1/learners/${learner}/outcomes`, { after })),
  statement: (learner: string, after: string | null) =>
    call<Statement>('GET', `/v1/learners/${learner}/statement${query({ after })}`),

  evaluate: (learner: string, programme: string) =>
    call<Evaluated>('POST', '/v1/evaluations', { learner, programme }),
  apply: (learner: string, programme: string) =>
    call<AcceptedApplication>('POST', '/v1/applications', { learner, programme }),
  applications: (after: string | null) => list<ApplicationSummary>('/v1/applications', { after }),
  application: (id: string) => call<Application>('GET', `/v1/applications/${id}`),
  withdraw: (id: string) => call<unknown>('POST', `/v1/applications/${id}/withdrawal`),
  review: (id: string, review: Review) =>
    call<unknown>('POST', `/v1/applications/${id}/review`, review),
  recordFinding: (learner: string, finding: Finding) =>
    call<unknown>('POST', `/v1/learners/${learner}/findings`, finding),

  shares: () => all((after) => list<Share>('/v1/shares', { after })),
  share: (wish: { purpose: string; receiver?: string; days: number }) =>
    call<Share>('POST', '/v1/shares', wish),
  revokeShare: (id: string) => call<void>('DELETE', `/v1/shares/${id}`),
  verify: (code: string) => call<Proof>('POST', '/v1/verifications', { code }),

  imports: (after: string | null) => list<Import>('/v1/imports', { after }),
  import: (id: string) => call<Import>('GET', `/v1/imports/${id}`),
  importRows: (id: string, code: string | null, after: string | null) =>
    list<RowFault>(`/v1/imports/${id}/rows`, { code, after, limit: '100' }),
  commitImport: (id: string) => call<Import>('POST', `/v1/imports/${id}/commit`),
};

async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  const response = await fetch(path, {
    method,
    headers: {
      accept: 'application/json',
      'accept-language': preferences.get().language,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const answer: unknown = text ? JSON.parse(text) : undefined;
  if (!response.ok) throw problemOf(response.status, answer);
  return answer as T;
}

function list<T>(path: string, parameters: Record<string, string | null>): Promise<Page<T>> {
  return call<Page<T>>('GET', path + query({ limit: '100', ...parameters }));
}

function query(parameters: Record<string, string | null>): string {
  const given = Object.entries(parameters).filter(
    (entry): entry is [string, string] => entry[1] !== null,
  );
  return given.length > 0 ? `?${new URLSearchParams(given)}` : '';
}

/** Reads a list to its end. For lists of one person or district: tens of items, not thousands. */
async function all<T>(read: (after: string | null) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = [];
  let after: string | null = null;
  do {
    const page: Page<T> = await read(after);
    items.push(...page.items);
    after = page.next;
  } while (after !== null);
  return items;
}

/** An expected refusal as `null`; the session of nobody, for example. */
async function absentAs<T>(status: number, answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ApiProblem && error.status === status) return null;
    throw error;
  }
}
