import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { Client } from 'pg';
import { nextDay } from '#libs/credit';
import { hashId } from '../../src/platform/ids/index.js';
import { Clock } from '../../src/platform/clock/index.js';
import { Evaluator } from '../../src/conversions/evaluator.js';
import { LongWork } from '../../src/platform/queue/index.js';
import { ReevaluationsWorker } from '../../src/reevaluations/index.js';
import {
  BASE_TO_C1,
  CERTIFICATE_TO_C1,
  type ConversionWorld,
  type Decided,
  decided,
  startConversionWorld,
} from '../support/conversions.js';
import { applyAll, postCrowd } from '../support/crowd.js';
import { REJECT, reviewers } from '../support/reviewers.js';
import { emptyQueue } from '../support/queue.js';
import {
  BASE_EXAMPLES,
  type RuleWorker,
  publishByDraft,
  ruleDesk,
  ruleText,
} from '../support/rules.js';
import { until } from '../support/until.js';

let world: ConversionWorld;
let author: RuleWorker;
let approver: RuleWorker;
let stranger: RuleWorker;

beforeAll(async () => {
  world = await startConversionWorld();
  ({ author, approver, stranger } = await ruleDesk(world));
});
afterAll(() => world?.close());
afterEach(() => jest.restoreAllMocks());

const SECOND = { id: 'C2', grants: [{ course: 'C2', credits: 'of-target' }] };
const COURSES = [
  { code: 'C1', credits: '4' },
  { code: 'C2', credits: '2' },
];
/** Version 2 adds a rule for the certificate; the base course stays as it was. */
const certificateRule = { ...CERTIFICATE_TO_C1, ...SECOND, id: 'certificate' };
const CERTIFICATE_EXAMPLES = [
  ['中级', '2', { granted: ['certificate'] }],
  ['初级', '0', { refused: { certificate: 'condition-false' } }],
].map(([level, credits, rest]) => ({
  name: `certificate ${level as string}`,
  on: '2026-10-01',
  learner: {
    outcomes: [
      {
        lot: 'l1',
        outcome: 'X-LOG-2',
        credits: '7',
        completed: '2026-06-30',
        level,
        levelScale: 'x-cert',
      },
    ],
  },
  expect: { credits, ...(rest as object) },
}));
const first = { rules: [BASE_TO_C1], courses: COURSES };
const second = {
  rules: [BASE_TO_C1, certificateRule],
  courses: COURSES,
  version: 2,
  examples: [...BASE_EXAMPLES, ...CERTIFICATE_EXAMPLES],
};

interface RunBody {
  state: string;
  learnersTotal: number;
  learnersDone: number;
  gained: number;
  lost: number;
  reconsidered: number;
}

const pathOf = (programme: string): string =>
  `/v1/rules/${encodeURIComponent(`college/${programme.toLowerCase()}`)}/versions/2/reevaluation`;

async function ended(programme: string): Promise<RunBody> {
  return until(`the re-evaluation of ${programme} ends`, async () => {
    const { body } = await author.get(pathOf(programme)).expect(200);
    return body.state === 'done' && (body as RunBody);
  });
}

const publishSecond = (programme: string, from?: string) =>
  publishByDraft({ author, approver }, ruleText(programme, second), from);

/** Of every application: its state and the versions of its decisions, oldest first. */
function decisionsOf(programme: string): Promise<{ id: string; state: string; by: string[] }[]> {
  return world.database.read((tx) =>
    tx.query(
      `SELECT a.id, a.state, array_agg(v.version::text ORDER BY d.seq) AS by
         FROM application a JOIN decision d ON d.application_id = a.id
         LEFT JOIN rule_version v ON v.hash = d.rule_hash
        WHERE a.programme = $1 GROUP BY a.id, a.state`,
      [programme],
    ),
  );
}

