import {
  type ApplicationBody,
  type ConversionWorld,
  type LearnerCaller,
  BASE_TO_C1,
  CERTIFICATE_TO_C1,
  startConversionWorld,
  totalOf,
} from '../support/conversions.js';

const BOTH = [{ id: 'both-ways', max: '8', account: 'ways' }];

/** From a certificate of training to a course of a degree. */
const TO_DEGREE = {
  rules: [CERTIFICATE_TO_C1],
  courses: [{ code: 'C1', credits: '6' }],
  caps: BOTH,
};

/** From a course of a degree to a part of a training, which it exempts from. */
const TO_TRAINING = {
  institution: 'issuer',
  rules: [{ ...BASE_TO_C1, grants: [{ course: 'C1', effect: 'exemption', credits: 'of-target' }] }],
  caps: BOTH,
};

let world: ConversionWorld;

beforeAll(async () => {
  world = await startConversionWorld();
});
afterAll(() => world?.close());

async function apply(learner: LearnerCaller, programme: string): Promise<ApplicationBody> {
  const { body } = await learner.post('/v1/applications', { learner: 'me', programme }).expect(202);
  return world.settled(learner, body.id as string);
}

describe('both directions under one account', () => {
  it('count before each other, whichever comes first, also while they are under review', async () => {
    const degree = await world.publish(TO_DEGREE);
    const training = await world.publish({ ...TO_TRAINING, review: 'none' });
    const learner = await world.learner();
    expect((await apply(learner, degree)).state).toBe('in-review');
    const second = await apply(learner, training);
    expect(second).toMatchObject({ state: 'refused' });
    expect(second.decision?.refused.map(({ code }) => code)).toContain('cap');
    expect(second.decision?.caps).toMatchObject([
      { cap: 'both-ways', account: 'ways', limit: '8', before: '6', used: '6' },
    ]);
  });

  it('the other way round', async () => {
    const degree = await world.publish({ ...TO_DEGREE, review: 'none' });
    const training = await world.publish({ ...TO_TRAINING, review: 'none' });
    const learner = await world.learner();
    expect((await apply(learner, training)).state).toBe('booked');
    const second = await apply(learner, degree);
    expect(second.state).toBe('refused');
    expect(second.decision?.caps).toMatchObject([{ before: '4', used: '4' }]);
  });

  it('fit together up to the limit, at the same time, and never beyond', async () => {
    const training = await world.publish({ ...TO_TRAINING, review: 'none' });
    const small = {
      ...TO_DEGREE,
      review: 'none',
      courses: [{ code: 'C1', credits: '4' }],
    } as const;
    const degree = await world.publish(small);
    const learner = await world.learner();
    const states = await Promise.all([apply(learner, training), apply(learner, degree)]);
    expect(states.map(({ state }) => state)).toEqual(['booked', 'booked']);
    // 4 and 6 do not fit under 8: of two at once one is refused.
    const other = await world.learner();
    const large = await world.publish({ ...TO_DEGREE, review: 'none' });
    const raced = await Promise.all([apply(other, training), apply(other, large)]);
    expect(raced.map(({ state }) => state).sort()).toEqual(['booked', 'refused']);
  });

  it('keep what the rules said by which the other direction was decided', async () => {
    const training = await world.publish({ ...TO_TRAINING, review: 'none' });
    const degree = await world.publish({ ...TO_DEGREE, review: 'none' });
    const learner = await world.learner();
    expect((await apply(learner, training)).state).toBe('booked');
    // A newer version of the training shares no account; what was counted before stays counted.
    await world.publish({ ...TO_TRAINING, review: 'none', revises: training, caps: [] });
    expect((await apply(learner, degree)).state).toBe('refused');
  });

  it('count nothing of programmes that name no account', async () => {
    const training = await world.publish({ ...TO_TRAINING, review: 'none', caps: [] });
    const degree = await world.publish({ ...TO_DEGREE, review: 'none' });
    const learner = await world.learner();
    expect((await apply(learner, training)).state).toBe('booked');
    expect((await apply(learner, degree)).state).toBe('booked');
  });
});

describe('a course of a degree', () => {
  it('exempts from an exam of a certificate without using credit up, and once only', async () => {
    const exam = { effect: 'exemption', value: 'theory-exam' };
    const rules = [
      { ...BASE_TO_C1, when: { has: 'LOG-BASE', evidenceOnly: true }, grants: [exam] },
    ];
    const certificate = await world.publish({ institution: 'issuer', review: 'none', rules });
    const learner = await world.learner();
    const first = await apply(learner, certificate);
    expect(first).toMatchObject({
      state: 'booked',
      decision: { credits: '0', granted: [{ effect: 'exemption', value: 'theory-exam' }] },
      entries: [],
    });
    expect(await totalOf(learner)).toMatchObject({ available: '11', used: '0' });
    expect((await apply(learner, certificate)).state).toBe('refused');
    // The same course still counts in a degree.
    const degree = await world.publish({ review: 'none', rules: [BASE_TO_C1] });
    expect((await apply(learner, degree)).state).toBe('booked');
  });
});

describe('a block of courses', () => {
  it('is transferred as a whole for one certificate', async () => {
    const courses = ['C1', 'C2', 'C3'].map((code) => ({ code, credits: '2' }));
    const block = {
      ...CERTIFICATE_TO_C1,
      grants: courses.map(({ code }) => ({ course: code, credits: 'of-target' })),
    };
    const programme = await world.publish({ review: 'none', courses, rules: [block] });
    const learner = await world.learner();
    const { body } = await learner.post('/v1/applications', { learner: 'me', programme });
    const application = await world.settled(learner, body.id as string);
    expect(application.decision?.granted.map(({ course }) => course)).toEqual(['C1', 'C2', 'C3']);
    expect(await totalOf(learner)).toMatchObject({ available: '4', used: '7' });
  });
});

