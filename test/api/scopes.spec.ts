import { millicredits } from '#libs/credit';
import { Catalogue } from '../../src/catalogue/index.js';
import {
  type ApplicationBody,
  type ConversionWorld,
  type LearnerCaller,
  type ProgrammeSketch,
  startConversionWorld,
  totalOf,
} from '../support/conversions.js';
import { OUTCOMES } from '../support/world.js';

const PER_PROGRAMME = { scope: 'per-programme' };
const ALL_OF_IT = {
  id: 'all-of-it',
  when: { has: 'FORTY' },
  grants: [{ elective: 'E1', credits: 'of-lot' }],
};

let world: ConversionWorld;
let serial = 0;

beforeAll(async () => {
  world = await startConversionWorld();
  const [base] = OUTCOMES;
  await world.database.transaction((tx) =>
    world.app
      .get(Catalogue)
      .create(tx, [{ ...base!, code: 'FORTY', credits: millicredits(40_000) }]),
  );
});
afterAll(() => world?.close());

/** A learner with one outcome of 40 credits, besides 11 that the rules here do not look at. */
async function richLearner(): Promise<LearnerCaller> {
  const learner = await world.learner();
  serial += 1;
  await world.school
    .post('/v1/completions', {
      externalId: `forty-${serial}`,
      learner: { id: learner.id },
      outcome: 'FORTY',
      completedOn: '2026-06-30',
      grade: '90',
    })
    .expect(201);
  return learner;
}

function programme(lots: object | undefined, more: Partial<ProgrammeSketch> = {}): Promise<string> {
  return world.publish({ review: 'none', rules: [ALL_OF_IT], ...(lots && { lots }), ...more });
}

async function apply(learner: LearnerCaller, wanted: string): Promise<ApplicationBody> {
  const body = { learner: 'me', programme: wanted };
  const accepted = await learner.post('/v1/applications', body).expect(202);
  return world.settled(learner, accepted.body.id as string);
}

async function countsOf(learner: LearnerCaller): Promise<object[]> {
  return (await learner.get('/v1/learners/me/balance').expect(200)).body.counted as object[];
}

describe('single-use', () => {
  it('40 credits redeemed for a diploma are irrevocably debited: no degree takes them (R46)', async () => {
    const learner = await richLearner();
    const [diploma, degree] = [
      await programme(undefined),
      await programme({ scope: 'single-use' }),
    ];
    const redeemed = await apply(learner, diploma);
    expect(redeemed).toMatchObject({ state: 'booked', decision: { credits: '40' } });
    expect(redeemed.decision).toMatchObject({ scope: 'single-use' });
    expect(await totalOf(learner)).toMatchObject({ available: '11', held: '0', used: '40' });

    const refused = await apply(learner, degree);
    expect(refused).toMatchObject({
      state: 'refused',
      decision: { credits: '0', refused: [{ code: 'lot-used', params: { programme: diploma } }] },
    });
    const withdrawal = await learner.post(`/v1/applications/${redeemed.id}/withdrawal`).expect(409);
    expect(withdrawal.body.code).toBe('application-state');
    expect(await totalOf(learner)).toMatchObject({ available: '11', used: '40' });
    expect(await countsOf(learner)).toEqual([]);
  });
});

