import { replayDecisions } from '../support/replay.js';
import { sha256Hex } from '#libs/rules';
import { EvaluationWorker } from '../../src/conversions/evaluation.worker.js';
import { Evaluator } from '../../src/conversions/evaluator.js';
import { Ledger } from '../../src/ledger/index.js';
import { Rulebook } from '../../src/rulebook/index.js';
import {
  type ApplicationBody,
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

describe('races', () => {
  it('8 programmes at once for one outcome: one gets it, nothing is spent twice', async () => {
    const programmes = await Promise.all(
      Array.from({ length: 8 }, () => world.publish({ review: 'none', rules: [BASE_TO_C1] })),
    );
    const learner = await world.learner();
    const accepted = await Promise.all(
      programmes.map((programme) => learner.post('/v1/applications', { learner: 'me', programme })),
    );
    const states: string[] = [];
    for (const { body } of accepted) states.push((await world.settled(learner, body.id)).state);
    expect(states.filter((state) => state === 'booked')).toHaveLength(1);
    expect(states.filter((state) => state === 'refused')).toHaveLength(7);
    expect(await totalOf(learner)).toMatchObject({ available: '7', held: '0', used: '4' });
  });

  it('8 applications at once for one programme replace its course once', async () => {
    const learner = await world.learner();
    const programme = await world.publish({ rules: [BASE_TO_C1, CERTIFICATE_TO_C1] });
    const accepted = await Promise.all(
      Array.from({ length: 8 }, () =>
        learner.post('/v1/applications', { learner: 'me', programme }),
      ),
    );
    const states: string[] = [];
    for (const { body } of accepted) states.push((await world.settled(learner, body.id)).state);
    expect(states.sort()).toEqual(['in-review', ...Array.from({ length: 7 }, () => 'refused')]);
  });

  it('of two reviewers one wins and the other learns the state', async () => {
    const { learner, path } = await decided(world);
    const answers = await Promise.all([
      world.college.post(`${path}/review`, { verdict: 'approve' }),
      world.college.post(`${path}/review`, { verdict: 'reject', note: 'no' }),
    ]);
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 409]);
    const [winner, loser] = answers.sort((a, b) => a.status - b.status);
    expect(loser?.body).toMatchObject({ code: 'application-state' });
    expect(loser?.body.detail).toContain(winner?.body.state);
    const { used, held } = await totalOf(learner);
    expect([used, held]).toEqual([winner?.body.state === 'booked' ? '4' : '0', '0']);
  });

  it('runs a task again without a second effect', async () => {
    const { application, learner } = await decided(world, { review: 'none', rules: [BASE_TO_C1] });
    const worker = world.app.get(EvaluationWorker);
    await Promise.all([worker.run(application.id), worker.run(application.id)]);
    await worker.run(application.id);
    const after = await learner.get(`/v1/applications/${application.id}`).expect(200);
    expect(after.body).toEqual(application);
  });

  it('runs the first evaluation twice at once with one effect', async () => {
    const learner = await world.learner();
    const programme = await world.publish({ review: 'none', rules: [BASE_TO_C1] });
    const { body } = await learner.post('/v1/applications', { learner: 'me', programme });
    const worker = world.app.get(EvaluationWorker);
    await Promise.all(Array.from({ length: 4 }, () => worker.run(body.id)));
    const after = await learner.get(`/v1/applications/${body.id}`).expect(200);
    expect(after.body.entries.map(({ kind }: { kind: string }) => kind)).toEqual(['hold', 'use']);
    expect(after.body.history).toHaveLength(3);
  });
});

describe('everything at once', () => {
  /** What applications of a learner hold or used, by lot, as their decisions say. */
  const claimed = (applications: ApplicationBody[], state: string) =>
    applications
      .filter((one) => one.state === state)
      .flatMap((one) => one.decision?.granted ?? [])
      .flatMap((grant) => grant.uses)
      .reduce((sum, use) => sum + Number(use.amount), 0);

  it('ends with books that agree with the decisions, whoever does what when', async () => {
    const lots = { reuse: 'what-is-left' };
    const courses = [{ code: 'C1', credits: '3' }];
    const rules = [
      { ...CERTIFICATE_TO_C1, remainder: 'keep' },
      { ...BASE_TO_C1, remainder: 'keep' },
    ];
    const sketch = { lots, courses, rules };
    const programmes = [
      await world.publish(sketch),
      await world.publish(sketch),
      await world.publish({ ...sketch, review: 'none' }),
    ];
    for (let round = 0; round < 6; round += 1) {
      const learner = await world.learner();
      const ids: string[] = [];
      const act = async (i: number): Promise<void> => {
        const programme = programmes[(i + round) % 3];
        const { body } = await learner.post('/v1/applications', { learner: 'me', programme });
        ids.push(body.id as string);
        const path = `/v1/applications/${body.id}`;
        if (i % 4 === 0) await learner.post(`${path}/withdrawal`);
        const { state } = await world.settled(learner, body.id as string);
        if (state !== 'in-review') return;
        const note = 'round';
        const verdict = ['approve', 'reject', 'approve'][i % 3];
        await Promise.all([
          world.college.post(`${path}/review`, { verdict, note }),
          learner.post(`${path}/withdrawal`),
        ]);
      };
      await Promise.all(Array.from({ length: 9 }, (_, i) => act(i)));
      const ended = await Promise.all(ids.map((id) => world.settled(learner, id)));
      const { available, held, used } = await totalOf(learner);
      expect(Number(used)).toBe(claimed(ended, 'booked'));
      expect(Number(held)).toBe(claimed(ended, 'in-review'));
      expect(Number(available) + Number(held) + Number(used)).toBe(11);
      const courseOf = ended
        .filter(({ state }) => state === 'booked')
        .map(({ programme }) => programme);
      expect(new Set(courseOf).size).toBe(courseOf.length);
    }
  });
});

