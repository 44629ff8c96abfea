import { Evaluator } from '../../src/conversions/evaluator.js';
import {
  type ConversionWorld,
  type LearnerCaller,
  BASE_TO_C1,
  decided,
  startConversionWorld,
  totalOf,
} from '../support/conversions.js';
import { REJECT } from '../support/reviewers.js';
import { until } from '../support/until.js';

interface TaskBody {
  id: string;
  about: { applicationId?: string };
  state: string;
  attempts: number;
  error: string;
}

let world: ConversionWorld;

beforeAll(async () => {
  world = await startConversionWorld();
});
afterAll(() => world?.close());

/** Does something while nothing can be evaluated. @returns the tasks that the queue has given up */
async function breaking(act: () => Promise<string[]>): Promise<TaskBody[]> {
  const evaluate = jest.spyOn(world.app.get(Evaluator), 'evaluate');
  evaluate.mockRejectedValue(new Error('the rules could not be read'));
  const ids = await act();
  const given = await until('the queue gives up', async () => {
    const { body } = await world.authority.get('/v1/tasks?limit=100').expect(200);
    const tasks = (body.items as TaskBody[]).filter(({ about }) =>
      ids.includes(about.applicationId ?? ''),
    );
    return tasks.length === ids.length && tasks;
  });
  evaluate.mockRestore();
  return given;
}

/** A learner applies so often in vain. */
async function givenUp(count: number): Promise<{ learner: LearnerCaller; tasks: TaskBody[] }> {
  const learner = await world.learner();
  const tasks = await breaking(async () => {
    const ids: string[] = [];
    for (let i = 0; i < count; i += 1) {
      const programme = await world.publish({ rules: [BASE_TO_C1] });
      const { body } = await learner.post('/v1/applications', { learner: 'me', programme });
      ids.push(body.id as string);
    }
    return ids;
  });
  return { learner, tasks };
}

