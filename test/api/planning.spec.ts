import { millicredits } from '#libs/credit';
import { Catalogue, type NewOutcomeDefinition } from '../../src/catalogue/index.js';
import {
  type ConversionWorld,
  BASE_TO_C1,
  type LearnerCaller,
  startConversionWorld,
} from '../support/conversions.js';

let world: ConversionWorld;
let programme: string;

const ON = '2026-11-02';
const title = { zh: '要求', en: 'requirement' };

/** An award of 10 credits, 4 of the major; courses count in parts, under 5 credits a semester. */
const AWARD = {
  rules: [
    BASE_TO_C1,
    {
      id: 'course',
      when: { has: { source: 'course', except: ['LOG-BASE'] }, grade: { passed: true } },
      grants: [{ elective: 'E1', credits: 'of-lot', partial: true }],
      remainder: 'keep',
    },
  ],
  requirements: [
    { id: 'all', title, basis: '§ 1', atLeast: '10' },
    { id: 'major', title, basis: '§ 2', atLeast: '4', of: { category: 'major' } },
  ],
  calendar: {
    yearStarts: '03-01',
    semesters: [
      { id: '1', starts: '03-01' },
      { id: '2', starts: '09-01' },
    ],
    cutOffs: [
      { graduation: '08', lastDay: '07-15' },
      { graduation: '02', lastDay: '01-15' },
    ],
  },
  caps: [{ id: 'semester', max: '5', of: { elective: 'E1' }, per: 'semester' }],
};

const COURSE: NewOutcomeDefinition = {
  code: 'PL-3',
  kind: 'degree-course',
  form: 'course',
  institutionCode: 'school',
  title: { zh: '三学分课程', en: 'Course of three' },
  categoryCode: 'major-basic',
  source: 'course',
  credits: millicredits(3000),
  minutes: 2880n,
  gradeScale: 'percent',
  passGrade: '60',
};

beforeAll(async () => {
  world = await startConversionWorld();
  await world.database.transaction((tx) =>
    world.app
      .get(Catalogue)
      .create(tx, [
        COURSE,
        { ...COURSE, code: 'PL-3B', title: { zh: '同样的课程', en: 'The same' } },
        { ...COURSE, code: 'PL-4', credits: millicredits(4000) },
        { ...COURSE, code: 'PL-OLD', openTo: '2026-01-31' },
        { ...COURSE, code: 'PL-UNKNOWN', credits: null },
      ]),
  );
  programme = await world.publish(AWARD);
});
afterAll(() => world?.close());

const goal = (what: string, id = 'me', of = programme): string =>
  `/v1/learners/${id}/goals/${of}/${what}`;

describe('what is missing', () => {
  it('is told requirement by requirement, as the decision says', async () => {
    const learner = await world.learner();
    const { body } = await learner.get(`${goal('gap')}?on=${ON}`).expect(200);
    expect(body).toMatchObject({
      learnerId: learner.id,
      programme,
      on: ON,
      graduates: null,
      binding: false,
      award: 'not-met',
      missing: [{ requirement: 'all', basis: '§ 1', needed: '10', have: '4', short: '6' }],
    });
    const said = body.decision.requirements as { requirement: string; met: boolean }[];
    expect(said.map(({ requirement, met }) => [requirement, met])).toEqual([
      ['all', false],
      ['major', true],
    ]);
    expect(body.missing[0]).toEqual(said[0]);
    expect(body.changes).toEqual(body.decision.missing);
  });

  it('is nothing where a programme leads to no award', async () => {
    const learner = await world.learner();
    const plain = await world.publish({ rules: [BASE_TO_C1] });
    const { body } = await learner.get(goal('gap', 'me', plain)).expect(200);
    expect(body).toMatchObject({ award: 'none', missing: [] });
  });
});

