import type supertest from 'supertest';
import type { IdentityKind } from '#libs/identity';
import { Clock } from '../../src/platform/clock/index.js';
import type { Role } from '../../src/platform/auth/index.js';
import type { ConversionWorld } from '../support/conversions.js';
import { type Browser, person } from '../support/people.js';
import { type Caller, type World, completion } from '../support/world.js';

/** Requests of a signed-in person in the name of a learner. */
export interface InTheNameOf {
  get(path: string): supertest.Test;
  post(path: string, body?: object): supertest.Test;
  patch(path: string, body: object): supertest.Test;
  delete(path: string): supertest.Test;
}

export interface Staff extends Browser {
  readonly id: string;
  readonly name: string;
}

export interface StatedPerson {
  readonly name: string;
  readonly document: { readonly kind: IdentityKind; readonly number: string };
}

/** A member of staff of an institution, signed in. */
export async function staffOf(
  world: ConversionWorld,
  { institution }: Caller,
  roles: Role[] = ['clerk'],
): Promise<Staff> {
  const one = await person(world, roles, { institutionId: institution.id });
  return { id: one.id, name: one.name, ...(await one.signIn()) };
}

export function inTheNameOf(browser: Browser, id: string): InTheNameOf {
  return {
    get: (path) => browser.get(path).set('acting-for', id),
    post: (path, body) => browser.post(path, body).set('acting-for', id),
    patch: (path, body) => browser.patch(path, body).set('acting-for', id),
    delete: (path) => browser.delete(path).set('acting-for', id),
  };
}

let serial = 0;

/** A resident ID of somebody born on a day, with a right check digit. */
export function residentIdBorn(day: string): string {
  serial += 1;
  const body = `500106${day.replaceAll('-', '')}${String(serial).padStart(3, '0')}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = [...body].reduce((total, digit, i) => total + Number(digit) * weights[i]!, 0);
  return body + '10X98765432'[sum % 11];
}

/** Somebody new, born on a day. */
export function somebody(name: string, born = '1950-03-08'): StatedPerson {
  return { name, document: { kind: 'resident-id', number: residentIdBorn(born) } };
}

/** A completion of a person, posted by a school. @returns the id of the learner */
export async function postFor(
  school: Caller,
  learner: StatedPerson,
  over: object = {},
): Promise<{ learnerId: string; outcomeId: string }> {
  serial += 1;
  const sent = completion(serial, { externalId: `people-${serial}`, learner, ...over });
  const { body } = await school.post('/v1/completions', sent).expect(201);
  return { learnerId: body.outcome.learnerId as string, outcomeId: body.outcome.id as string };
}

/** Lets the service stand at another moment until the test is over. */
export function standAt(world: ConversionWorld, moment: string): void {
  jest.spyOn(world.app.get(Clock), 'now').mockReturnValue(new Date(moment));
}

export const refusalOf = ({ status, body }: supertest.Response): [number, string] => [
  status,
  (body as { code: string }).code,
];

/** Every row of the books and of what people did, as text. */
export async function booksOf(world: World): Promise<string> {
  const rows = await world.database.readAcrossTenants((tx) =>
    tx.query<{ sum: string }[]>(
      `SELECT md5(string_agg(row, '|' ORDER BY row)) AS sum FROM (
         SELECT e::text AS row FROM entry e UNION ALL SELECT o::text FROM learning_outcome o
         UNION ALL SELECT p::text FROM posting p UNION ALL SELECT l::text FROM lot_owner l
         UNION ALL SELECT i::text FROM learner_identity i) rows`,
    ),
  );
  return rows[0]?.sum ?? '';
}

export async function countEntries(world: World): Promise<number> {
  const [row] = await world.database.readAcrossTenants((tx) =>
    tx.query<{ n: number }[]>('SELECT count(*)::int AS n FROM entry'),
  );
  return row?.n ?? 0;
}