describe('work that the queue gave up', () => {
  it('is listed with its reason, shown to the learner in words, and done when tried again', async () => {
    const { learner, tasks } = await givenUp(1);
    const [task] = tasks as [TaskBody];
    expect(task).toMatchObject({
      kind: 'conversions.evaluate',
      state: 'given-up',
      attempts: 5,
      error: 'the rules could not be read',
      history: [],
    });
    const path = `/v1/applications/${task.about.applicationId}`;
    const waiting = await learner.get(path).expect(200);
    expect(waiting.body).toMatchObject({
      state: 'evaluating',
      progress: { step: 'stopped', now: { zh: expect.any(String), en: expect.any(String) } },
    });
    const summary = async (): Promise<object | undefined> => {
      const { body: all } = await world.authority.get('/v1/tasks/summary').expect(200);
      return all.kinds.find(({ kind }: { kind: string }) => kind === 'conversions.evaluate');
    };
    expect(await summary()).toMatchObject({ open: 0, oldestAt: null, givenUp: 1 });
    const note = '规则文件已更正';
    const again = await world.authority.post(`/v1/tasks/${task.id}/retry`, { note }).expect(202);
    expect(again.body).toMatchObject({
      state: 'open',
      history: [{ action: 'retry', note, attempts: 5, error: 'the rules could not be read' }],
    });
    const decided = await world.settled(learner, task.about.applicationId ?? '');
    expect(decided.state).toBe('in-review');
    expect(decided.history.map(({ action }) => action)).toEqual(['submit', 'start', 'offer']);
    expect(await summary()).toBeUndefined();
    const late = await world.authority.post(`/v1/tasks/${task.id}/retry`, {}).expect(409);
    expect(late.body.code).toBe('task-not-given-up');
  });

  it('is closed with a note by one of many who try at once', async () => {
    const { tasks } = await givenUp(1);
    const [{ id }] = tasks as [TaskBody];
    await world.authority.post(`/v1/tasks/${id}/closure`, {}).expect(400);
    const answers = await Promise.all(
      ['closure', 'retry', 'closure', 'closure'].map((what) =>
        world.authority.post(`/v1/tasks/${id}/${what}`, { note: what }),
      ),
    );
    expect(answers.filter(({ status }) => status < 300)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(3);
    const { body } = await world.authority.get(`/v1/tasks/${id}`).expect(200);
    expect(body.history).toHaveLength(1);
  });

  it('gives its application back to the learner when it is closed, with the reason', async () => {
    const { learner, tasks } = await givenUp(1);
    const [{ id, about }] = tasks as [TaskBody];
    const path = `/v1/applications/${about.applicationId}`;
    const note = '规则文件有误，请修订后重新申请';
    await world.authority.post(`/v1/tasks/${id}/closure`, { note }).expect(200);
    const { body } = await learner.get(path).expect(200);
    expect(body).toMatchObject({ state: 'returned', dueOn: null, progress: { step: 'done' } });
    expect(body.history.at(-1)).toMatchObject({ action: 'close', by: 'institution', note });
    const letter = await learner.get(`${path}/decision-letter`).expect(200);
    expect(letter.body).toMatchObject({ verdict: 'returned', reasons: [{ round: 1, note }] });
    const { programme } = body;
    const again = await learner.post('/v1/applications', { learner: 'me', programme }).expect(202);
    expect((await world.settled(learner, again.body.id as string)).state).toBe('in-review');
  });

  it('releases what an application on its second evaluation held', async () => {
    const made = await decided(world);
    expect(await totalOf(made.learner)).toMatchObject({ held: '4' });
    const tasks = await breaking(async () => {
      const finding = {
        programme: made.programme,
        outcome: made.application.outcomes[0]?.id,
        what: 'content-overlap',
        value: '80',
      };
      const path = `/v1/learners/${made.learner.id}/findings`;
      await world.college.post(path, finding).expect(201);
      return [made.application.id];
    });
    expect(await totalOf(made.learner)).toMatchObject({ held: '4' });
    await world.authority.post(`/v1/tasks/${tasks[0]?.id}/closure`, { note: 'x' }).expect(200);
    expect(await totalOf(made.learner)).toMatchObject({ available: '11', held: '0' });
    expect((await made.learner.get(made.path).expect(200)).body.state).toBe('returned');
  });

  it('of an appeal gives it back undecided; the learner may apply and appeal anew', async () => {
    const made = await decided(world);
    await world.college.post(`${made.path}/review`, REJECT).expect(200);
    const tasks = await breaking(async () => {
      await made.learner.post(`${made.path}/appeal`, { reason: '请复审' }).expect(202);
      return [made.application.id];
    });
    await world.authority.post(`/v1/tasks/${tasks[0]?.id}/closure`, { note: 'x' }).expect(200);
    const { body } = await made.learner.get(made.path).expect(200);
    expect(body).toMatchObject({ state: 'returned', appealUntil: null });
    const letter = await made.learner.get(`${made.path}/decision-letter`).expect(200);
    expect(letter.body.reasons).toMatchObject([
      { round: 1, verdict: 'reject' },
      { round: 2, verdict: 'return', note: 'x' },
    ]);
  });

  it('closed changes nothing about an application that was withdrawn meanwhile', async () => {
    const { learner, tasks } = await givenUp(1);
    const [{ id, about }] = tasks as [TaskBody];
    const path = `/v1/applications/${about.applicationId}`;
    await learner.post(`${path}/withdrawal`).expect(200);
    await world.authority.post(`/v1/tasks/${id}/closure`, { note: 'x' }).expect(200);
    expect((await learner.get(path).expect(200)).body.state).toBe('withdrawn');
  });

  it('is paged without losing or repeating one', async () => {
    const { tasks } = await givenUp(3);
    const seen: string[] = [];
    let after = '';
    do {
      const { body } = await world.authority.get(`/v1/tasks?limit=1${after}`).expect(200);
      seen.push(...(body.items as TaskBody[]).map(({ id }) => id));
      after = body.next ? `&after=${body.next}` : '';
    } while (after);
    expect(new Set(seen).size).toBe(seen.length);
    for (const { id } of tasks) expect(seen).toContain(id);
    await world.authority.get('/v1/tasks?after=x').expect(400);
  });

  it('is nobody’s business but the authority’s and the operator’s', async () => {
    const learner = await world.learner();
    const id = '00000000-0000-7000-8000-000000000000';
    for (const stranger of [learner, world.school, world.college, world.issuer]) {
      await stranger.get('/v1/tasks').expect(403);
      await stranger.get('/v1/tasks/summary').expect(403);
      await stranger.post(`/v1/tasks/${id}/retry`, {}).expect(403);
      await stranger.post(`/v1/tasks/${id}/closure`, { note: 'x' }).expect(403);
    }
    await world.http.get('/v1/tasks').expect(401);
    await world.authority.get(`/v1/tasks/${id}`).expect(404);
    await world.authority.post('/v1/tasks/no-id/retry', {}).expect(404);
    for (const body of [{ note: '' }, { note: 7 }, { note: 'x', more: 1 }]) {
      await world.authority.post(`/v1/tasks/${id}/closure`, body).expect(400);
    }
  });
});