describe('what if', () => {
  it('shows what more would be granted and met, in words, and books nothing', async () => {
    const learner = await world.learner();
    const outcomes = [{ code: 'PL-3' }, { code: 'PL-4', grade: '59' }];
    const { body } = await learner.post(goal('what-if'), { on: ON, outcomes }).expect(200);
    expect(body).toMatchObject({
      binding: false,
      outcomes: [{ code: 'PL-3', institution: 'school', credits: '3' }, { code: 'PL-4' }],
      difference: { credits: '3', gained: [{ rule: 'course', credits: '3' }], lost: [] },
      imagined: { credits: '7', award: 'not-met' },
    });
    expect(body.difference.gained[0].text.zh).toContain('三学分课程');
    const more = { on: ON, outcomes: [{ code: 'PL-3' }, { code: 'PL-4' }] };
    const capped = await learner.post(goal('what-if'), more).expect(200);
    expect(capped.body.difference).toMatchObject({ credits: '5', newlyMet: [] });
    const balance = await learner.get('/v1/learners/me/balance').expect(200);
    expect(balance.body.total).toMatchObject({ available: '11', held: '0', used: '0' });
  });

  it('refuses an outcome that nobody offers, or that is closed', async () => {
    const learner = await world.learner();
    const ask = (code: string) => learner.post(goal('what-if'), { on: ON, outcomes: [{ code }] });
    expect((await ask('PL-NONE').expect(422)).body.code).toBe('unknown-outcome');
    expect((await ask('PL-OLD').expect(422)).body.code).toBe('outcome-closed');
  });
});

describe('a plan', () => {
  const free = { ...AWARD, caps: [] };

  it('takes the cheapest of the open catalogue and names what would do the same', async () => {
    const learner = await world.learner();
    const open = await world.publish(free);
    const ask = (body: object) => learner.post(goal('plan', 'me', open), { on: ON, ...body });
    const { body } = await ask({ alternatives: 2 }).expect(200);
    expect(body).toMatchObject({ objective: 'credits', proven: true, bound: '6', binding: false });
    const [best, next] = body.plans;
    expect(best).toMatchObject({ cost: '6', proven: true });
    expect(best.outcomes.map(({ code }: { code: string }) => code)).toEqual(['PL-3', 'PL-3B']);
    expect(best.outcomes[0]).toMatchObject({
      title: COURSE.title,
      credits: '3',
      fills: [{ rule: 'course', elective: 'E1', requirements: [{ requirement: 'all' }] }],
    });
    expect(next).toMatchObject({ cost: '7', outcomes: [{ code: 'PL-3' }, { code: 'PL-4' }] });
    expect(next.outcomes[0].equivalents).toEqual(['PL-3B']);
    expect(body.unpriced).toEqual(expect.arrayContaining(['PL-UNKNOWN']));
    expect(JSON.stringify(body.plans)).not.toContain('PL-OLD');
  });

  it('chooses among what is named, and says when that is not enough', async () => {
    const learner = await world.learner();
    const open = await world.publish(free);
    const outcomes = [
      { code: 'PL-4', months: 9 },
      { code: 'PL-3', months: 4 },
    ];
    const ask = (some: object[]) =>
      learner.post(goal('plan', 'me', open), { on: ON, objective: 'months', outcomes: some });
    expect((await ask(outcomes).expect(200)).body.plans).toMatchObject([{ cost: '13' }]);
    const none = await ask(outcomes.slice(0, 1)).expect(200);
    expect(none.body).toMatchObject({ plans: [], proven: true, bound: null });
  });
});

describe('the earliest date', () => {
  it('spreads outcomes over semesters as the caps want it, and names the graduation', async () => {
    const learner = await world.learner();
    const outcomes = [
      { code: 'PL-3', months: 1 },
      { code: 'PL-4', months: 2 },
    ];
    const { body } = await learner.post(goal('earliest'), { on: ON, outcomes }).expect(200);
    expect(body).toMatchObject({
      date: '2027-03-01',
      notBefore: '2027-03-01',
      graduation: '2027-08',
      proven: true,
      binding: false,
    });
    const days = (body.outcomes as { completed: string; period: string }[]).map(
      ({ completed, period }) => `${completed} ${period}`,
    );
    expect(days.sort()[1]).toBe('2027-03-01 2027/1');
    expect(days).toHaveLength(2);
  });

  it('is none when nothing counts any more after the cut-off day', async () => {
    const learner = await world.learner();
    const outcomes = [
      { code: 'PL-3', months: 3 },
      { code: 'PL-4', months: 5 },
    ];
    const body = { on: ON, graduates: '2027-02', outcomes };
    const answer = await learner.post(goal('earliest'), body).expect(200);
    expect(answer.body).toMatchObject({ date: null, proven: true, graduates: '2027-02' });
  });
});

