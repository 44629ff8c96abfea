import type supertest from 'supertest';
import { Institutions } from '../../src/institutions/index.js';
import type { Role } from '../../src/platform/auth/index.js';
import {
  BASE_TO_C1,
  type ConversionWorld,
  type ProgrammeSketch,
  ruleDocument,
} from './conversions.js';
import type { World } from './world.js';

/** Somebody with a key of an institution that exists. */
export interface RuleWorker {
  get(path: string): supertest.Test;
  post(path: string, body?: object): supertest.Test;
  put(path: string, body?: object): supertest.Test;
}

export async function ruleWorker(
  world: World,
  institutionId: string,
  roles: Role[],
): Promise<RuleWorker> {
  const { key } = await world.database.transaction((tx) =>
    world.app.get(Institutions).issueKey(tx, { institutionId, roles, label: roles.join(' ') }),
  );
  const auth = { authorization: `Bearer ${key}` };
  return {
    get: (path) => world.http.get(path).set(auth),
    post: (path, body) => world.http.post(path).set(auth).send(body),
    put: (path, body) => world.http.put(path).set(auth).send(body),
  };
}

/** Everybody through whose hands a rule of the college goes, and somebody from elsewhere. */
export interface RuleDesk {
  readonly author: RuleWorker;
  readonly approver: RuleWorker;
  /** Author and approver of another college. */
  readonly stranger: RuleWorker;
  /** Of the authority. */
  readonly overseer: RuleWorker;
}

export async function ruleDesk(world: ConversionWorld): Promise<RuleDesk> {
  const college = world.college.institution.id;
  return {
    author: await ruleWorker(world, college, ['rule-author']),
    approver: await ruleWorker(world, college, ['approver']),
    stranger: await ruleWorker(world, world.otherCollege.institution.id, [
      'rule-author',
      'approver',
    ]),
    overseer: await ruleWorker(world, world.authority.institution.id, ['authority']),
  };
}

/** Examples on both sides of {@link BASE_TO_C1}, without which a document is not published. */
export const BASE_EXAMPLES: readonly [object, object] = [
  example('passed', { grade: '85' }, { credits: '4', granted: ['base'] }),
  example('failed', { grade: '50' }, { credits: '0', refused: { base: 'condition-false' } }),
];

function example(name: string, over: object, expect: object): object {
  const outcome = {
    lot: 'l1',
    outcome: 'LOG-BASE',
    credits: '4',
    completed: '2026-06-30',
    gradeScale: 'percent',
    passGrade: '60',
    ...over,
  };
  return { name, on: '2026-10-01', learner: { outcomes: [outcome] }, expect };
}

/** The text of a document that may be published. */
export function ruleText(programme: string, sketch: Partial<ProgrammeSketch> = {}): string {
  const whole = { rules: [BASE_TO_C1], examples: BASE_EXAMPLES, ...sketch };
  return JSON.stringify(ruleDocument(programme, whole), null, 2);
}

/** Brings a text to its publication: drafted and submitted by one person, approved by another. */
export async function publishByDraft(
  { author, approver }: { author: RuleWorker; approver: RuleWorker },
  text: string,
  from?: string,
): Promise<{ draftId: string; rule: string; version: number }> {
  const { body } = await author.post('/v1/rules/drafts', { document: text }).expect(201);
  const path = `/v1/rules/drafts/${body.id}`;
  await author.post(`${path}/submission`).expect(200);
  await approver.post(`${path}/approval`, { hash: body.hash }).expect(200);
  await approver.post(`${path}/publication`, { from }).expect(200);
  return { draftId: body.id as string, rule: body.rule as string, version: body.version as number };
}
