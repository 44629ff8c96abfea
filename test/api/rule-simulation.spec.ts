import { LongWork } from '../../src/platform/queue/index.js';
import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { Client } from 'pg';
import { Comparison } from '../../src/reevaluations/index.js';
import { SimulationsWorker } from '../../src/simulations/index.js';
import { BASE_TO_C1, type ConversionWorld, startConversionWorld } from '../support/conversions.js';
import { postCrowd } from '../support/crowd.js';
import { emptyQueue } from '../support/queue.js';
import { BASE_EXAMPLES, type RuleWorker, ruleDesk, ruleText } from '../support/rules.js';
import { tableCounts } from '../support/table-counts.js';
import { until } from '../support/until.js';

const COURSES = [
  { code: 'C1', credits: '4' },
  { code: 'C2', credits: '2' },
];
const CERTIFICATE = {
  id: 'certificate',
  when: { has: 'X-LOG-2' },
  grants: [{ course: 'C2', credits: 'of-target' }],
};

let world: ConversionWorld;
let author: RuleWorker;
let stranger: RuleWorker;
let overseer: RuleWorker;
let programme: string;
let population: number;

beforeAll(async () => {
  world = await startConversionWorld();
  ({ author, stranger, overseer } = await ruleDesk(world));
  programme = await world.publish({ rules: [BASE_TO_C1], courses: COURSES });
  await postCrowd(world, world.school, { first: 1_000, count: 350 }, {});
  const certificate = { outcome: 'X-LOG-2', grade: undefined };
  await postCrowd(world, world.issuer, { first: 2_000, count: 240 }, certificate);
  // Four people of a third institution, too few to be shown.
  const small = await world.caller('small-school', 'school', ['registrar']);
  await postCrowd(world, small, { first: 2_000, count: 4 }, certificate);
  population = 590;
});
afterAll(() => world?.close());
afterEach(() => jest.restoreAllMocks());

interface SimulationBody {
  id: string;
  state: string;
  population: number;
  progress: { total: number; done: number; secondsLeft: number | null };
  report: Record<string, unknown> & {
    schools: { institution: string; learners: number }[];
    gainedCases: { learnerId: string | null }[];
    slowest: { learnerId: string | null } | null;
  };
}

let version = 1;

async function draft(over: object = {}): Promise<string> {
  version += 1;
  const rules = [BASE_TO_C1, CERTIFICATE];
  const sketch = { rules, courses: COURSES, version, examples: BASE_EXAMPLES, ...over };
  const text = ruleText(programme, sketch);
  return (await author.post('/v1/rules/drafts', { document: text }).expect(201)).body.id as string;
}

async function order(draftId: string, body: object = {}): Promise<string> {
  const path = `/v1/rules/drafts/${draftId}/simulations`;
  return (await author.post(path, body).expect(202)).body.id as string;
}

async function ended(id: string, by = author): Promise<SimulationBody> {
  return until('the simulation has ended', async () => {
    const { body } = await by.get(`/v1/rules/simulations/${id}`).expect(200);
    return ['done', 'cancelled'].includes(body.state as string) && (body as SimulationBody);
  });
}