/** Waits until the panel of an appeal has something to review. */
async function untilOffered({ learner, path }: Decided): Promise<void> {
  await until('the appeal is evaluated', async () => {
    const { history } = (await learner.get(path).expect(200)).body as Decided['application'];
    return history.findLast(({ action }) => action !== 'vote')?.action === 'offer';
  });
}

const untilAllDecided = async (programme: string): Promise<void> => {
  await until('every application is evaluated', async () => {
    const all = await decisionsOf(programme);
    return all.every(({ state }) => state !== 'evaluating' && state !== 'submitted');
  });
};

describe('a publication', () => {
  it('that touches 1 % of 2,000 learners looks at 1 %, whatever dies, and decides each once', async () => {
    jest.spyOn(Logger.prototype, 'warn').mockReturnValue(undefined);
    jest.spyOn(Logger.prototype, 'error').mockReturnValue(undefined);
    const programme = await world.publish(first);
    const many = await postCrowd(world, world.school, { first: 10_000, count: 1_980 }, {});
    const certificate = { outcome: 'X-LOG-2', grade: undefined };
    const few = await postCrowd(world, world.issuer, { first: 12_000, count: 20 }, certificate);
    const touched = new Set(await applyAll(world, programme, few));
    await applyAll(world, programme, many);
    await publishSecond(programme);

    const worker = world.app.get(ReevaluationsWorker);
    const { id } = (
      await world.database.read((tx) =>
        tx.query<{ id: string }[]>('SELECT id FROM reevaluation WHERE programme = $1', [programme]),
      )
    )[0] as { id: string };
    const owner = new Client({ connectionString: world.config.databaseUrl });
    await owner.connect();
    for (let kills = 0; kills < 6; kills += 1) {
      // A second worker on the same run, and every connection of the service cut in between.
      const rival = worker.run(id, new AbortController().signal).catch(() => undefined);
      await sleep(10 * kills);
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
      isAnswered = (await author.get(pathOf(programme))).status === 200;
    }
    expect(await ended(programme)).toMatchObject({
      learnersTotal: 20,
      learnersDone: 20,
      gained: 20,
      lost: 0,
      reconsidered: 20,
    });
    await untilAllDecided(programme);
    const all = await decisionsOf(programme);
    expect(all).toHaveLength(2_000);
    const again = all.filter(({ by }) => by.length > 1);
    expect(new Set(again.map((one) => one.id))).toEqual(touched);
    expect(again.every(({ by, state }) => by.join() === '1,2' && state === 'in-review')).toBe(true);
    const left = await world.database.read((tx) =>
      tx.query<{ n: number }[]>('SELECT count(*)::int AS n FROM rule_worklist'),
    );
    expect(left).toEqual([{ n: 0 }]);
  }, 180_000);

  it('leaves booked decisions with their version, and says what more would count', async () => {
    const { programme, learner, application } = await decided(world, { ...first, review: 'none' });
    expect(application).toMatchObject({ state: 'booked', decision: { credits: '4' } });
    await publishByDraft({ author, approver }, ruleText(programme, { ...second, review: 'none' }));
    expect(await ended(programme)).toMatchObject({ learnersTotal: 1, gained: 1, reconsidered: 0 });
    const [only] = await decisionsOf(programme);
    expect(only).toMatchObject({ state: 'booked', by: ['1'] });
    const { body } = await learner.get('/v1/learners/me/standings').expect(200);
    expect(body.items).toMatchObject([
      { programme, credits: '2', creditsBefore: '0', isMore: true },
    ]);
  });

  it('of the same day decides an appeal again, and what its panel said no longer counts', async () => {
    const made = await decided(world, first);
    await world.college.post(`${made.path}/review`, REJECT).expect(200);
    await made.learner.post(`${made.path}/appeal`, { reason: '请复审' }).expect(202);
    await untilOffered(made);
    const [one, two, three] = await reviewers(world, world.college.institution.id, 3);
    await one!.post(`${made.path}/review`, { verdict: 'approve' }).expect(200);
    await publishSecond(made.programme);
    expect(await ended(made.programme)).toMatchObject({ learnersTotal: 1, reconsidered: 1 });
    await untilOffered(made);
    const { body } = await made.learner.get(made.path).expect(200);
    expect(body).toMatchObject({
      state: 'appealed',
      decision: { credits: '6', rulebook: { version: 2 } },
      panel: { round: 2, votes: 0 },
    });
    expect(await decisionsOf(made.programme)).toMatchObject([{ by: ['1', '1', '2'] }]);
    for (const reviewer of [one, two]) {
      await reviewer!.post(`${made.path}/review`, { verdict: 'approve' }).expect(200);
    }
    await three!.post(`${made.path}/review`, { verdict: 'approve' }).expect(409);
    expect((await made.learner.get(made.path).expect(200)).body.state).toBe('booked');
  });

  it('for a later day leaves an appeal with the version under which it was applied', async () => {
    const made = await decided(world, first);
    await world.college.post(`${made.path}/review`, REJECT).expect(200);
    const today = world.app.get(Clock).today();
    await publishSecond(made.programme, nextDay(today));
    await ended(made.programme);
    jest.spyOn(world.app.get(Clock), 'today').mockReturnValue(nextDay(nextDay(today)));
    await made.learner.post(`${made.path}/appeal`, { reason: '请复审' }).expect(202);
    await untilOffered(made);
    expect(await decisionsOf(made.programme)).toMatchObject([
      { state: 'appealed', by: ['1', '1'] },
    ]);
  });

  it('for a later day decides no application of today again', async () => {
    const { programme, application } = await decided(world, first);
    const tomorrow = nextDay(world.app.get(Clock).today());
    await publishSecond(programme, tomorrow);
    expect(await ended(programme)).toMatchObject({ learnersTotal: 1, gained: 1, reconsidered: 0 });
    expect(await decisionsOf(programme)).toMatchObject([
      { id: application.id, state: 'in-review', by: ['1'] },
    ]);
  });

  it('looks at nobody who never applied, who withdrew, or whose outcomes no changed rule watches', async () => {
    const { programme, path, learner } = await decided(world, first);
    await world.learner();
    await learner.post(`${path}/withdrawal`).expect(200);
    const other = await world.learner();
    await other.post('/v1/applications', { learner: 'me', programme }).expect(202);
    const third = {
      ...second,
      rules: [BASE_TO_C1, { ...certificateRule, when: { has: 'TR-CARE' } }],
      examples: [
        ...BASE_EXAMPLES,
        {
          name: 'care',
          on: '2026-10-01',
          learner: {
            outcomes: [{ lot: 'l1', outcome: 'TR-CARE', credits: '2', completed: '2026-06' }],
          },
          expect: { credits: '2', granted: ['certificate'] },
        },
      ],
    };
    await untilAllDecided(programme);
    await publishByDraft({ author, approver }, ruleText(programme, third));
    expect(await ended(programme)).toMatchObject({ learnersTotal: 0, reconsidered: 0 });
  });

  it('catches a decision that is just being written by the old version', async () => {
    const programme = await world.publish(first);
    const learner = await world.learner();
    const evaluator = world.app.get(Evaluator);
    const worker = world.app.get(ReevaluationsWorker);
    const real = evaluator.evaluate.bind(evaluator);
    const reevaluated = new Promise<void>((resolve, reject) => {
      jest.spyOn(evaluator, 'evaluate').mockImplementationOnce(async (tx, question) => {
        const evaluation = await real(tx, question);
        await publishSecond(programme);
        const { hash } = (await world.http.get(pathOf(programme).replace(/versions.*/, ''))).body;
        const id = hashId('reevaluation', hash as string);
        worker.run(id, new AbortController().signal).then(resolve, reject);
        await sleep(400);
        return evaluation;
      });
    });
    const accepted = await learner.post('/v1/applications', { learner: 'me', programme });
    await reevaluated;
    expect(await ended(programme)).toMatchObject({ learnersTotal: 1, reconsidered: 1 });
    await world.settled(learner, accepted.body.id as string);
    expect(await decisionsOf(programme)).toMatchObject([{ state: 'in-review', by: ['1', '2'] }]);
  });
});

