import type { Millicredits, PartialDate } from '#libs/credit';
import type { CompletionDraft } from '#libs/exchange';
import { Completions } from '../../src/outcomes/index.js';
import { ALONE } from '../support/app.js';
import { type ConversionWorld, startConversionWorld } from '../support/conversions.js';
import { REASON } from '../support/revocations.js';
import { type Caller, completion, residentId } from '../support/world.js';
import { until } from '../support/until.js';

/** domain/field.md R48: what an issuer withdrew in 2012. */
const LEARNERS = 207;
const ITEMS = 522;
const CREDITS = 1502;
const DEGREES = 114;

const title = { zh: '学位', en: 'Degree' };

/** Every outcome counts as it is; the degree and the exam ask for so much in all. */
const degreeFor = (total: string) => ({
  review: 'none' as const,
  rules: [
    {
      id: 'course',
      when: { has: { source: ['course', 'certificate'] } },
      grants: [{ elective: 'E1', credits: 'of-lot' }],
    },
  ],
  requirements: [{ id: 'total', title, atLeast: total }],
  rights: [{ id: 'sit-exam', title, atLeast: total }],
});

let world: ConversionWorld;
let provider: Caller;

beforeAll(async () => {
  world = await startConversionWorld({ twoPeople: ALONE });
  provider = await world.caller('provider', 'school', ['registrar']);
});
afterAll(() => world?.close());

/** 207 people with three or two items each, of three credits except the first 64 of two. */
function itemsOfProvider(): CompletionDraft[] {
  const items = Array.from({ length: LEARNERS }, (_, person) =>
    Array.from({ length: person < ITEMS - 2 * LEARNERS ? 3 : 2 }, (__, item) => ({ person, item })),
  ).flat();
  return items.map(({ person, item }, place) => draft(2000 + person, item, place < 64 ? 2 : 3));
}

function draft(serial: number, item: number, credits: number): CompletionDraft {
  return {
    externalId: `r48-${serial}-${item}`,
    person: {
      name: '王小明',
      document: { kind: 'resident-id', number: residentId(serial) },
    },
    outcome: { code: 'X-LOG-2' },
    startedOn: null,
    completedOn: '2012-03' as PartialDate,
    grade: null,
    level: null,
    minutes: null,
    credits: BigInt(credits * 1000) as Millicredits,
    attendancePercent: null,
    exemptions: [],
    note: null,
  };
}

/** Posts everything, and lets the first of them apply for the degree; all are booked. */
async function build(): Promise<{ learnerIds: string[]; programme: string }> {
  const results = await world.app.get(Completions).postBatch({
    institutionId: provider.institution.id,
    importId: null,
    actor: 'test',
    drafts: itemsOfProvider(),
  });
  const learnerIds = [
    ...new Set(results.map((result) => ('learnerId' in result ? result.learnerId : ''))),
  ];
  const programme = await world.publish(degreeFor('6'));
  const applicants = learnerIds.slice(0, DEGREES);
  await Promise.all(
    applicants.map((learner) =>
      provider.post('/v1/applications', { learner, programme }).expect(202),
    ),
  );
  await until(
    'all degrees are booked',
    async () => (await countStates(programme)).booked === DEGREES,
  );
  return { learnerIds, programme };
}

async function countStates(programme: string): Promise<Record<string, number>> {
  const rows = await world.database.read((tx) =>
    tx.query<{ state: string; n: number }[]>(
      'SELECT state, count(*)::int AS n FROM application WHERE programme = $1 GROUP BY state',
      [programme],
    ),
  );
  return Object.fromEntries(rows.map(({ state, n }) => [state, n]));
}