describe('a simulation', () => {
  it('looks at whom the draft can touch, counts all others as unchanged, and decides nothing', async () => {
    const id = await draft();
    const before = await tableCounts(world.database);
    const body = await ended(await order(id));
    const after = await tableCounts(world.database);
    expect({ ...after, task: 0, rule_simulation: 0 }).toEqual({
      ...before,
      task: 0,
      rule_simulation: 0,
    });
    expect(body).toMatchObject({
      state: 'done',
      population,
      progress: { total: 240, done: 240, secondsLeft: 0 },
      report: {
        learners: 240,
        gained: 240,
        lost: 0,
        creditsGained: '480',
        creditsLost: '0',
        unchanged: 350,
        different: 0,
        unproven: 0,
        schools: [{ institution: 'issuer', learners: 240, gained: 240, creditsGained: '480' }],
      },
    });
    expect(body.report.gainedCases[0]).toMatchObject({
      creditsBefore: '0',
      creditsAfter: '2',
      rulesGained: ['certificate'],
      rulesLost: [],
    });
  });

  it('tells who loses, and which caps refuse something', async () => {
    const capped = await draft({
      rules: [BASE_TO_C1, { ...CERTIFICATE, grants: [{ course: 'C2' }, { course: 'C1' }] }],
      caps: [{ id: 'small', max: '3' }],
    });
    const { report } = await ended(await order(capped));
    expect(report).toMatchObject({ gained: 0, lost: 350, creditsLost: '1400' });
    expect(report.caps).toEqual([{ cap: 'small', before: 0, after: 590 }]);
    expect(report.schools).toMatchObject([
      { institution: 'issuer', lost: 0 },
      { institution: 'school', learners: 350, lost: 350 },
    ]);
  });

  it('of another wording touches nobody', async () => {
    const title = { zh: '新标题', en: 'Another title' };
    const id = await draft({ rules: [{ ...BASE_TO_C1, title, basis: '§9' }] });
    expect(await ended(await order(id))).toMatchObject({
      progress: { total: 0, done: 0 },
      report: { learners: 0, unchanged: population },
    });
  });

  it('that dies again and again, with its queue emptied, reports what one in peace does', async () => {
    jest.spyOn(Logger.prototype, 'warn').mockReturnValue(undefined);
    jest.spyOn(Logger.prototype, 'error').mockReturnValue(undefined);
    const draftId = await draft();
    const inPeace = await ended(await order(draftId));
    const worker = world.app.get(SimulationsWorker);
    const id = await order(draftId);
    const owner = new Client({ connectionString: world.config.databaseUrl });
    await owner.connect();
    for (let kills = 0; kills < 6; kills += 1) {
      const rival = worker.run(id, new AbortController().signal).catch(() => undefined);
      await sleep(15 * kills);
      await emptyQueue(world.config.databaseUrl);
      await owner.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE datname = current_database() AND pid <> pg_backend_pid()
            AND application_name = 'creditbank'`,
      );
      await rival;
    }
    await owner.end();
    for (let isAnswered = false; !isAnswered;) {
      isAnswered = (await author.get(`/v1/rules/simulations/${id}`)).status === 200;
    }
    const body = await ended(id);
    expect({ ...body.report, slowest: null }).toEqual({ ...inPeace.report, slowest: null });
    expect(body.progress.done).toBe(240);
    const left = await world.database.read((tx) => tx.query('SELECT 1 FROM rule_worklist'));
    expect(left).toEqual([]);
  });

  it('keeps the text it began with', async () => {
    const draftId = await draft();
    const worker = world.app.get(SimulationsWorker);
    const run = jest.spyOn(worker, 'run').mockRejectedValue(new Error('not yet'));
    const id = await order(draftId);
    const document = ruleText(programme, { rules: [BASE_TO_C1], courses: COURSES, version });
    await author.put(`/v1/rules/drafts/${draftId}`, { document }).expect(200);
    run.mockRestore();
    await worker.run(id, new AbortController().signal);
    expect((await ended(id)).report).toMatchObject({ gained: 240 });
  });

  it('goes on at the next start, and stops between two steps when it is asked to', async () => {
    const worker = world.app.get(SimulationsWorker);
    const run = jest.spyOn(worker, 'run').mockRejectedValue(new Error('the worker died here'));
    const id = await order(await draft());
    await world.database.read((tx) =>
      tx.query(`UPDATE task SET failed_at = now() WHERE payload->>'simulationId' = $1`, [id]),
    );
    run.mockRestore();
    const stop = new AbortController();
    stop.abort();
    await expect(worker.run(id, stop.signal)).rejects.toThrow();
    await world.app.get(LongWork).onApplicationBootstrap();
    expect((await ended(id)).report).toMatchObject({ gained: 240 });
  });
});

describe('cancelling', () => {
  it('ends one that waits, and one in the middle; what it saw stays', async () => {
    const worker = world.app.get(SimulationsWorker);
    const comparison = world.app.get(Comparison);
    const real = comparison.compare.bind(comparison);
    const waiting = jest.spyOn(worker, 'run').mockRejectedValue(new Error('not yet'));
    const id = await order(await draft());
    const cancellation = `/v1/rules/simulations/${id}/cancellation`;
    jest.spyOn(comparison, 'compare').mockImplementation(async (...args) => {
      const { body } = await author.get(`/v1/rules/simulations/${id}`).expect(200);
      if (body.progress.done === 100) await author.post(cancellation).expect(200);
      return real(...args);
    });
    waiting.mockRestore();
    await worker.run(id, new AbortController().signal);
    const body = await ended(id);
    expect(body).toMatchObject({ state: 'cancelled', progress: { total: 240, done: 100 } });
    expect(body.report.learners).toBe(100);
    await author.post(cancellation).expect(200);
    const left = await world.database.read((tx) => tx.query('SELECT 1 FROM rule_worklist'));
    expect(left).toEqual([]);
    jest.restoreAllMocks();
    const done = await ended(await order(await draft()));
    const refused = await author.post(`/v1/rules/simulations/${done.id}/cancellation`);
    expect([refused.status, refused.body.code]).toEqual([409, 'simulation-ended']);
  });
});

describe('who sees what', () => {
  it('authors see no learner and no small school; an authority does', async () => {
    const id = await order(await draft());
    const own = await ended(id);
    expect(own.report).toMatchObject({ schoolsHidden: 1 });
    expect(own.report.gainedCases.map(({ learnerId }) => learnerId)).toEqual(Array(10).fill(null));
    expect(own.report.slowest?.learnerId).toBeNull();
    const all = await ended(id, overseer);
    expect(all.report.schools.map(({ institution }) => institution)).toEqual([
      'issuer',
      'small-school',
    ]);
    expect(all.report.gainedCases[0]?.learnerId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('other institutions see none of it', async () => {
    const draftId = await draft();
    const id = await order(draftId);
    await ended(id);
    for (const named of [id, '0198c5a2-7a10-7123-8f00-0123456789ab', 'nonsense']) {
      await stranger.get(`/v1/rules/simulations/${named}`).expect(404);
      await stranger.get(`/v1/rules/simulations/${named}/events`).expect(404);
      await stranger.post(`/v1/rules/simulations/${named}/cancellation`).expect(404);
    }
    await stranger.post(`/v1/rules/drafts/${draftId}/simulations`, {}).expect(404);
    await stranger.get(`/v1/rules/drafts/${draftId}/simulations`).expect(404);
    await world.school.get(`/v1/rules/simulations/${id}`).expect(403);
    const list = await author.get(`/v1/rules/drafts/${draftId}/simulations`).expect(200);
    expect(list.body.items.map((one: { id: string }) => one.id)).toEqual([id]);
  });

  it('progress is streamed and ends with the report', async () => {
    const id = await order(await draft());
    const { text, headers } = await author.get(`/v1/rules/simulations/${id}/events`).expect(200);
    expect(headers['content-type']).toContain('text/event-stream');
    const events = text.split('\n\n').filter((event) => event.includes('event:'));
    expect(events.at(-1)).toMatch(/event: done/);
    expect(events.at(-1)).toContain('"state":"done"');
  });

  it('a day outside the document is refused', async () => {
    const path = `/v1/rules/drafts/${await draft()}/simulations`;
    const refused = await author.post(path, { on: '2019-12-31' });
    expect([refused.status, refused.body.code]).toEqual([422, 'rule-from-outside']);
    await author.post(path, { on: '2026-02-30' }).expect(400);
  });
});
