import { Clock } from '../../src/platform/clock/index.js';
import {
  type ApplicationBody,
  type ConversionWorld,
  type Decided,
  BASE_TO_C1,
  decided,
  startConversionWorld,
  totalOf,
} from '../support/conversions.js';
import { REJECT, type Reviewer, reviewers } from '../support/reviewers.js';
import { until } from '../support/until.js';

const REASON = { reason: '课程内容一致，请复核\n附大纲 / the contents are the same' };

let world: ConversionWorld;
let second: Reviewer[];

beforeAll(async () => {
  world = await startConversionWorld();
  second = await reviewers(world, world.college.institution.id, 3);
});
afterAll(() => world?.close());

async function rejected(): Promise<Decided> {
  const made = await decided(world);
  await world.college.post(`${made.path}/review`, REJECT).expect(200);
  return made;
}

/** Appeals and waits until the second panel can begin. */
async function appealed(): Promise<Decided> {
  const made = await rejected();
  await made.learner.post(`${made.path}/appeal`, REASON).expect(202);
  await offered(made);
  return made;
}

async function offered({ learner, path }: Decided): Promise<ApplicationBody> {
  return until('the appeal is evaluated', async () => {
    const { body } = await learner.get(path).expect(200);
    const isOffered = body.state !== 'appealed' || body.history.at(-1).action === 'offer';
    return isOffered && (body as ApplicationBody);
  });
}

describe('an appeal', () => {
  it('is evaluated anew, held, heard by three others, and booked when they agree', async () => {
    const made = await rejected();
    const { learner, path, application } = made;
    expect((await learner.get(path).expect(200)).body.appealUntil).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(await totalOf(learner)).toMatchObject({ available: '11', held: '0' });
    const asked = await learner.post(`${path}/appeal`, REASON).expect(202);
    expect(asked.body).toMatchObject({
      state: 'appealed',
      appeal: { reason: '课程内容一致，请复核 附大纲 / the contents are the same' },
      appealUntil: null,
      dueOn: expect.any(String),
    });
    await offered(made);
    expect(await totalOf(learner)).toMatchObject({ available: '7', held: '4' });

    const first = await world.college.post(`${path}/review`, { verdict: 'approve' }).expect(403);
    expect(first.body.code).toBe('reviewer-of-first-panel');
    const back = await second[0]!.post(`${path}/review`, { ...REJECT, verdict: 'return' });
    expect([back.status, back.body.code]).toEqual([422, 'appeal-is-final']);
    await second[0]!.post(`${path}/review`, { verdict: 'approve' }).expect(200);
    await second[1]!.post(`${path}/review`, REJECT).expect(200);
    const won = await second[2]!.post(`${path}/review`, { verdict: 'approve' }).expect(200);
    expect(won.body.state).toBe('booked');
    expect(await totalOf(learner)).toMatchObject({ available: '7', held: '0', used: '4' });
    const { body } = await learner.get(path).expect(200);
    expect(body.history.map(({ action }: { action: string }) => action)).toEqual([
      'submit',
      'start',
      'offer',
      'reject',
      'appeal',
      'offer',
      'vote',
      'vote',
      'vote',
      'approve',
      'book',
    ]);
    const decisions = await world.database.read((tx) =>
      tx.query<{ seq: number }[]>(
        'SELECT seq FROM decision WHERE application_id = $1 ORDER BY seq',
        [application.id],
      ),
    );
    expect(decisions.map(({ seq }) => seq)).toEqual([0, 1]);
  });

  it('that is lost stays rejected for good, and gives the credit back', async () => {
    const { learner, path } = await appealed();
    for (const one of second.slice(0, 2)) await one.post(`${path}/review`, REJECT).expect(200);
    const { body } = await learner.get(path).expect(200);
    expect(body).toMatchObject({ state: 'rejected', appealUntil: null });
    expect(await totalOf(learner)).toMatchObject({ available: '11', held: '0' });
    const again = await learner.post(`${path}/appeal`, REASON).expect(409);
    expect(again.body.code).toBe('appeal-used');
    expect((await second[2]!.post(`${path}/review`, REJECT).expect(409)).body.code).toBe(
      'application-state',
    );
  });

  it('is made once however often it is sent at once', async () => {
    const made = await rejected();
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => made.learner.post(`${made.path}/appeal`, REASON)),
    );
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([
      202, 409, 409, 409, 409, 409,
    ]);
    const { history } = await offered(made);
    expect(history.filter(({ action }) => action === 'appeal')).toHaveLength(1);
    expect(history.filter(({ action }) => action === 'offer')).toHaveLength(2);
    expect(await totalOf(made.learner)).toMatchObject({ held: '4' });
  });

  it('finds that the credit went elsewhere in the meantime', async () => {
    const made = await rejected();
    const { learner, path } = made;
    const programme = await world.publish({ review: 'none', rules: [BASE_TO_C1] });
    const other = await learner.post('/v1/applications', { learner: 'me', programme }).expect(202);
    expect((await world.settled(learner, other.body.id as string)).state).toBe('booked');
    await learner.post(`${path}/appeal`, REASON).expect(202);
    const body = await offered(made);
    expect(body).toMatchObject({
      state: 'appealed',
      decision: { refused: [{ code: 'lot-used' }] },
    });
    const refused = await second[0]!.post(`${path}/review`, { verdict: 'approve' }).expect(409);
    expect(refused.body.code).toBe('nothing-to-approve');
  });

  it('keeps others from the credit while it is pending', async () => {
    const { learner } = await appealed();
    const programme = await world.publish({ review: 'none', rules: [BASE_TO_C1] });
    const other = await learner.post('/v1/applications', { learner: 'me', programme }).expect(202);
    expect(await world.settled(learner, other.body.id as string)).toMatchObject({
      state: 'refused',
      decision: { refused: [{ code: 'lot-held' }] },
    });
  });

  it('can be withdrawn, which gives the credit back', async () => {
    const { learner, path } = await appealed();
    await learner.post(`${path}/withdrawal`).expect(200);
    expect(await totalOf(learner)).toMatchObject({ available: '11', held: '0' });
  });

  it('has days: the last one is in time, the next is too late', async () => {
    const { learner, path } = await rejected();
    const { appealUntil } = (await learner.get(path).expect(200)).body;
    const clock = jest.spyOn(world.app.get(Clock), 'today');
    const after = new Date(Date.parse(appealUntil) + 86_400_000).toISOString().slice(0, 10);
    clock.mockReturnValue(after);
    const late = await learner.post(`${path}/appeal`, REASON).expect(409);
    clock.mockReturnValue(appealUntil);
    const inTime = await learner.post(`${path}/appeal`, REASON);
    clock.mockRestore();
    expect(late.body.code).toBe('appeal-too-late');
    expect(late.body.detail).toContain(appealUntil);
    expect(inTime.status).toBe(202);
  });

  it('is the learner’s alone, about a rejection alone', async () => {
    const { learner, path } = await rejected();
    await (await world.learner()).post(`${path}/appeal`, REASON).expect(404);
    await world.college.post(`${path}/appeal`, REASON).expect(403);
    for (const body of [{}, { reason: '' }, { reason: 'x'.repeat(1001) }, { reason: 7 }]) {
      await learner.post(`${path}/appeal`, body).expect(400);
    }
    const open = await decided(world);
    const early = await open.learner.post(`${open.path}/appeal`, REASON).expect(409);
    expect(early.body.code).toBe('application-state');
  });
});
