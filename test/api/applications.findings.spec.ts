import {
  type ConversionWorld,
  decided,
  startConversionWorld,
  totalOf,
} from '../support/conversions.js';

let world: ConversionWorld;

beforeAll(async () => {
  world = await startConversionWorld();
});
afterAll(() => world?.close());

describe('findings of the receiving institution', () => {
  const judged = {
    id: 'overlap',
    when: { has: 'LOG-BASE', judged: { what: 'content-overlap', atLeast: '70' } },
    grants: [{ course: 'C1', credits: 'of-target' }],
  };
  const finding = (programme: string, outcome: string | undefined, value: string) => ({
    programme,
    outcome,
    course: 'C1',
    what: 'content-overlap',
    value,
  });

  it('wait in review, then decide at both sides of the limit (R07)', async () => {
    const { learner, programme, application, path } = await decided(world, { rules: [judged] });
    expect(application).toMatchObject({ state: 'in-review', decision: { granted: [] } });
    expect(application.decision?.pending[0]?.text.zh).toBeTruthy();
    const early = await world.college.post(`${path}/review`, { verdict: 'approve' }).expect(409);
    expect(early.body.code).toBe('nothing-to-approve');

    const outcome = application.outcomes.find(({ code }) => code === 'LOG-BASE')?.id;
    const findings = `/v1/learners/${learner.id}/findings`;
    const recorded = await world.college
      .post(findings, finding(programme, outcome, '70'))
      .expect(201);
    expect(recorded.body.reconsidered).toEqual([application.id]);
    const granted = await world.settled(learner, application.id);
    expect(granted).toMatchObject({ state: 'in-review', decision: { credits: '4' } });
    expect(await totalOf(learner)).toMatchObject({ held: '4' });

    const stale = await world.college
      .post(`${path}/review`, { verdict: 'approve', decisionHash: application.decisionHash })
      .expect(409);
    expect(stale.body.code).toBe('decision-differs');

    await world.college.post(findings, finding(programme, outcome, '69.9')).expect(201);
    expect((await world.settled(learner, application.id)).state).toBe('refused');
    expect(await totalOf(learner)).toMatchObject({ held: '0', available: '11' });
  });

  it('are for the receiving institution alone, and about what is there', async () => {
    const { learner, programme, application } = await decided(world, { rules: [judged] });
    const outcome = application.outcomes.find(({ code }) => code === 'LOG-BASE')?.id;
    const findings = `/v1/learners/${learner.id}/findings`;
    const body = finding(programme, outcome, '80');
    await world.otherCollege.post(findings, body).expect(404);
    await world.school.post(findings, body).expect(404);
    await learner.post(findings, body).expect(403);
    const wrongCourse = await world.college.post(findings, { ...body, course: 'C9' }).expect(422);
    expect(wrongCourse.body.code).toBe('unknown-course-of-programme');
    const stranger = await world.learner();
    await world.college.post(`/v1/learners/${stranger.id}/findings`, body).expect(404);
    const notTheirs = { ...body, outcome: stranger.id };
    const wrongLot = await world.college.post(findings, notTheirs).expect(422);
    expect(wrongLot.body.code).toBe('unknown-outcome-of-learner');
    for (const value of ['', 'much', '-1', '1e3', '80%', 80, null]) {
      await world.college.post(findings, { ...body, value }).expect(400);
    }
  });
});
