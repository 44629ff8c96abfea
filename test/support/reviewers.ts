import type supertest from 'supertest';
import { ruleWorker } from './rules.js';
import type { World } from './world.js';

/** Somebody of an institution who may review. */
export interface Reviewer {
  get(path: string): supertest.Test;
  post(path: string, body?: object): supertest.Test;
}

/** So many people who may review at an institution, each with a key of their own. */
export async function reviewers(
  world: World,
  institutionId: string,
  count: number,
): Promise<Reviewer[]> {
  const people: Reviewer[] = [];
  for (let i = 0; i < count; i += 1) {
    people.push(await ruleWorker(world, institutionId, ['admissions']));
  }
  return people;
}

export const REJECT = { verdict: 'reject', note: '内容不符 / not the same contents' };