describe('the end of a version', () => {
  it('takes nothing from who applied before it; what it offered to others is gone after it', async () => {
    const { programme, learner, path, application } = await decided(world, first);
    await publishSecond(programme, nextDay(world.app.get(Clock).today()));
    await ended(programme);
    const standings = async (): Promise<string[]> => {
      const { body } = await learner.get('/v1/learners/me/standings').expect(200);
      return body.items.map((one: { programme: string }) => one.programme);
    };
    expect(await standings()).toEqual([programme]);

    const last = nextDay(world.app.get(Clock).today());
    const key = `/v1/rules/${encodeURIComponent(`college/${programme.toLowerCase()}`)}`;
    const end = { endsOn: last, reason: '停止招生' };
    await author.post(`${key}/versions/2/retirement`, end).expect(202);
    await approver.post(`${key}/versions/2/retirement/approval`, {}).expect(200);
    expect(await standings()).toEqual([programme]);
    jest.spyOn(world.app.get(Clock), 'today').mockReturnValue(nextDay(last));
    expect(await standings()).toEqual([]);

    const finding = { programme, outcome: application.outcomes[0]?.id, what: 'x', value: '1' };
    await world.college.post(`/v1/learners/${learner.id}/findings`, finding).expect(201);
    expect((await world.settled(learner, application.id)).state).toBe('in-review');
    const preview = await learner.post('/v1/evaluations', { learner: 'me', programme });
    expect([preview.status, preview.body.code]).toEqual([422, 'rulebook-not-in-force']);
    await world.college.post(`${path}/review`, { verdict: 'approve' }).expect(200);
    expect(await decisionsOf(programme)).toMatchObject([{ state: 'booked', by: ['1', '1'] }]);
    await world.college.post(`/v1/learners/${learner.id}/findings`, finding).expect(422);
  });
});

