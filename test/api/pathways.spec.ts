import { Follower } from '../../src/indicators/index.js';
import {
  type PathwayDesk,
  answerOf,
  pathwayDesk,
  pathwayText,
  publishPathway,
  pupil,
  startPathway,
} from '../support/pathways.js';
import { type World, startWorld } from '../support/world.js';

let world: World;
let desk: PathwayDesk;

beforeAll(async () => {
  world = await startWorld();
  desk = await pathwayDesk(world);
});
afterAll(() => world?.close());

describe('R54, case by case', () => {
  it('who passes in semester 6 moves to the paired desk.college, and nothing is booked again', async () => {
    const one = await desk.join();
    await desk.meetGraduation(one.learner);
    const { id: evidence } = await desk.exam(one.learner, '合格');
    const before = await world.school.get(`/v1/learners/${one.learnerId}/statement`).expect(200);
    expect(answerOf(await desk.confirm(), one)).toMatchObject({
      verdict: 'passed',
      to: 'college',
      semester: 6,
      gives: ['enrolment-at-the-paired-college'],
    });
    const there = await desk.shown(one, desk.college);
    expect(there).toMatchObject({
      state: 'college',
      stages: [{ standing: 'done' }, { standing: 'here', institution: 'college' }],
      history: [
        { event: 'joined', to: 'secondary' },
        { event: 'gate', verdict: 'passed', day: '2026-06-10', institution: 'school' },
      ],
    });
    expect(there.history[1].evidence.map((e: { id: string }) => e.id)).toContain(evidence);
    // The college knows her now, and reads what she brings.
    const outcomes = await desk.college.get(`/v1/learners/${one.learnerId}/outcomes`).expect(200);
    expect(outcomes.body.items).toHaveLength(4);
    expect(there.carried).toMatchObject([
      { id: 'core-courses', total: '8', outcomes: [{ credits: '4' }, { credits: '4' }] },
      { id: 'public-courses', total: '3', atMost: '8' },
    ]);
    const after = await world.school.get(`/v1/learners/${one.learnerId}/statement`).expect(200);
    expect(after.body.items).toEqual(before.body.items);
  });

  it('who fails and meets secondary graduation leaves with its certificate', async () => {
    const one = await desk.join();
    await desk.meetGraduation(one.learner);
    await desk.exam(one.learner, '不合格');
    expect(answerOf(await desk.confirm(), one)).toMatchObject({ verdict: 'failed', to: 'left' });
    expect(await desk.shown(one)).toMatchObject({
      state: 'left',
      gives: ['secondary-certificate'],
      stages: [{ standing: 'done' }, { standing: 'closed' }],
    });
    // She never comes to the desk.college, which sees no more than that she came to its gate.
    expect(await desk.shown(one, desk.college)).toMatchObject({ state: 'left', history: [{}, {}] });
    await desk.college.get(`/v1/learners/${one.learnerId}/outcomes`).expect(404);
    // Nobody comes back, whatever is posted.
    await desk.exam(one.learner, '合格', { completedOn: '2026-06-12' });
    expect(answerOf(await desk.preview(), one)).toBeUndefined();
  });

  it('who fails and is short of graduation stays with neither, and can still graduate', async () => {
    const one = await desk.join();
    await desk.exam(one.learner, '不合格');
    expect(answerOf(await desk.confirm(), one)).toMatchObject({
      verdict: 'failed',
      to: 'secondary',
    });
    expect(await desk.shown(one)).toMatchObject({ state: 'secondary', gives: [] });
    // The same judgement of the same evidence is not written again.
    await desk.confirm();
    expect((await desk.shown(one)).history).toHaveLength(2);
    await desk.meetGraduation(one.learner);
    expect(answerOf(await desk.confirm(), one)).toMatchObject({ verdict: 'failed', to: 'left' });
  });

  it('who was not examined is missing it, with the examination named', async () => {
    const one = await desk.join();
    const answer = answerOf(await desk.confirm(), one);
    expect(answer).toMatchObject({ verdict: 'missing', to: 'secondary', semester: null });
    await desk.exam(one.learner, '合格', { grade: undefined, completedOn: '2026-06-01' });
    expect(answerOf(await desk.confirm(), one)).toMatchObject({
      verdict: 'missing',
      facts: [
        { id: 'exam', value: null, isNeeded: true, lacking: [{ code: 'MS-GATE-5' }] },
        { id: 'secondary-graduation', value: 'short', clauses: [{ holds: false, needs: '9' }, {}] },
      ],
    });
    expect(await desk.shown(one)).toMatchObject({
      state: 'secondary',
      history: [{ event: 'joined' }],
    });
  });

  it('the gate is not open in semester 5', async () => {
    const one = await desk.join();
    await desk.meetGraduation(one.learner);
    await desk.exam(one.learner, '合格', { completedOn: '2026-01-15' });
    expect(answerOf(await desk.confirm(), one)).toMatchObject({
      verdict: 'refused',
      semester: 5,
      to: 'secondary',
    });
  });

  it('outside students do not join the college stage, nor anybody an intake that is not planned', async () => {
    const items = [
      { learner: pupil(901), intake: 2023, state: 'college' },
      { learner: pupil(902), intake: 1999 + 1 },
    ];
    const { body } = await world.school.post(`${desk.path}/enrolments`, { items }).expect(200);
    expect(body.items).toMatchObject([
      { status: 'refused', problem: { code: 'pathway-no-entry' } },
      { status: 'refused', problem: { code: 'pathway-intake-unknown' } },
    ]);
    const { body: forbidden } = await desk.college
      .post(`${desk.path}/enrolments`, { items: [{ learner: pupil(903), intake: 2023 }] })
      .expect(404);
    expect(forbidden.code).toBe('not-found');
  });

  it('a major is changed in the first three years only, a school never', async () => {
    const young = await desk.join(2026);
    const { body } = await desk.act(young, 'change-of-major', world.school, { major: '530801' });
    expect(body).toMatchObject({ state: 'secondary', major: '530801' });
    const old = await desk.join(2023);
    for (const event of ['change-of-major', 'change-of-school']) {
      const { body: refused } = await desk.act(old, event).expect(409);
      expect(refused.code).toBe('pathway-not-allowed');
    }
    const { body: ofGate } = await desk.act(old, 'gate').expect(422);
    expect(ofGate.code).toBe('pathway-event-of-gate');
  });
});

