import {
  type ConversionWorld,
  BASE_TO_C1,
  CERTIFICATE_TO_C1,
  startConversionWorld,
} from '../support/conversions.js';

let world: ConversionWorld;

beforeAll(async () => {
  world = await startConversionWorld();
});
afterAll(() => world?.close());

describe('POST /v1/evaluations', () => {
  it('tells what a programme would give, in words, and books nothing', async () => {
    const learner = await world.learner();
    const programme = await world.publish({ rules: [BASE_TO_C1, CERTIFICATE_TO_C1] });
    const { body } = await learner
      .post('/v1/evaluations', { learner: 'me', programme, on: '2026-11-01' })
      .expect(200);
    expect(body).toMatchObject({
      learnerId: learner.id,
      programme,
      on: '2026-11-01',
      binding: false,
      decision: { credits: '4', proven: true, bound: '4' },
    });
    const [grant] = body.decision.granted;
    // Outcomes are called by their titles, never by their ids.
    expect(grant.text.zh).toContain('物流');
    expect(
      JSON.stringify(body.decision.granted.map(({ text }: { text: unknown }) => text)),
    ).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}/);
    expect(body.decision.refused).toHaveLength(1);
    const balance = await learner.get('/v1/learners/me/balance').expect(200);
    expect(balance.body.total).toMatchObject({ available: '11', held: '0', used: '0' });
    expect((await learner.get('/v1/applications').expect(200)).body.items).toEqual([]);
  });

  it('gives the same decision for the same facts', async () => {
    const learner = await world.learner();
    const programme = await world.publish({ rules: [BASE_TO_C1, CERTIFICATE_TO_C1] });
    const ask = () => learner.post('/v1/evaluations', { learner: 'me', programme }).expect(200);
    expect((await ask()).body).toEqual((await ask()).body);
  });

  it('is for the learner, staff who may read, and where the learner applied', async () => {
    const learner = await world.learner();
    const programme = await world.publish({ rules: [BASE_TO_C1] });
    const body = { learner: learner.id, programme };
    await world.school.post('/v1/evaluations', body).expect(200);
    await world.authority.post('/v1/evaluations', body).expect(200);
    await world.otherSchool.post('/v1/evaluations', body).expect(404);
    await world.college.post('/v1/evaluations', body).expect(404);
    await (await world.learner()).post('/v1/evaluations', body).expect(404);
    await world.http.post('/v1/evaluations').send(body).expect(401);
    await learner.post('/v1/applications', { learner: 'me', programme }).expect(202);
    await world.college.post('/v1/evaluations', body).expect(200);
    await world.otherCollege.post('/v1/evaluations', body).expect(404);
  });

  it.each([
    [{ learner: 'me' }, '/programme'],
    [{ programme: 'P' }, '/learner'],
    [{ learner: 'me', programme: 'P', on: '2026-02-31x' }, '/on'],
    [{ learner: 'me', programme: 'P', on: 'today' }, '/on'],
    [{ learner: 'me', programme: 'P', on: '2026-13-01' }, '/on'],
    [{ learner: 'me', programme: 'P', on: '2026-02-30' }, '/on'],
    [{ learner: 'me', programme: 'P', day: '2026-02-01' }, '/day'],
  ])('refuses %j at %s', async (body, pointer) => {
    const learner = await world.learner();
    const answer = await learner.post('/v1/evaluations', body).expect(400);
    expect(answer.body.errors.map((one: { pointer: string }) => one.pointer)).toContain(pointer);
  });

  it('refuses a day before the rules began', async () => {
    const learner = await world.learner();
    const programme = await world.publish({ rules: [BASE_TO_C1] });
    const body = { learner: 'me', programme, on: '2019-12-31' };
    const answer = await learner.post('/v1/evaluations', body).expect(422);
    expect(answer.body.code).toBe('rulebook-not-in-force');
  });
});
