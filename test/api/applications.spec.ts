import {
  type ConversionWorld,
  BASE_TO_C1,
  CERTIFICATE_TO_C1,
  decided,
  startConversionWorld,
  totalOf,
} from '../support/conversions.js';

let world: ConversionWorld;

beforeAll(async () => {
  world = await startConversionWorld();
});
afterAll(() => world?.close());

describe('the way of an application', () => {
  it('is evaluated on the queue, held, reviewed by a second institution and booked', async () => {
    const { programme, learner, application, path } = await decided(world);
    expect(application.state).toBe('in-review');
    expect(application.decision).toMatchObject({
      programme,
      credits: '4',
      granted: [{ course: 'C1', credits: '4', text: { en: expect.stringContaining('Course C1') } }],
    });
    expect(application.decisionHash).toMatch(/^[0-9a-f]{64}$/);
    expect(await totalOf(learner)).toMatchObject({ available: '7', held: '4', used: '0' });

    const reviewed = await world.college
      .post(`${path}/review`, { verdict: 'approve', decisionHash: application.decisionHash })
      .expect(200);
    expect(reviewed.body.state).toBe('booked');
    expect(await totalOf(learner)).toMatchObject({ available: '7', held: '0', used: '4' });

    const shown = await learner.get(path).expect(200);
    expect(shown.body.history).toMatchObject([
      { action: 'submit', state: 'submitted', by: 'learner' },
      { action: 'start', state: 'evaluating', by: 'service' },
      { action: 'offer', state: 'in-review', by: 'service' },
      { action: 'approve', state: 'approved', by: 'institution', institution: { code: 'college' } },
      { action: 'book', state: 'booked', by: 'service' },
    ]);
    const { hash } = shown.body.decision.rulebook;
    expect(shown.body.entries).toMatchObject([
      { kind: 'hold', amount: '4', ruleHash: hash },
      { kind: 'use', amount: '4', ruleHash: hash },
    ]);
    const entry = await learner.get(`/v1/entries/${shown.body.entries[1].id}`).expect(200);
    expect(entry.body).toMatchObject({ kind: 'use', reference: application.id, ruleHash: hash });
  });

  it.each([
    ['reject', 'rejected'],
    ['return', 'returned'],
  ])('gives the credit back on %s', async (verdict, state) => {
    const { learner, path } = await decided(world);
    const note = '内容重合度不足\n请补充材料';
    const answer = await world.college.post(`${path}/review`, { verdict, note }).expect(200);
    expect(answer.body.state).toBe(state);
    expect(answer.body.history.at(-1)).toMatchObject({ note: '内容重合度不足 请补充材料' });
    expect(await totalOf(learner)).toMatchObject({ available: '11', held: '0', used: '0' });
  });

  it('gives the credit back when the learner withdraws, once', async () => {
    const { learner, path } = await decided(world);
    expect((await learner.post(`${path}/withdrawal`).expect(200)).body.state).toBe('withdrawn');
    expect(await totalOf(learner)).toMatchObject({ available: '11', held: '0' });
    const again = await learner.post(`${path}/withdrawal`).expect(409);
    expect(again.body).toMatchObject({ code: 'application-state' });
    expect(again.body.detail).toContain('withdrawn');
  });

  it('books at once where the programme asks for no review', async () => {
    const { application, learner } = await decided(world, { review: 'none', rules: [BASE_TO_C1] });
    expect(application.state).toBe('booked');
    expect(application.entries.map(({ kind }) => kind)).toEqual(['hold', 'use']);
    expect(await totalOf(learner)).toMatchObject({ available: '7', used: '4' });
  });

  it('refuses with reasons when nothing is convertible', async () => {
    const rule = {
      ...CERTIFICATE_TO_C1,
      when: { has: 'X-LOG-2', level: { scale: 'x-cert', atLeast: '高级' } },
    };
    const { application, learner } = await decided(world, { rules: [rule] });
    expect(application.state).toBe('refused');
    expect(application.decision).toMatchObject({
      credits: '0',
      granted: [],
      refused: [{ rule: 'certificate', code: 'condition-false', text: { zh: expect.any(String) } }],
    });
    expect(await totalOf(learner)).toMatchObject({ available: '11', held: '0' });
  });

  it('may be asked for by a school of the learner, and withdrawn by either', async () => {
    const programme = await world.publish({ rules: [BASE_TO_C1] });
    const learner = await world.learner();
    const accepted = await world.school
      .post('/v1/applications', { learner: learner.id, programme })
      .expect(202);
    const path = `/v1/applications/${accepted.body.id}`;
    const application = await world.settled(world.school, accepted.body.id);
    expect(application).toMatchObject({ state: 'in-review', requestedBy: { code: 'school' } });
    await learner.get(path).expect(200);
    expect((await world.college.post(`${path}/withdrawal`)).status).toBe(403);
    await world.school.post(`${path}/withdrawal`).expect(200);
  });
});