describe('places and joining', () => {
  it('end, for whichever of many comes last, and nobody joins twice', async () => {
    const text = pathwayText(
      ['id: pathways/logistics-five-year', 'id: pathways/small'],
      ['year: 2025, places: 40', 'year: 2025, places: 2'],
    );
    const small = `/v1/pathways/${await publishPathway(world, text)}`;
    const send = (...serials: number[]) =>
      world.school.post(`${small}/enrolments`, {
        items: serials.map((one) => ({ learner: pupil(one), intake: 2025 })),
      });
    const both = await Promise.all([send(911), send(912), send(913)]);
    const states = both.map(({ body }) => body.items[0].status as string);
    expect(states.toSorted()).toEqual(['created', 'created', 'refused']);
    const again = (await send(911, 912, 913)).body.items.map((one: object) => one);
    expect(again.filter((one: { status: string }) => one.status === 'unchanged')).toHaveLength(2);
    expect(again.find((one: { status: string }) => one.status === 'refused')).toMatchObject({
      problem: { code: 'pathway-full' },
    });
    const { body } = await world.http.get(small).expect(200);
    expect(body.intakes).toContainEqual({ year: 2025, places: 2, left: 0 });
    const items = [
      { learner: pupil(911), intake: 2026 },
      { learner: pupil(912), intake: 2026 },
    ];
    const other = await world.school.post(`${small}/enrolments`, { items }).expect(200);
    expect(
      other.body.items.map((one: { problem: { code: string } | null }) => one.problem?.code),
    ).toContain('pathway-joined-before');
  });
});

describe('evidence that is taken back', () => {
  it('makes the judgement one to look at again, until the gate is reopened', async () => {
    const at = await desk.ownPathway('revoked');
    const one = await desk.join(2023, at);
    const { id: evidence } = await desk.exam(one.learner, '合格');
    await desk.confirm('stage-transfer', world.school, at);
    const events = `${at}/enrolments/${one.enrolment}/events`;
    const standing = await desk.college.post(events, { event: 'reopening' }).expect(409);
    expect(standing.body.code).toBe('pathway-standing');
    await world.school
      .post(`/v1/outcomes/${evidence}/revocation`, { reason: '登记有误 / entered by mistake' })
      .expect(200);
    const again = {
      state: 'college',
      lookAgain: [{ gate: 'stage-transfer', revoked: [{ id: evidence, code: 'MS-GATE-5' }] }],
    };
    expect(await desk.shown(one, desk.college, at)).toMatchObject(again);
    expect(await desk.shown(one, world.school, at)).toMatchObject(again);
    // Neither passed nor failed, as the indicator counts it.
    const figures = await desk.college.get(`${at}/figures?year=2026`).expect(200);
    expect(figures.body).toMatchObject({ passed: 0, failed: 0, toLookAgain: 1, passRate: null });
    // Only the institution where she is now decides.
    await world.school.post(events, { event: 'reopening' }).expect(404);
    const { body } = await desk.college.post(events, { event: 'reopening' }).expect(200);
    expect(body).toMatchObject({ state: 'secondary', gives: [], lookAgain: [] });
    await desk.exam(one.learner, '合格', { completedOn: '2026-06-25' });
    await desk.confirm('stage-transfer', world.school, at);
    expect(await desk.shown(one, desk.college, at)).toMatchObject({
      state: 'college',
      lookAgain: [],
    });
  });
});