/** Where the credit of the provider stands, in thousandths. */
async function booksOfProvider(): Promise<{ revoked: number; elsewhere: number }> {
  const [books] = await world.database.read((tx) =>
    tx.query<{ revoked: number; elsewhere: number }[]>(
      `SELECT coalesce(sum(CASE WHEN credit = 5 THEN amount WHEN debit = 5 THEN -amount END), 0)::int
                AS revoked,
              coalesce(sum(CASE WHEN credit IN (1, 2, 3, 4) THEN amount ELSE 0 END)
                     - sum(CASE WHEN debit IN (1, 2, 3, 4) THEN amount ELSE 0 END), 0)::int
                AS elsewhere
         FROM entry WHERE issuer_id = $1`,
      [provider.institution.id],
    ),
  );
  return books!;
}

describe('R48: a grade is withdrawn', () => {
  it('and the credits and the degree built on them are cancelled', async () => {
    const programme = await world.publish(degreeFor('4'));
    const posted = await world.school.post('/v1/completions', completion(1, { credits: '3' }));
    const three = posted.body.outcome as { id: string; learnerId: string };
    const more = completion(1, { externalId: 'one-more', credits: '1' });
    await world.school.post('/v1/completions', more).expect(201);
    const apply = { learner: three.learnerId, programme };
    const accepted = await world.school.post('/v1/applications', apply).expect(202);
    const degree = await world.settled(world.school, accepted.body.id as string);
    expect(degree).toMatchObject({ state: 'booked', decision: { credits: '4', award: 'met' } });

    const { body } = await world.school
      .post(`/v1/outcomes/${three.id}/revocation`, { reason: REASON })
      .expect(200);
    expect(body.effects).toMatchObject({
      vanishes: { used: '3' },
      returns: [{ amount: '1' }],
      conversions: [{ applicationId: degree.id, award: true }],
    });
    const after = await world.school.get(`/v1/applications/${degree.id}`).expect(200);
    expect(after.body.state).toBe('revoked');
    const again = await world.school.post('/v1/evaluations', apply).expect(200);
    expect(again.body.decision).toMatchObject({ credits: '1', award: 'not-met' });
  });

  it('of 207 learners, 522 items, 1,502 credits and 114 degrees: all of it, and no more', async () => {
    const { learnerIds, programme } = await build();
    expect(learnerIds).toHaveLength(LEARNERS);
    const order = { institution: 'provider', reason: REASON };
    const counts = {
      learners: LEARNERS,
      items: ITEMS,
      credits: String(CREDITS),
      conversions: DEGREES,
      awards: DEGREES,
      rights: DEGREES,
      reconsidered: 0,
    };
    const preview = await world.authority.post('/v1/revocations?preview=true', order).expect(200);
    const whole = { preview: true, undecided: 0, learnersSurveyed: LEARNERS };
    const digest = expect.stringMatching(/^[0-9a-f]{64}$/) as string;
    expect(preview.body).toEqual({ ...counts, ...whole, digest, needsSecondPerson: [] });
    expect(await booksOfProvider()).toEqual({ revoked: 0, elsewhere: CREDITS * 1000 });

    const { body } = await world.authority.post('/v1/revocations', order).expect(202);
    const path = `/v1/revocations/${body.id}`;
    const isDone = async () => (await world.authority.get(path)).body.state === 'done';
    await until('the order is done', isDone);
    const done = await world.authority.get(path).expect(200);
    expect(done.body).toMatchObject({
      counts,
      problems: [],
      progress: { itemsTotal: ITEMS, learnersTotal: LEARNERS, sweep: 2, secondsLeft: 0 },
    });
    expect(done.body.progress.itemsPerSecond).toBeGreaterThan(0);
    expect(await booksOfProvider()).toEqual({ revoked: CREDITS * 1000, elsewhere: 0 });
    expect(await countStates(programme)).toEqual({ revoked: DEGREES });

    const again = await world.authority.post('/v1/revocations?preview=true', order).expect(200);
    expect(again.body).toMatchObject({ learners: 0, items: 0, credits: '0', awards: 0 });
  }, 300_000);
});
