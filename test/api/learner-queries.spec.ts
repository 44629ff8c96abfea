import { Clock } from '../../src/platform/clock/index.js';
import { QueryReminders } from '../../src/queries/reminders.worker.js';
import { Erasures } from '../../src/learners/erasure/erasures.js';
import {
  type ConversionWorld,
  type LearnerCaller,
  startConversionWorld,
} from '../support/conversions.js';
import { withClient } from '../support/database.js';
import { person } from '../support/people.js';
import { completion, residentId } from '../support/world.js';

let world: ConversionWorld;

const QUERIES = '/v1/learner-queries';
const MISSING = { school: 'other-school', course: '初级养老护理培训', on: '2026-06-30' };

const query = <T>(sql: string, values: unknown[] = []): Promise<T[]> =>
  withClient(world.config.databaseUrl, async (client) => {
    return (await client.query(sql, values)).rows as T[];
  });

interface Line {
  purpose: string;
  fields: string[];
  ground: string;
  reference: string | null;
  office: { code: string } | null;
}

/** The lines of the access log, newest first, but for those of the posting. */
const linesOf = async (learner: LearnerCaller): Promise<Line[]> => {
  const { body } = await learner.get('/v1/learners/me/access-log?limit=100').expect(200);
  return (body.items as Line[]).filter(({ purpose }) => purpose !== 'completion');
};

/** The outcome that the school posted for a learner of the small district. */
async function outcomeOf(learner: LearnerCaller): Promise<string> {
  const [row] = await query<{ id: string }>(
    `SELECT lot_id AS id FROM learning_outcome o JOIN institution i ON i.id = o.institution_id
      WHERE learner_id = $1 AND i.code = 'school'`,
    [learner.id],
  );
  return row?.id ?? '';
}

beforeAll(async () => {
  world = await startConversionWorld();
});
afterAll(() => world?.close());

describe('a learner asks about an outcome', () => {
  it('and the school that posted it hears it, answers, is asked again once, and it ends', async () => {
    const learner = await world.learner();
    const outcome = await outcomeOf(learner);
    const words = '成绩应为 92 分，请核对';
    const { body } = await learner.post(QUERIES, { outcome, words }).expect(201);
    expect(body).toMatchObject({
      state: 'asked',
      promise: 'on-time',
      workingDaysLeft: 10,
      school: { code: 'school' },
      about: { kind: 'outcome', outcomeId: outcome, outcomeCode: 'LOG-BASE', course: null },
      learner: null,
      mayAskAgain: false,
      history: [{ action: 'ask', words, by: { kind: 'learner', office: null } }],
    });
    expect(body.about.outcomeTitle).toEqual({ zh: '物流基础', en: 'Logistics basics' });
    expect(body.number).toMatch(/^\d{4}-\d{6}$/);
    const days = (Date.parse(body.dueOn) - Date.parse(world.app.get(Clock).today())) / 86_400_000;
    expect(days).toBeGreaterThanOrEqual(12);

    const path = `${QUERIES}/${body.id}`;
    const received = await world.school.get(QUERIES).expect(200);
    expect(received.body.items).toMatchObject([{ id: body.id, about: { outcomeId: outcome } }]);
    expect(JSON.stringify(received.body)).not.toContain('王小明');
    // The list names nobody, so nobody is told; opening it does.
    expect(await linesOf(learner)).toEqual([]);
    const seen = await world.school.get(path).expect(200);
    expect(seen.body.learner).toMatchObject({ id: learner.id, name: '王小明' });
    expect(seen.body.learner.identities[0].masked).toMatch(/^\d{4}\*+\d/);
    expect(await linesOf(learner)).toMatchObject([
      {
        purpose: 'learner-query',
        ground: 'query',
        reference: body.id,
        office: { code: 'school' },
        fields: ['name', 'documents', 'outcomes'],
      },
    ]);

    for (const stranger of [world.otherSchool, world.issuer]) {
      await stranger.get(path).expect(404);
      await stranger.post(`${path}/answer`, { finding: 'cannot-tell', words: 'x' }).expect(404);
      expect((await stranger.get(QUERIES).expect(200)).body.items).toEqual([]);
    }
    await (await world.learner()).get(path).expect(404);
    await world.college.get(path).expect(403);
    await learner.post(`${path}/answer`, { finding: 'cannot-tell', words: 'x' }).expect(403);
    await world.school.post(`${path}/closure`).expect(403);

    const reply = { finding: 'record-corrected', words: '已更正', outcome };
    const answered = await world.school.post(`${path}/answer`, reply).expect(200);
    expect(answered.body).toMatchObject({ state: 'answered', promise: 'answered' });
    const twice = await world.school.post(`${path}/answer`, reply).expect(409);
    expect(twice.body.code).toBe('learner-query-state');
    const heard = await learner.get(path).expect(200);
    expect(heard.body.mayAskAgain).toBe(true);
    expect(heard.body.history[1]).toMatchObject({
      action: 'answer',
      finding: 'record-corrected',
      words: '已更正',
      outcomeId: outcome,
      by: { kind: 'office', office: { code: 'school' } },
    });
    const again = await learner.post(`${path}/question`, { words: '还是不对' }).expect(200);
    expect(again.body).toMatchObject({ state: 'asked', mayAskAgain: false, workingDaysLeft: 10 });
    await world.school.post(`${path}/answer`, { ...reply, finding: 'cannot-tell' }).expect(200);
    const third = await learner.post(`${path}/question`, { words: '？' }).expect(409);
    expect(third.body.code).toBe('learner-query-asked-again');
    const closed = await learner.post(`${path}/closure`).expect(200);
    expect(closed.body.history.map(({ action }: { action: string }) => action)).toEqual([
      'ask',
      'answer',
      'ask-again',
      'answer',
      'close',
    ]);
    expect((await learner.get(`${QUERIES}?state=closed`).expect(200)).body.items).toHaveLength(1);
    const { body: exported } = await learner.get('/v1/learners/me/export').expect(200);
    expect(exported.queries[0]).toMatchObject({ number: body.number, history: { length: 5 } });
  });

  it('once at a time, and only about an outcome of the own', async () => {
    const learner = await world.learner();
    const outcome = await outcomeOf(learner);
    const raced = await Promise.all(
      [1, 2, 3].map(() => learner.post(QUERIES, { outcome, words: '?' })),
    );
    expect(raced.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409, 409]);
    expect(raced.find(({ status }) => status === 409)?.body.code).toBe('learner-query-waits');
    const other = await world.learner();
    await other.post(QUERIES, { outcome, words: '?' }).expect(404);
  });
});