describe('the college stage', () => {
  it('ends with graduation, at a gate that the college runs', async () => {
    const at = await desk.ownPathway('graduation');
    const one = await desk.join(2023, at);
    await desk.exam(one.learner, '合格');
    await desk.confirm('stage-transfer', world.school, at);
    await world.school
      .post(`${at}/gates/graduation/runs?preview=true`, { intake: 2023 })
      .expect(404);
    expect(answerOf(await desk.preview('graduation', desk.college, at), one)).toMatchObject({
      verdict: 'missing',
      facts: [{ value: 'short', isNeeded: true, clauses: [{ has: '0', needs: '60' }, {}] }],
    });
    const withdrawn = await desk.college
      .post(`${at}/enrolments/${one.enrolment}/events`, { event: 'withdrawal' })
      .expect(200);
    expect(withdrawn.body).toMatchObject({ state: 'withdrawn', isOpen: false });
  });
});

describe('a run', () => {
  it('is confirmed as it was seen, once, and by nobody else', async () => {
    const at = await desk.ownPathway('run');
    const one = await desk.join(2023, at);
    await desk.exam(one.learner, '合格');
    const runs = `${at}/gates/stage-transfer/runs`;
    const { digest } = await desk.preview('stage-transfer', world.school, at);
    await world.otherSchool.post(`${runs}?preview=true`, { intake: 2023 }).expect(404);
    await desk.college.post(runs, { intake: 2023, digest }).expect(404);
    const two = await desk.join(2023, at);
    await desk.exam(two.learner, '合格');
    const changed = await world.school.post(runs, { intake: 2023, digest }).expect(409);
    expect(changed.body.code).toBe('pathway-run-differs');
    expect((await desk.shown(one, world.school, at)).state).toBe('secondary');
    const seen = await desk.preview('stage-transfer', world.school, at);
    const answers = await Promise.all(
      [1, 2, 3].map(() => world.school.post(runs, { intake: 2023, digest: seen.digest })),
    );
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409, 409]);
    expect((await desk.shown(one, world.school, at)).history).toHaveLength(2);
  });
});

describe('figures', () => {
  it('equal the indicator where both see the same data', async () => {
    const alone = await startWorld();
    try {
      const { id: pathway } = await startPathway(alone);
      const items = Array.from({ length: 13 }, (_, at) => ({ learner: pupil(at), intake: 2023 }));
      await alone.school.post(`/v1/pathways/${pathway}/enrolments`, { items }).expect(200);
      for (const [at, { learner }] of items.entries()) {
        if (at === 12) continue;
        await alone.school
          .post('/v1/completions', {
            externalId: `e-${at}`,
            learner,
            outcome: 'MS-GATE-5',
            completedOn: '2026-06-10',
            grade: at < 10 ? '合格' : '不合格',
          })
          .expect(201);
      }
      const runs = `/v1/pathways/${pathway}/gates/stage-transfer/runs`;
      const seen = await alone.school.post(`${runs}?preview=true`, { intake: 2023 }).expect(200);
      expect(seen.body.counts).toEqual({ passed: 10, failed: 2, missing: 1, refused: 0 });
      await alone.school.post(runs, { intake: 2023, digest: seen.body.digest }).expect(200);
      const figures = await alone.authority
        .get(`/v1/pathways/${pathway}/figures?year=2026`)
        .expect(200);
      expect(figures.body).toMatchObject({
        passed: 10,
        failed: 2,
        passRate: '83.33',
        pairing: { sender: 'school', receiver: 'college', passRate: '83.33' },
      });
      await alone.app.get(Follower).catchUp();
      const { body } = await alone.authority
        .get('/v1/indicators/pathway-pass?period=2026')
        .expect(200);
      expect(body.indicator.value).toBe(figures.body.passRate);
    } finally {
      await alone.close();
    }
  });
});