describe('who may look ahead', () => {
  const calls = (id: string): [string, string, object | null][] => [
    ['get', goal('gap', id), null],
    ['post', goal('what-if', id), { outcomes: [{ code: 'PL-3' }] }],
    ['post', goal('plan', id), {}],
    ['post', goal('earliest', id), { outcomes: [] }],
  ];
  type Who = Pick<LearnerCaller, 'get' | 'post'>;
  const statuses = async (who: Who, id: string): Promise<number[]> => {
    const answers: number[] = [];
    for (const [, path, body] of calls(id)) {
      const { status } = await (body === null ? who.get(path) : who.post(path, body));
      answers.push(status);
    }
    return answers;
  };

  it('is the learner, staff who may read, and where the learner applied', async () => {
    const learner = await world.learner();
    expect(await statuses(learner, learner.id)).toEqual([200, 200, 200, 200]);
    expect(await statuses(learner, 'me')).toEqual([200, 200, 200, 200]);
    expect(await statuses(world.school, learner.id)).toEqual([200, 200, 200, 200]);
    expect(await statuses(world.authority, learner.id)).toEqual([200, 200, 200, 200]);
    expect(await statuses(world.college, learner.id)).toEqual([404, 404, 404, 404]);
    await learner.post('/v1/applications', { learner: 'me', programme }).expect(202);
    expect(await statuses(world.college, learner.id)).toEqual([200, 200, 200, 200]);
    expect(await statuses(world.otherCollege, learner.id)).toEqual([404, 404, 404, 404]);
  });

  it('is nobody else: a foreign learner is as if there were none', async () => {
    const [own, foreign] = [await world.learner(), await world.learner()];
    expect(await statuses(own, foreign.id)).toEqual([404, 404, 404, 404]);
    expect(await statuses(world.otherSchool, foreign.id)).toEqual([404, 404, 404, 404]);
    const nobody = '0198c5a2-7a10-7123-8f00-0123456789ab';
    const [there, none] = [foreign.id, nobody].map((id) => own.get(goal('gap', id)));
    const strip = ({
      body: { requestId: _id, instance: _at, ...rest },
    }: {
      body: object & {
        requestId?: string;
        instance?: string;
      };
    }): object => rest;
    expect(strip(await there!)).toEqual(strip(await none!));
    await world.http.get(goal('gap', foreign.id)).expect(401);
  });
});

describe('bad questions', () => {
  it.each([
    ['what-if', {}, '/outcomes'],
    ['what-if', { outcomes: [] }, '/outcomes'],
    ['what-if', { outcomes: [{}] }, '/outcomes/0/code'],
    ['what-if', { outcomes: [{ code: 'PL-3', months: 1.5 }] }, '/outcomes/0/months'],
    ['what-if', { outcomes: [{ code: 'PL-3', months: -1 }] }, '/outcomes/0/months'],
    ['what-if', { outcomes: [{ code: 'PL-3', day: 1 }] }, '/outcomes/0/day'],
    ['what-if', { outcomes: Array.from({ length: 61 }, () => ({ code: 'PL-3' })) }, '/outcomes'],
    ['earliest', { outcomes: {} }, '/outcomes'],
    ['earliest', { outcomes: [], on: '2026-02-30' }, '/on'],
    ['earliest', { outcomes: [], graduates: '2026' }, '/graduates'],
    ['plan', { objective: 'fun' }, '/objective'],
    ['plan', { alternatives: 0 }, '/alternatives'],
    ['plan', { alternatives: 6 }, '/alternatives'],
  ])('%s %j is refused at %s', async (what, body, pointer) => {
    const learner = await world.learner();
    const answer = await learner.post(goal(what), body).expect(400);
    expect(answer.body.errors.map((one: { pointer: string }) => one.pointer)).toContain(pointer);
  });

  it('of a programme without rules, or before they began, are refused by name', async () => {
    const learner = await world.learner();
    const early = await learner.get(`${goal('gap')}?on=2019-12-31`).expect(422);
    expect(early.body.code).toBe('rulebook-not-in-force');
    for (const name of ['NO-SUCH', '%00', 'x'.repeat(300)]) {
      const { status } = await learner.get(goal('gap', 'me', name));
      expect([400, 404, 414, 422]).toContain(status);
    }
    const past = await learner.get(`${goal('gap')}?on=${ON}&graduates=2026-10`).expect(422);
    expect(past.body.code).toBe('graduation-outside');
  });
});
