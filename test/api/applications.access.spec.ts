import { encodeCursor } from '../../src/platform/http/index.js';
import {
  type ConversionWorld,
  type LearnerCaller,
  BASE_TO_C1,
  decided,
  startConversionWorld,
} from '../support/conversions.js';

let world: ConversionWorld;

beforeAll(async () => {
  world = await startConversionWorld();
});
afterAll(() => world?.close());

describe('who may see and do what', () => {
  it('answers like not there to everybody else', async () => {
    const { path } = await decided(world);
    const other = await world.learner();
    for (const stranger of [other, world.school, world.otherCollege, world.otherSchool]) {
      await stranger.get(path).expect(404);
    }
    await world.otherCollege.post(`${path}/review`, { verdict: 'approve' }).expect(404);
    await other.post(`${path}/withdrawal`).expect(404);
    await world.http.get(path).expect(401);
    await world.college.get('/v1/applications/not-an-id').expect(404);
    await world.college.get('/v1/applications/00000000-0000-7000-8000-000000000000').expect(404);
  });

  it('lists to a learner their own and to a college what it decides', async () => {
    const { learner, application } = await decided(world);
    const mine = await learner.get('/v1/applications').expect(200);
    expect(mine.body).toMatchObject({ items: [{ id: application.id }], next: null });
    const waiting = await world.college
      .get('/v1/applications?state=in-review&limit=100')
      .expect(200);
    expect(waiting.body.items.map(({ id }: { id: string }) => id)).toContain(application.id);
    for (const { state } of waiting.body.items) expect(state).toBe('in-review');
    const none = await world.otherCollege.get('/v1/applications').expect(200);
    expect(none.body.items).toEqual([]);
    await world.college.get('/v1/applications?state=lost').expect(400);
    for (const after of ['x', encodeCursor('no id'), encodeCursor('a', 'b')]) {
      await world.college.get(`/v1/applications?after=${after}`).expect(400);
    }
  });

  it('pages newest first without losing or repeating one', async () => {
    const learner = await world.learner();
    const programme = await world.publish({ rules: [BASE_TO_C1] });
    const ids: string[] = [];
    for (let i = 0; i < 5; i += 1) {
      const { body } = await learner.post('/v1/applications', { learner: 'me', programme });
      ids.unshift(body.id);
    }
    const seen: string[] = [];
    let after = '';
    do {
      const { body } = await learner.get(`/v1/applications?limit=2${after}`).expect(200);
      seen.push(...body.items.map(({ id }: { id: string }) => id));
      after = body.next ? `&after=${body.next}` : '';
    } while (after);
    expect(seen).toEqual(ids);
  });

  it('lets a school ask for its own learners only, and for another institution to review', async () => {
    const programme = await world.publish({ rules: [BASE_TO_C1] });
    const learner = await world.learner();
    await world.otherSchool
      .post('/v1/applications', { learner: learner.id, programme })
      .expect(404);
    const other = await world.learner();
    await other.post('/v1/applications', { learner: learner.id, programme }).expect(404);
    await world.school.post('/v1/applications', { learner: 'me', programme }).expect(403);
    await world.college.post('/v1/applications', { learner: learner.id, programme }).expect(403);
  });

  it('needs a second institution where a review is asked for', async () => {
    const learner = await world.learner();
    const apply = async (review: 'required' | 'none') => {
      const programme = await world.publish({ institution: 'school', review, rules: [BASE_TO_C1] });
      return world.school.post('/v1/applications', { learner: learner.id, programme });
    };
    expect((await apply('required')).body.code).toBe('second-institution-needed');
    expect((await apply('none')).status).toBe(202);
  });

  it.each([
    [{}, '/learner'],
    [{ learner: 'me' }, '/programme'],
    [{ learner: 'me', programme: '' }, '/programme'],
    [{ learner: 'me', programme: 7 }, '/programme'],
    [{ learner: 'me', programme: 'P\u0000' }, '/programme'],
    [{ learner: 'me', programme: 'P'.repeat(101) }, '/programme'],
    [{ learner: 'you', programme: 'P' }, '/learner'],
    [{ learner: ['me'], programme: 'P' }, '/learner'],
    [{ learner: 'me', programme: 'P', credits: '4' }, '/credits'],
  ])('refuses %j at %s', async (body, pointer) => {
    const learner = await world.learner();
    const answer = await learner.post('/v1/applications', body).expect(400);
    expect(answer.body.errors.map((one: { pointer: string }) => one.pointer)).toContain(pointer);
  });

  it('refuses a programme that nobody offers, and verdicts that are none', async () => {
    const { learner, path } = await decided(world);
    const unknown = await learner.post('/v1/applications', { learner: 'me', programme: 'NO-SUCH' });
    expect(unknown.body).toMatchObject({ status: 422, code: 'rulebook-not-in-force' });
    for (const body of [
      {},
      { verdict: 'maybe' },
      { verdict: 'reject' },
      { verdict: 'reject', note: '' },
    ]) {
      await world.college.post(`${path}/review`, body).expect(400);
    }
    await world.college
      .post(`${path}/review`, { verdict: 'approve', decisionHash: 'x' })
      .expect(400);
  });
});

describe('keys of repetition', () => {
  const send = (learner: LearnerCaller, key: string, programme: string) =>
    learner.post('/v1/applications', { learner: 'me', programme }).set('idempotency-key', key);

  it('makes one application of two requests, and a conflict of other content', async () => {
    const learner = await world.learner();
    const programme = await world.publish({ rules: [BASE_TO_C1] });
    const other = await world.publish({ rules: [BASE_TO_C1] });
    const first = await send(learner, 'key-1', programme).expect(202);
    const second = await send(learner, 'key-1', programme).expect(200);
    expect(second.headers['idempotent-replayed']).toBe('true');
    expect(second.body).toEqual(first.body);
    expect((await send(learner, 'key-1', other).expect(409)).body.code).toBe(
      'idempotency-conflict',
    );
    expect((await send(learner, 'k'.repeat(201), programme).expect(400)).body.code).toBe(
      'idempotency-key-malformed',
    );
    const stranger = await world.learner();
    await send(stranger, 'key-1', programme).expect(202);
  });

  it('recognises the key of a school with another learner', async () => {
    const programme = await world.publish({ rules: [BASE_TO_C1] });
    const [one, two] = [await world.learner(), await world.learner()];
    const post = (learner: string) =>
      world.school.post('/v1/applications', { learner, programme }).set('idempotency-key', 'key-2');
    await post(one.id).expect(202);
    await post(two.id).expect(409);
  });

  it('makes one application of 20 requests at once', async () => {
    const learner = await world.learner();
    const programme = await world.publish({ rules: [BASE_TO_C1] });
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => send(learner, 'key-3', programme)),
    );
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(answers.filter(({ status }) => status === 202)).toHaveLength(1);
    const mine = await learner.get('/v1/applications').expect(200);
    expect(mine.body.items).toHaveLength(1);
  });
});