describe('a learner asks about what is missing', () => {
  it('and the school that is named hears who asks, what and when, and nothing else', async () => {
    const learner = await world.learner();
    const { body } = await learner.post(QUERIES, { ...MISSING, words: '没有入账' }).expect(201);
    expect(body.about).toEqual({
      kind: 'missing',
      outcomeId: null,
      outcomeCode: null,
      outcomeTitle: null,
      course: MISSING.course,
      on: MISSING.on,
    });
    const path = `${QUERIES}/${body.id}`;
    const seen = await world.otherSchool.get(path).expect(200);
    expect(seen.body).toMatchObject({ learner: { name: '王小明' }, about: MISSING_ABOUT });
    // To be asked puts nobody on a roster.
    await world.otherSchool.get(`/v1/learners/${learner.id}`).expect(404);
    // An outcome of another school answers nothing, and one of nobody's neither.
    for (const outcome of [await outcomeOf(learner), body.id as string]) {
      const refused = await world.otherSchool
        .post(`${path}/answer`, { finding: 'record-corrected', words: 'x', outcome })
        .expect(422);
      expect(refused.body.code).toBe('learner-query-outcome-elsewhere');
    }
    for (const unclear of [
      { words: 'x' },
      { words: 'x', school: 'school' },
      { ...MISSING, words: 'x', outcome: await outcomeOf(learner) },
    ]) {
      const { body: refused } = await learner.post(QUERIES, unclear).expect(422);
      expect(refused.code).toBe('learner-query-about-one');
    }
    await learner.post(QUERIES, { ...MISSING, school: 'nowhere', words: 'x' }).expect(404);
    await learner.post(QUERIES, { ...MISSING, on: '2026-02-30', words: 'x' }).expect(400);
  });

  it('by a clerk at a counter, whom the answer names', async () => {
    const posted = await world.school.post('/v1/completions', completion(801)).expect(201);
    const { id: institutionId } = world.otherSchool.institution;
    const clerk = await (await person(world, ['clerk'], { institutionId })).signIn();
    const session = {
      learner: { name: '王小明', document: { kind: 'resident-id', number: residentId(801) } },
      given: 'signed-paper',
      record: 'folder 1',
      minutes: 30,
    };
    const open = async (acts: string[]): Promise<string> =>
      (await clerk.post('/v1/counter-sessions', { ...session, acts }).expect(201)).body.id;
    const wanted = { outcome: posted.body.outcome.id, words: '学员到柜台询问' };
    const seeing = await open(['see']);
    await clerk.post(QUERIES, wanted).set('acting-for', seeing).expect(403);
    const acting = await open(['see', 'apply']);
    const asked = await clerk.post(QUERIES, wanted).set('acting-for', acting).expect(201);
    expect(asked.body.history[0].by).toMatchObject({
      kind: 'office',
      office: { code: 'other-school' },
    });
    const own = await clerk.get(QUERIES).set('acting-for', acting).expect(200);
    expect(own.body.items).toMatchObject([{ id: asked.body.id }]);
    await clerk.get(`${QUERIES}/${asked.body.id}`).expect(403);
  });

  it('twenty times at most at a time', async () => {
    const learner = await world.learner();
    for (let i = 0; i < 20; i += 1) {
      await learner.post(QUERIES, { ...MISSING, words: `${i}` }).expect(201);
    }
    const refused = await learner.post(QUERIES, { ...MISSING, words: '?' }).expect(409);
    expect(refused.body.code).toBe('learner-query-too-many');
    const first = await learner.get(`${QUERIES}?limit=15`).expect(200);
    const next = await learner.get(`${QUERIES}?limit=15&after=${first.body.next}`).expect(200);
    expect(next.body).toMatchObject({ items: { length: 5 }, next: null });
    const page = await world.otherSchool.get(`${QUERIES}?limit=15`).expect(200);
    const rest = await world.otherSchool
      .get(`${QUERIES}?limit=100&after=${page.body.next}`)
      .expect(200);
    const ids = [...page.body.items, ...rest.body.items].map(({ id }: { id: string }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThanOrEqual(20);
    await learner.get(`${QUERIES}?after=x`).expect(400);
  });
});

const MISSING_ABOUT = { kind: 'missing', course: MISSING.course, on: MISSING.on };

describe('a promised day that passes', () => {
  it('is written down once, and the longest waiting come first', async () => {
    const learner = await world.learner();
    const outcome = await outcomeOf(learner);
    const { body } = await learner.post(QUERIES, { outcome, words: '?' }).expect(201);
    const { signal } = new AbortController();
    const reminders = world.app.get(QueryReminders);
    const after = new Date(Date.parse(body.dueOn) + 86_400_000).toISOString().slice(0, 10);
    await reminders.run(body.dueOn, signal);
    const path = `${QUERIES}/${body.id}`;
    expect((await learner.get(path).expect(200)).body.history).toHaveLength(1);
    await reminders.run(after, signal);
    await reminders.run(after, signal);
    const { history } = (await learner.get(path).expect(200)).body;
    expect(history).toMatchObject([
      { action: 'ask' },
      { action: 'remind', words: null, by: { kind: 'service', office: null } },
    ]);
    const due = (await world.school.get(QUERIES).expect(200)).body.items.map(
      ({ dueOn }: { dueOn: string }) => dueOn,
    );
    expect(due).toEqual(due.toSorted());
  });
});

describe('what was asked', () => {
  it('is sealed, hidden by a freeze, and gone with the person', async () => {
    const learner = await world.learner();
    const mark = '请核对这一条记录';
    const { body } = await learner.post(QUERIES, { ...MISSING, words: mark }).expect(201);
    const [stored] = await query<{ course: string; words: string }>(
      `SELECT q.course, e.words FROM learner_query q JOIN learner_query_event e
         ON e.bucket = q.bucket AND e.query_id = q.id WHERE q.id = $1`,
      [body.id],
    );
    expect(JSON.stringify(stored)).not.toMatch(/请核对|养老/);
    await learner.post('/v1/learners/me/erasure', { ground: 'request' }).expect(202);
    const path = `${QUERIES}/${body.id}`;
    const seen = await world.otherSchool.get(path).expect(200);
    expect(seen.body).toMatchObject({ state: 'closed', learner: null, about: { course: null } });
    expect(JSON.stringify(seen.body)).not.toContain(mark);
    const list = await world.otherSchool.get(`${QUERIES}?state=closed`).expect(200);
    expect(JSON.stringify(list.body)).not.toContain(MISSING.course);
    await world.otherSchool
      .post(`${path}/answer`, { finding: 'cannot-tell', words: 'x' })
      .expect(404);
    for (const refused of [
      await learner.get(path),
      await learner.get(QUERIES),
      await learner.post(QUERIES, { ...MISSING, words: mark }),
    ]) {
      expect([refused.status, refused.body.code]).toEqual([409, 'learner-frozen']);
    }
    await withClient(world.config.databaseUrl, async (client) => {
      await client.query('ALTER TABLE erasure_event DISABLE TRIGGER USER');
      await client.query(
        'UPDATE erasure_event SET due_at = now() WHERE learner_id = $1 AND due_at IS NOT NULL',
        [learner.id],
      );
      await client.query('ALTER TABLE erasure_event ENABLE TRIGGER USER');
    });
    expect(await world.app.get(Erasures).shredDue(10)).toBe(1);
    const [left] = await query<{ keys: number; said: number }>(
      `SELECT (SELECT count(*) FROM query_key WHERE learner_id = $1)::int AS keys,
              (SELECT count(*) FROM learner_query q JOIN learner_query_event e
                 ON e.bucket = q.bucket AND e.query_id = q.id
                WHERE q.learner_id = $1 AND (q.course IS NOT NULL OR q.on_day IS NOT NULL
                   OR e.words IS NOT NULL))::int AS said`,
      [learner.id],
    );
    expect(left).toEqual({ keys: 0, said: 0 });
    expect((await world.otherSchool.get(path).expect(200)).body.history[0].words).toBeNull();
  });

  it('can be changed by nobody', async () => {
    await expect(query(`UPDATE learner_query SET course = 'x'`)).rejects.toThrow('append-only');
    await expect(query(`DELETE FROM learner_query_event`)).rejects.toThrow('append-only');
  });
});