describe('what a publication did', () => {
  it('is shown to the owner of the programme and to no other institution', async () => {
    const { programme, learner } = await decided(world, first);
    await publishSecond(programme);
    await ended(programme);
    await stranger.get(pathOf(programme)).expect(404);
    await author.get(pathOf('nothing')).expect(404);
    await author.get(pathOf(programme).replace('/2/', '/x/')).expect(404);
    await world.school.get(pathOf(programme)).expect(403);
    await world.school.get(`/v1/learners/${learner.id}/standings`).expect(200);
    await world.otherSchool.get(`/v1/learners/${learner.id}/standings`).expect(404);
    await world.http.get(`/v1/learners/${learner.id}/standings`).expect(401);
  });

  it('goes on at the next start, even when the queue has given it up', async () => {
    const { programme } = await decided(world, first);
    const worker = world.app.get(ReevaluationsWorker);
    const run = jest.spyOn(worker, 'run').mockRejectedValue(new Error('the worker died here'));
    await publishSecond(programme);
    await world.database.read((tx) =>
      tx.query(`UPDATE task SET failed_at = now() WHERE kind = 'conversions.reevaluate'`),
    );
    run.mockRestore();
    const stop = new AbortController();
    stop.abort();
    const { id } = (
      await world.database.read((tx) =>
        tx.query<{ id: string }[]>('SELECT id FROM reevaluation WHERE programme = $1', [programme]),
      )
    )[0] as { id: string };
    await expect(worker.run(id, stop.signal)).rejects.toThrow();
    await world.app.get(LongWork).onApplicationBootstrap();
    expect(await ended(programme)).toMatchObject({ learnersDone: 1, reconsidered: 1 });
  });
});