describe('an agreement', () => {
  const agreement = (id: string) => ({
    id,
    title: { zh: '互认协议', en: 'Agreement' },
    inForce: { from: '2020-01-01', to: null, by: 'completion' },
    parties: [
      { institution: 'college', accepts: '20' },
      { institution: 'school', accepts: '3' },
      { institution: 'other-college', accepts: '5' },
    ],
  });

  /** The college takes outcomes of the school under the agreement; the school offers a programme too. */
  async function agreed(id: string): Promise<{ college: string; learner: LearnerCaller }> {
    const shared = { agreements: [agreement(id)], review: 'none' as const };
    const rules = [{ ...BASE_TO_C1, under: id }];
    const college = await world.publish({ ...shared, rules });
    await world.publish({ ...shared, institution: 'school', rules });
    return { college, learner: await world.learner() };
  }

  it('shows the limits of its sides beside each other, with what the learner used and has left', async () => {
    const { college, learner } = await agreed('north-south');
    expect((await apply(learner, college)).state).toBe('booked');
    const { body } = await learner.get('/v1/agreements/north-south?learner=me').expect(200);
    expect(body).toMatchObject({ kind: 'agreement', agrees: true, learnerId: learner.id });
    expect(
      body.sides.map((side: Record<string, unknown>) => [
        side['institution'],
        side['accepts'],
        side['used'],
        side['left'],
      ]),
    ).toEqual([
      ['college', '20', '4', '16'],
      ['other-college', '5', null, null],
      ['school', '3', '0', '3'],
    ]);
    expect(body.sides[0]).toMatchObject({ programme: college, version: 1, institutionName: {} });
    const { body: limits } = await world.authority.get('/v1/agreements/north-south').expect(200);
    expect(limits.sides.map(({ used }: { used: unknown }) => used)).toEqual([null, null, null]);
  });

  it('is kept by each side up to its own limit', async () => {
    const two = agreement('two-regions');
    two.parties[2] = { institution: 'other-college', accepts: '3' };
    const rules = [{ ...BASE_TO_C1, under: 'two-regions' }];
    const sketch = { agreements: [two], review: 'none' as const, rules };
    const learner = await world.learner();
    const near = await world.publish({ ...sketch, lots: { scope: 'per-programme' } });
    const far = await world.publish({ ...sketch, institution: 'other-college' });
    // Four credits: more than the other college accepts. That the college takes them is its own affair.
    const refused = await apply(learner, far);
    expect(refused).toMatchObject({ state: 'refused', decision: { refused: [{ code: 'cap' }] } });
    expect(refused.decision?.caps).toMatchObject([{ limit: '3', used: '0' }]);
    const booked = await apply(learner, near);
    expect(booked).toMatchObject({ state: 'booked', decision: { refused: [] } });
    expect(booked.decision?.caps).toMatchObject([{ limit: '20', used: '4' }]);
    // The school posted it: at home it needs no agreement and has none.
    const own = await apply(learner, await world.publish({ ...sketch, institution: 'school' }));
    expect(own.decision?.refused).toMatchObject([{ code: 'condition-false' }]);
  });

  it('says when its sides do not state the same', async () => {
    await agreed('east-west');
    const other = agreement('east-west');
    other.parties[0] = { institution: 'college', accepts: '30' };
    await world.publish({ agreements: [other], rules: [{ ...BASE_TO_C1, under: 'east-west' }] });
    const { body } = await world.http.get('/v1/agreements').expect(200);
    const shown = body.items.find(({ id }: { id: string }) => id === 'east-west');
    expect(shown).toMatchObject({ agrees: false, learnerId: null });
    expect(shown.sides.map(({ accepts }: { accepts: string }) => accepts)).toContain('30');
  });

  it('shows an account of both directions in the same way', async () => {
    const caps = [{ id: 'both', max: '8', account: 'shown-ways' }];
    const training = await world.publish({ ...TO_TRAINING, review: 'none', caps });
    const degree = await world.publish({ ...TO_DEGREE, caps });
    const learner = await world.learner();
    expect((await apply(learner, training)).state).toBe('booked');
    const { body } = await learner.get('/v1/agreements/shown-ways?learner=me').expect(200);
    const sides = Object.fromEntries(
      body.sides.map((side: { programme: string }) => [side.programme, side]),
    );
    expect(body).toMatchObject({ kind: 'account', agrees: true });
    expect(sides[training]).toMatchObject({ accepts: '8', used: '4', elsewhere: '0', left: '4' });
    expect(sides[degree]).toMatchObject({ accepts: '8', used: '0', elsewhere: '4', left: '4' });
  });

  it('shows nobody else’s use, and nothing that is not there', async () => {
    const { learner } = await agreed('only-mine');
    const path = '/v1/agreements/only-mine';
    await world.school.get(`${path}?learner=${learner.id}`).expect(200);
    for (const stranger of [await world.learner(), world.otherCollege, world.otherSchool]) {
      await stranger.get(`${path}?learner=${learner.id}`).expect(404);
    }
    await world.http.get(path).expect(401);
    await learner.get('/v1/agreements/no-such').expect(404);
    await learner.get(`${path}?learner=you`).expect(400);
    await world.school.get(`${path}?learner=me`).expect(403);
  });
});
