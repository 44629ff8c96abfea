import { Catalogue } from '../../src/catalogue/index.js';
import type { Role } from '../../src/platform/auth/index.js';
import type { Caller, World } from './world.js';
import { type Browser, person } from './people.js';
import { OUTCOMES, completion } from './world.js';
import type supertest from 'supertest';

let serial = 5_000;

/** An institution of its own for one test, so that what is laid down for it disturbs nobody. */
export interface OwnInstitution extends Caller {
  readonly id: string;
  readonly code: string;
  /** Code of a course that it awards. */
  readonly outcome: string;
  /** Posts a completion of its course, of a new learner. */
  submit(over?: object): supertest.Test;
}

export async function ownInstitution(world: World): Promise<OwnInstitution> {
  serial += 1;
  const code = `own-${serial}`;
  const caller = await world.caller(code, 'school', ['registrar']);
  const outcome = await addCourse(world, code);
  const submit = (over: object = {}): supertest.Test => {
    serial += 1;
    return caller.post('/v1/completions', completion(serial, { outcome, ...over }));
  };
  return { ...caller, id: caller.institution.id, code, outcome, submit };
}

/** Adds an outcome to the catalogue. @returns its code */
export async function addCourse(
  world: World,
  institutionCode: string,
  over: Partial<(typeof OUTCOMES)[number]> = {},
): Promise<string> {
  serial += 1;
  const code = `COURSE-${serial}`;
  const [course] = OUTCOMES as [(typeof OUTCOMES)[number]];
  await world.database.transaction((tx) =>
    world.app.get(Catalogue).create(tx, [{ ...course, code, institutionCode, ...over }]),
  );
  return code;
}

/** Somebody of an institution who has just signed in. */
export async function signedIn(
  world: World,
  roles: Role[],
  institutionId: string,
): Promise<Browser> {
  return (await person(world, roles, { institutionId })).signIn();
}

/** The history of an institution, as `subject action`, the newest first. */
export async function historyOf(world: World, institutionId: string): Promise<string[]> {
  const path = `/v1/administrative-events?institution=${institutionId}`;
  const { body } = await world.authority.get(path).expect(200);
  return body.items.map(
    (item: { subjectKind: string; action: string }) => `${item.subjectKind} ${item.action}`,
  );
}