describe('per-programme', () => {
  it.each(['never', 'what-is-left'])(
    'the same credits count in both programmes, once each, never twice in one (%s)',
    async (reuse) => {
      const learner = await richLearner();
      const lots = { ...PER_PROGRAMME, reuse };
      const [diploma, degree] = [await programme(lots), await programme(lots)];
      for (const one of [diploma, degree]) {
        const booked = await apply(learner, one);
        expect(booked).toMatchObject({ state: 'booked', decision: { credits: '40' } });
        expect(booked.decision).toMatchObject({ scope: 'per-programme' });
        expect(booked.entries.map(({ kind }) => kind)).toEqual(['hold', 'use']);
      }
      for (const one of [diploma, degree]) {
        expect(await apply(learner, one)).toMatchObject({
          state: 'refused',
          decision: { refused: [{ code: 'lot-used', params: { programme: one } }] },
        });
      }
      expect(await totalOf(learner)).toMatchObject({ available: '51', held: '0', used: '0' });
      const counted = { category: 'major-basic', pledged: '0', counted: '40' };
      expect(await countsOf(learner)).toEqual(
        [diploma, degree].sort().map((code) => ({ programme: code, ...counted })),
      );
    },
  );

  it('counts what a single-use programme left, and leaves all for the next', async () => {
    const learner = await richLearner();
    const fifteen = {
      ...ALL_OF_IT,
      grants: [{ course: 'C1', credits: 'of-target' }],
      remainder: 'keep',
    };
    const more = { rules: [fifteen], courses: [{ code: 'C1', credits: '15' }] };
    const single = await programme({ reuse: 'what-is-left' }, more);
    await apply(learner, single);
    expect(await totalOf(learner)).toMatchObject({ available: '36', used: '15' });
    const counting = await programme(PER_PROGRAMME);
    expect(await apply(learner, counting)).toMatchObject({ decision: { credits: '25' } });
    const next = await programme({ reuse: 'what-is-left' });
    expect(await apply(learner, next)).toMatchObject({ decision: { credits: '25' } });
    expect(await totalOf(learner)).toMatchObject({ available: '11', used: '40' });
    const late = await apply(learner, await programme(PER_PROGRAMME));
    expect(late).toMatchObject({
      state: 'refused',
      decision: { refused: [{ code: 'lot-used' }] },
    });
  });

  it('is pledged while under review, given back on withdrawal, and free for others meanwhile', async () => {
    const learner = await richLearner();
    const reviewed = await programme(PER_PROGRAMME, { review: 'required' });
    const first = await apply(learner, reviewed);
    expect(first.state).toBe('in-review');
    expect(await countsOf(learner)).toMatchObject([{ pledged: '40', counted: '0' }]);
    expect(await apply(learner, reviewed)).toMatchObject({
      state: 'refused',
      decision: { refused: [{ code: 'lot-used' }] },
    });
    expect((await apply(learner, await programme(PER_PROGRAMME))).state).toBe('booked');
    await learner.post(`/v1/applications/${first.id}/withdrawal`).expect(200);
    const again = await apply(learner, reviewed);
    const approved = await world.college.post(`/v1/applications/${again.id}/review`, {
      verdict: 'approve',
    });
    expect(approved.body.state).toBe('booked');
    expect(await totalOf(learner)).toMatchObject({ available: '51', held: '0', used: '0' });
  });
});

describe('races', () => {
  it.each([
    ['single-use', undefined, 1, '40'],
    ['per-programme', PER_PROGRAMME, 2, '0'],
  ] as const)('two programmes at once, %s', async (_, lots, winners, used) => {
    for (let round = 0; round < 5; round += 1) {
      const learner = await richLearner();
      const programmes = [await programme(lots), await programme(lots)];
      const settled = await Promise.all(programmes.map((code) => apply(learner, code)));
      expect(settled.filter(({ state }) => state === 'booked')).toHaveLength(winners);
      expect(await totalOf(learner)).toMatchObject({ used, held: '0' });
    }
  });

  it('eight applications at once to two programmes that count apart: once in each', async () => {
    const learner = await richLearner();
    const [a, b] = [await programme(PER_PROGRAMME), await programme(PER_PROGRAMME)];
    const wanted = Array.from({ length: 8 }, (_, i) => (i % 2 === 0 ? a : b));
    const settled = await Promise.all(wanted.map((code) => apply(learner, code)));
    const booked = settled.filter(({ state }) => state === 'booked').map((one) => one.programme);
    expect(booked.sort()).toEqual([a, b].sort());
    expect(await countsOf(learner)).toMatchObject([{ counted: '40' }, { counted: '40' }]);
  });
});