describe('what happens to the rest of a certificate', () => {
  const lots = { reuse: 'what-is-left' };
  it.each([
    ['forfeit', {}, { available: '4', used: '7' }, ['4']],
    ['keep', {}, { available: '7', used: '4' }, ['4']],
    ['elective', { remainderTo: 'E1' }, { available: '4', used: '7' }, ['4', '3']],
  ])('%s', async (remainder, more, balance, credits) => {
    const rule = { ...CERTIFICATE_TO_C1, remainder, ...more };
    const { application, learner } = await decided(world, { review: 'none', lots, rules: [rule] });
    expect(application.decision?.granted.map((grant) => grant.credits)).toEqual(credits);
    expect(await totalOf(learner)).toMatchObject({ ...balance, held: '0' });
  });

  it('keeps what is left for the next programme', async () => {
    const rule = { ...CERTIFICATE_TO_C1, remainder: 'keep' };
    const courses = [{ code: 'C1', credits: '3' }];
    const { learner } = await decided(world, { review: 'none', lots, courses, rules: [rule] });
    const next = await world.publish({ review: 'none', lots, courses, rules: [rule] });
    const third = await world.publish({ review: 'none', lots, courses, rules: [rule] });
    for (const [programme, state] of [
      [next, 'booked'],
      [third, 'refused'],
    ]) {
      const { body } = await learner.post('/v1/applications', { learner: 'me', programme });
      expect((await world.settled(learner, body.id)).state).toBe(state);
    }
    expect(await totalOf(learner)).toMatchObject({ available: '5', used: '6' });
  });
});

describe('what earlier bookings forbid', () => {
  const both = [BASE_TO_C1, CERTIFICATE_TO_C1];

  it('replaces a course once (R18)', async () => {
    const { learner, programme } = await decided(world, { review: 'none', rules: both });
    const again = await learner.post('/v1/applications', { learner: 'me', programme }).expect(202);
    const second = await world.settled(learner, again.body.id);
    expect(second.state).toBe('refused');
    expect(second.decision?.refused.map(({ code }) => code)).toContain('target-filled');
  });

  it('counts an application under review too, so that two together replace a course once', async () => {
    const { learner, programme } = await decided(world, { rules: both });
    const again = await learner.post('/v1/applications', { learner: 'me', programme }).expect(202);
    const second = await world.settled(learner, again.body.id);
    expect(second.state).toBe('refused');
    expect(second.decision?.refused.map(({ code }) => code)).toContain('target-filled');
  });

  it('converts an outcome once, for any programme (R19, R46)', async () => {
    const { learner } = await decided(world, { review: 'none', rules: [BASE_TO_C1] });
    const programme = await world.publish({ rules: [BASE_TO_C1] });
    const again = await learner.post('/v1/applications', { learner: 'me', programme }).expect(202);
    const second = await world.settled(learner, again.body.id);
    expect(second).toMatchObject({
      state: 'refused',
      decision: { refused: [{ code: 'lot-used' }] },
    });
  });

  it('carries caps from one application to the next (R28)', async () => {
    const { learner, programme } = await decided(world, {
      review: 'none',
      total: '10',
      caps: [{ id: 'half', max: { percent: '50', of: 'total' } }],
      courses: [
        { code: 'C1', credits: '4' },
        { code: 'C2', credits: '4' },
      ],
      rules: [
        BASE_TO_C1,
        { ...CERTIFICATE_TO_C1, grants: [{ course: 'C2', credits: 'of-target' }] },
      ],
    });
    const again = await learner.post('/v1/applications', { learner: 'me', programme }).expect(202);
    const second = await world.settled(learner, again.body.id);
    expect(second).toMatchObject({ state: 'refused' });
    expect(second.decision?.refused.map(({ code }) => code)).toContain('cap');
  });
});

describe('what applications under review forbid', () => {
  const rule = { ...CERTIFICATE_TO_C1, remainder: 'keep' };
  const courses = [{ code: 'C1', credits: '3' }];

  it.each([
    ['never', 'refused', '3'],
    ['what-is-left', 'in-review', '6'],
  ])('with %s, the rest of a lot that is partly held is %s', async (reuse, state, held) => {
    const lots = { reuse };
    const { learner } = await decided(world, { lots, courses, rules: [rule] });
    const programme = await world.publish({ lots, courses, rules: [rule] });
    const { body } = await learner.post('/v1/applications', { learner: 'me', programme });
    const second = await world.settled(learner, body.id);
    expect(second.state).toBe(state);
    expect(await totalOf(learner)).toMatchObject({ held });
  });

  it('says that the credit is held when all of it is', async () => {
    const { learner } = await decided(world, { rules: [CERTIFICATE_TO_C1] });
    const programme = await world.publish({ rules: [CERTIFICATE_TO_C1] });
    const { body } = await learner.post('/v1/applications', { learner: 'me', programme });
    expect(await world.settled(learner, body.id)).toMatchObject({
      state: 'refused',
      decision: { refused: [{ code: 'lot-held' }] },
    });
  });
});
