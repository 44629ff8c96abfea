import type { DemoFile } from '../../src/demonstration/demo-file.js';
import { readDemoFile } from '../../src/demonstration/demo-file.js';
import { Clock } from '../../src/platform/clock/index.js';
import { type TestApp, startTestApp } from '../support/app.js';

let bank: TestApp;
let demo: DemoFile;

beforeAll(async () => {
  // The files of the district end in November 2026.
  jest.spyOn(Clock.prototype, 'today').mockReturnValue('2026-11-27');
  bank = await startTestApp({ seedDemonstration: true });
  demo = readDemoFile(bank.config) as DemoFile;
}, 120_000);
afterAll(() => bank?.close());

/** Asks as somebody with an account of the demonstration. */
async function as(name: string) {
  const { password } = demo.accounts.find((account) => account.name === name)!;
  const { headers } = await bank.http.post('/v1/session').send({ name, password }).expect(200);
  const cookie = String(headers['set-cookie']).split(';')[0]!;
  const goal = (programme: string) => `/v1/learners/me/goals/${programme}`;
  return {
    gap: async (programme: string) =>
      (
        await bank.http
          .get(`${goal(programme)}/gap`)
          .set('cookie', cookie)
          .expect(200)
      ).body,
    plan: async (programme: string) =>
      (
        await bank.http
          .post(`${goal(programme)}/plan`)
          .set('cookie', cookie)
          .set('sec-fetch-site', 'same-origin')
          .send({ objective: 'credits' })
          .expect(200)
      ).body,
  };
}

interface Grant {
  rule: string;
  credits: string;
}

const granted = (body: { decision: { granted: Grant[] } }) =>
  Object.fromEntries(body.decision.granted.map(({ rule, credits }) => [rule, credits]));

/** Codes of a body's best plan. */
const ways = (body: { plans: { outcomes: { code: string }[] }[] }) =>
  body.plans[0]?.outcomes.map(({ code }) => code).sort();

describe('a teacher on the way to recognition as double-qualified', () => {
  it('has her certificates and three months of practice, and needs three more', async () => {
    const body = await (await as('learner.yu')).gap('DUAL-QUALIFIED');
    expect(granted(body)).toEqual({
      'teaching-certificate': '2',
      'skill-certificate': '2',
      'enterprise-practice': '3',
    });
    expect(body).toMatchObject({
      award: 'not-met',
      missing: [
        { requirement: 'total', basis: '第六条', needed: '10', have: '7', short: '3' },
        { requirement: 'practice', basis: '第五条', needed: '6', have: '3', short: '3' },
      ],
    });
  });

  it('is shown where to practise', async () => {
    const body = await (await as('learner.yu')).plan('DUAL-QUALIFIED');
    expect(ways(body)).toEqual(['PR-HY-LINE']);
    expect(body.plans[0]).toMatchObject({ cost: '3' });
  });

  it('is nobody who does not teach, whatever the skill', async () => {
    const body = await (await as('learner.ma')).gap('DUAL-QUALIFIED');
    expect(granted(body)).toEqual({});
    expect(body).toMatchObject({ award: 'not-met', decision: { credits: '0', pending: [] } });
  });
});

describe('community, senior and open education', () => {
  it('count towards one goal of a woman of 72', async () => {
    const body = await (await as('learner.he')).gap('LIFELONG-CARE');
    expect(granted(body)).toEqual({ 'community-and-senior': '8', 'open-university': '3' });
    expect(body).toMatchObject({
      award: 'not-met',
      missing: [{ requirement: 'total', needed: '20', have: '11', short: '9' }],
      decision: { pending: [] },
    });
    const used = body.decision.granted.flatMap(
      ({ uses }: { uses: { outcome?: string }[] }) => uses,
    );
    expect(used.length).toBeGreaterThan(4);
  });

  it('leave a certificate and two courses to her', async () => {
    const plan = await (await as('learner.he')).plan('LIFELONG-CARE');
    const codes = ways(plan);
    expect(codes).toEqual(expect.arrayContaining(['OU-FIRSTAID', 'OU-NUTRI']));
    expect(codes).toHaveLength(3);
    expect(codes?.some((code) => /^(SK-CARE|X-CARE)-/.test(code))).toBe(true);
  });

  it('count once: what the open university took from a care worker is gone for this goal', async () => {
    const body = await (await as('learner.luo')).gap('LIFELONG-CARE');
    expect(granted(body)).toEqual({ 'care-certificate': '4' });
    const refused = body.decision.refused as { rule: string; code: string }[];
    expect(refused.map(({ rule }) => rule)).toEqual(
      expect.arrayContaining(['nutrition', 'first-aid']),
    );
  });
});
