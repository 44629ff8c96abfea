import { Evaluator } from '../../src/conversions/evaluator.js';
import {
  type ConversionWorld,
  type LearnerCaller,
  BASE_TO_C1,
  startConversionWorld,
} from '../support/conversions.js';

const GIVE_UP_MS = 30_000;

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

/** A learner applies while nothing can be evaluated, until the queue has given the work up. */
async function givenUp(count: number): Promise<{ learner: LearnerCaller; tasks: TaskBody[] }> {
  const evaluate = jest.spyOn(world.app.get(Evaluator), 'evaluate');
  evaluate.mockRejectedValue(new Error('the rules could not be read'));
  const learner = await world.learner();
  const ids: string[] = [];
  for (let i = 0; i < count; i += 1) {
    const programme = await world.publish({ rules: [BASE_TO_C1] });
    const { body } = await learner.post('/v1/applications', { learner: 'me', programme });
    ids.push(body.id as string);
  }
  const until = Date.now() + GIVE_UP_MS;
  for (;;) {
    const { body } = await world.authority.get('/v1/tasks?limit=100').expect(200);
    const tasks = (body.items as TaskBody[]).filter(({ about }) =>
      ids.includes(about.applicationId ?? ''),
    );
    if (tasks.length === count) {
      evaluate.mockRestore();
      return { learner, tasks };
    }
    if (Date.now() > until) throw new Error('the queue did not give up');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
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
    const note = '规则文件已更正';
    const again = await world.authority.post(`/v1/tasks/${task.id}/retry`, { note }).expect(202);
    expect(again.body).toMatchObject({
      state: 'open',
      history: [{ action: 'retry', note, attempts: 5, error: 'the rules could not be read' }],
    });
    const decided = await world.settled(learner, task.about.applicationId ?? '');
    expect(decided.state).toBe('in-review');
    expect(decided.history.map(({ action }) => action)).toEqual(['submit', 'start', 'offer']);
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
