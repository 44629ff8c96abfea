import type supertest from 'supertest';
import { Institutions } from '../../src/institutions/index.js';
import type { Role } from '../../src/platform/auth/index.js';
import { Database } from '../../src/platform/database/index.js';
import type { TestApp } from './app.js';

/** Requests with the cookie of a session, as a page of the service makes them. */
export interface Browser {
  readonly cookie: string;
  get(path: string): supertest.Test;
  post(path: string, body?: object): supertest.Test;
  put(path: string, body?: object): supertest.Test;
  patch(path: string, body?: object): supertest.Test;
  delete(path: string): supertest.Test;
}

/** Somebody with an account. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly password: string;
  /** Signs in with the password; refuses to go on when that is not enough. */
  signIn(): Promise<Browser>;
}

export const PASSWORD = 'correct horse battery';

let serial = 0;

/** An account of a member of staff or, with a learner's id, of a learner. */
export async function person(
  service: TestApp,
  roles: Role[],
  of: { institutionId?: string; learnerId?: string } = {},
): Promise<Person> {
  serial += 1;
  const name = `${roles.join('-')}.${serial}`;
  const { id } = await service.app.get(Database).transaction((tx) =>
    service.app.get(Institutions).createAccount(tx, {
      signInName: name,
      password: PASSWORD,
      displayName: name,
      roles,
      ...of,
    }),
  );
  const signIn = async (): Promise<Browser> =>
    browserOf(service, await postSession(service, { name, password: PASSWORD }).expect(200));
  return { id, name, password: PASSWORD, signIn };
}

export function postSession(service: TestApp, body: object): supertest.Test {
  return service.http.post('/v1/session').send(body);
}

/** The browser that got this answer to a sign-in. */
export function browserOf(service: TestApp, answer: supertest.Response): Browser {
  return browserWith(service, cookieOf(answer));
}

/** A browser that has this cookie, `name=value`. */
export function browserWith(service: TestApp, cookie: string): Browser {
  const headers = { cookie, 'sec-fetch-site': 'same-origin' };
  const { http } = service;
  return {
    cookie,
    get: (path) => http.get(path).set(headers),
    post: (path, body) => http.post(path).set(headers).send(body),
    put: (path, body) => http.put(path).set(headers).send(body),
    patch: (path, body) => http.patch(path).set(headers).send(body),
    delete: (path) => http.delete(path).set(headers),
  };
}

/** `name=value` of the first cookie that an answer sets. */
export function cookieOf(answer: supertest.Response): string {
  const [first = ''] = cookiesOf(answer);
  return first.split(';')[0] ?? '';
}

/** The cookies that an answer sets, each with its attributes. */
export function cookiesOf(answer: supertest.Response): string[] {
  return [answer.headers['set-cookie'] ?? []].flat();
}