describe('what can go wrong on the way', () => {
  it('evaluates again when the credit changed between decision and approval', async () => {
    const { learner, application, path } = await decided(world);
    const lotId = application.outcomes.find(({ code }) => code === 'LOG-BASE')?.id ?? '';
    // A revocation through the service would send the application back itself; the ledger does not.
    await world.database.transaction((tx) =>
      world.app.get(Ledger).move(
        tx,
        { actor: 'test', institutionId: null },
        {
          learnerId: learner.id,
          today: '2026-11-23',
          commands: [{ kind: 'revoke', lotId }],
        },
      ),
    );
    const refused = await world.college.post(`${path}/review`, { verdict: 'approve' }).expect(409);
    expect(refused.body.code).toBe('decision-outdated');
    const after = await world.settled(learner, application.id);
    expect(after).toMatchObject({
      state: 'refused',
      decision: { refused: [{ code: 'lot-revoked' }] },
    });
    expect(after.history.map(({ action }) => action)).toEqual([
      'submit',
      'start',
      'offer',
      'reconsider',
      'refuse',
    ]);
    expect(await totalOf(learner)).toMatchObject({ available: '7', held: '0', revoked: '4' });
  });

  it('tries an evaluation that died again, with one effect', async () => {
    const evaluator = world.app.get(Evaluator);
    const evaluate = jest.spyOn(evaluator, 'evaluate');
    evaluate.mockRejectedValueOnce(new Error('the worker died here'));
    const { application, learner } = await decided(world);
    expect(evaluate.mock.calls.length).toBeGreaterThanOrEqual(2);
    evaluate.mockRestore();
    expect(application.state).toBe('in-review');
    expect(application.history).toHaveLength(3);
    expect(await totalOf(learner)).toMatchObject({ available: '7', held: '4' });
  });

  it('can be withdrawn before the queue came to it, and is then left alone', async () => {
    const learner = await world.learner();
    const programme = await world.publish({ rules: [BASE_TO_C1] });
    const evaluator = world.app.get(Evaluator);
    const evaluate = jest.spyOn(evaluator, 'evaluate');
    evaluate.mockRejectedValue(new Error('not yet'));
    const { body } = await learner.post('/v1/applications', { learner: 'me', programme });
    await learner.post(`/v1/applications/${body.id}/withdrawal`).expect(200);
    evaluate.mockRestore();
    await world.app.get(EvaluationWorker).run(body.id);
    expect((await world.settled(learner, body.id)).state).toBe('withdrawn');
    expect(await totalOf(learner)).toMatchObject({ available: '11', held: '0' });
  });
});

describe('what is kept of a decision', () => {
  it('gives the same bytes when it is made again from its stored facts', async () => {
    const { application } = await decided(world, { rules: [BASE_TO_C1, CERTIFICATE_TO_C1] });
    const [row] = await world.database.read((tx) =>
      tx.query<{ document: string; hash: string }[]>(
        `SELECT document, encode(hash, 'hex') AS hash FROM decision WHERE application_id = $1`,
        [application.id],
      ),
    );
    expect(row?.hash).toBe(application.decisionHash);
    expect(sha256Hex(row?.document ?? '')).toBe(row?.hash);
    expect(await replayDecisions(world)).toBeGreaterThan(0);
  });

  it('is missed when it comes out differently', async () => {
    await decided(world, { rules: [BASE_TO_C1] });
    const other = await decided(world, { rules: [CERTIFICATE_TO_C1] });
    const rulebook = world.app.get(Rulebook);
    const hash = other.application.decision?.rulebook.hash ?? '';
    const compiled = await world.database.read((tx) => rulebook.compiledByHash(tx, hash));
    const spy = jest.spyOn(rulebook, 'compiledByHash').mockResolvedValue(compiled);
    await expect(replayDecisions(world)).rejects.toThrow(/comes out differently/);
    spy.mockRestore();
  });
});
