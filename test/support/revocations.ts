import type supertest from 'supertest';
import type { ConversionWorld, LearnerCaller } from './conversions.js';
import type { Caller } from './world.js';

export const REASON = '登记有误 / entered by mistake';
export const APPEAL = '渝教申〔2026〕12号';

export interface OutcomeBody {
  id: string;
  code: string;
  state: string;
}

export async function outcomeOf(learner: LearnerCaller, code: string): Promise<OutcomeBody> {
  const { body } = await learner.get('/v1/learners/me/outcomes?limit=100').expect(200);
  return body.items.find((one: OutcomeBody) => one.code === code) as OutcomeBody;
}

/** The school takes back; `query` for example `?preview=true`. */
export function revoke(world: ConversionWorld, id: string, query = ''): supertest.Test {
  return world.school.post(`/v1/outcomes/${id}/revocation${query}`, { reason: REASON });
}

export function redeposit(by: Caller, id: string): supertest.Test {
  const reason = '申诉成立 / upheld';
  return by.post(`/v1/outcomes/${id}/redeposit`, { reason, appeal: APPEAL });
}
