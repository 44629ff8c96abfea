import { BatchesWorker } from '../../src/equivalence/batches.worker.js';
import { Erasures } from '../../src/learners/erasure/erasures.js';
import { withClient } from '../support/database.js';
import {
  type OfficeWorld,
  consent,
  ended,
  groundsOf,
  resultOf,
  share,
  sheetOf,
  startOfficeWorld,
} from '../support/equivalence.js';

let world: OfficeWorld;

beforeAll(async () => {
  world = await startOfficeWorld();
});
afterAll(() => world?.close());

/** The rows on the screen say what the workbook says, page by page, with numbers masked. */
async function seesRows(id: string, number: string): Promise<void> {
  const path = `/v1/equivalence/batches/${id}/rows`;
  const { body, text } = await world.office.get(path).expect(200);
  expect(body.items).toMatchObject([
    { rowNumber: 2, status: 'matched', asked: { name: '王小明' }, answer: { status: 'matched' } },
    { rowNumber: 3, status: 'not-checked', problem: null, answer: null },
    { rowNumber: 4, status: 'not-matched', programme: world.strict },
    { rowNumber: 5, status: 'not-checked', problem: { code: 'resident-id-check-digit' } },
    { rowNumber: 7, status: 'not-checked', problem: { code: 'equivalence-name-one' } },
    { rowNumber: 8, status: 'not-checked', problem: { code: 'rulebook-not-in-force' } },
  ]);
  expect(text).not.toContain(number);
  const unmatched = await world.office.get(`${path}?status=not-matched`).expect(200);
  expect(unmatched.body.items).toHaveLength(1);
  expect(unmatched.body.items[0].answer.missing.text.zh).toContain('高级');
  const first = await world.office.get(`${path}?limit=4`).expect(200);
  const rest = await world.office.get(`${path}?limit=4&after=${first.body.next}`).expect(200);
  expect([...first.body.items, ...rest.body.items]).toEqual(body.items);
  expect(rest.body.next).toBeNull();
  await world.office.get(`${path}?after=${first.body.next}x`).expect(400);
}

describe('a list', () => {
  const HEADERS = ['姓名', '证件号码', '验证码', '专业代码'];

  it('comes back with an answer to every row, sealed at rest, for its office alone', async () => {
    const [seen, unseen, shared] = [
      await world.learner(),
      await world.learner(),
      await world.learner(),
    ];
    await consent(seen).expect(201);
    const { code } = await share(shared);
    const person = await world.personOf(seen);
    const other = await world.personOf(unseen);
    const file = await sheetOf(HEADERS, [
      ['王小明', person.document.number, '', ''],
      ['王小明', other.document.number, '', ''],
      ['', '', code, world.strict],
      ['王小明', '500112199003010028', '', ''],
      ['', '', '', ''],
      ['王小明', person.document.number, code, ''],
      ['王小明', person.document.number, '', 'NO-SUCH'],
    ]);
    const accepted = await world
      .send(world.office, file, { programme: world.matching })
      .expect(202);
    expect(accepted.body).toMatchObject({ state: 'queued', fileName: 'list.xlsx', counts: null });
    const { id } = accepted.body as { id: string };
    const batch = await ended(world.office, id);
    expect(batch).toMatchObject({
      state: 'done',
      counts: { matched: 1, notMatched: 1, notChecked: 4 },
      progress: { rowsDone: 6, rowsTotal: 6, secondsLeft: 0 },
    });
    const rows = await resultOf(world.office, id);
    expect(rows.map((row) => row['结果代码'])).toEqual([
      'matched',
      'not-checked',
      'not-matched',
      'resident-id-check-digit',
      'equivalence-name-one',
      'rulebook-not-in-force',
    ]);
    expect(rows[0]).toMatchObject({ 可认定学分: '4', 姓名: '王小明', 规则版本: '1' });
    expect(rows[2]?.['最近差距']).toContain('高级');
    expect(rows[1]).toMatchObject({ 可认定学分: '', 答复编号: '', 可查询学校: '' });
    await seesRows(id, person.document.number);
    await world.college.get(`/v1/equivalence/batches/${id}`).expect(404);
    await world.college.get(`/v1/equivalence/batches/${id}/rows`).expect(404);
    await world.college.get(`/v1/equivalence/batches/${id}/result.xlsx`).expect(404);
    expect((await world.college.get('/v1/equivalence/batches').expect(200)).body.items).toEqual([]);
    // Nothing of the list is readable in the database.
    const dump = await world.query<{ all: string }>(
      `SELECT string_agg(encode(asked_sealed, 'escape') || encode(answer_sealed, 'escape'), '') AS all
         FROM equivalence_row WHERE batch_id = $1`,
      [id],
    );
    expect(dump[0]?.all).not.toContain(person.document.number);
    // Each page that showed an answer again is a line too; of who was not shown there is none.
    expect(await groundsOf(seen)).toEqual(['file', 'file', 'consent']);
    expect(await groundsOf(unseen)).toEqual(['none']);
    expect(await groundsOf(shared)).toEqual(['file', 'file', 'file', 'share']);
  });

  it('is refused whole when it is longer than what is left', async () => {
    const tiny = await world.caller('tiny-office', 'admissions-office', ['admissions']);
    await world.setQuota('tiny-office', 2);
    const rows = ['1', '2', '3'].map(() => ['123456789018']);
    const sent = await world.send(tiny, await sheetOf(['验证码'], rows), {
      programme: world.matching,
    });
    const batch = await ended(tiny, sent.body.id as string);
    expect(batch).toMatchObject({ state: 'failed', problem: { code: 'equivalence-quota-used' } });
    expect((await tiny.get('/v1/equivalence/quota')).body).toMatchObject({ used: 0, left: 2 });
    await tiny.get(`/v1/equivalence/batches/${sent.body.id}/result.xlsx`).expect(409);
    await tiny.get(`/v1/equivalence/batches/${sent.body.id}/rows`).expect(409);
  });

  it('names a file that is none, and a head line that names nobody', async () => {
    for (const [file, code] of [
      [Buffer.from('%PDF-1.7'), 'file-not-supported'],
      [Buffer.from('PK\u0003\u0004 not a zip at all'), 'file-damaged'],
      [await sheetOf(['姓名'], [['王小明']]), 'column-missing'],
      [await sheetOf(['验证码'], []), 'file-empty'],
      [Buffer.from('{"a":1}'), 'file-not-supported'],
    ] as const) {
      const sent = await world.send(world.office, file, { programme: world.matching }).expect(202);
      const batch = await ended(world.office, sent.body.id as string);
      expect([batch.state, batch.problem?.code]).toEqual(['failed', code]);
    }
    await world.send(world.office, Buffer.from('x'), { programme: 'NONE' }).expect(422);
    await world.send(world.office, Buffer.from('x'), { on: '2026-02-30' }).expect(400);
    await world.send(world.office, Buffer.from('x'), { other: 'x' }).expect(400);
    await world.send(world.office, Buffer.alloc(5 * 1024 * 1024, 'x')).expect(413);
  });

  it('goes on where a killed worker left it, and asks nothing twice', async () => {
    const learner = await world.learner();
    await consent(learner, { once: true }).expect(201);
    const person = await world.personOf(learner);
    const file = await sheetOf(HEADERS, [['王小明', person.document.number, '', '']]);
    const sent = await world.send(world.office, file, { programme: world.matching }).expect(202);
    const id = sent.body.id as string;
    expect((await ended(world.office, id)).counts).toEqual({
      matched: 1,
      notMatched: 0,
      notChecked: 0,
    });
    // As if it had been killed before it wrote the result.
    await world.query(
      `UPDATE equivalence_batch SET state = 'running', result_sealed = NULL, ended_at = NULL
        WHERE id = $1`,
      [id],
    );
    await world.app.get(BatchesWorker).run(id, new AbortController().signal);
    expect((await ended(world.office, id)).counts).toEqual({
      matched: 1,
      notMatched: 0,
      notChecked: 0,
    });
    expect((await resultOf(world.office, id))[0]?.['结果代码']).toBe('matched');
    expect(await groundsOf(learner)).toEqual(['consent']);
  });

  it('is destroyed after a week, and when somebody in it is erased', async () => {
    const learner = await world.learner();
    await consent(learner).expect(201);
    const person = await world.personOf(learner);
    const file = await sheetOf(HEADERS, [['王小明', person.document.number, '', '']]);
    const sent = await world.send(world.office, file, { programme: world.strict }).expect(202);
    const id = sent.body.id as string;
    await ended(world.office, id);
    const old = await world.send(world.office, file, { programme: world.strict }).expect(202);
    await ended(world.office, old.body.id as string);
    await world.query(`UPDATE equivalence_batch SET destroy_at = now() WHERE id = $1`, [
      old.body.id,
    ]);
    await world.app.get(BatchesWorker).destroyOver(new AbortController().signal);
    expect((await ended(world.office, old.body.id as string)).state).toBe('destroyed');
    expect((await ended(world.office, id)).state).toBe('done');

    await learner.post('/v1/learners/me/erasure', { ground: 'request' }).expect(202);
    await withClient(world.config.databaseUrl, async (client) => {
      await client.query('ALTER TABLE erasure_event DISABLE TRIGGER USER');
      await client.query('UPDATE erasure_event SET due_at = now() WHERE due_at IS NOT NULL');
      await client.query('ALTER TABLE erasure_event ENABLE TRIGGER USER');
    });
    expect(await world.app.get(Erasures).shredDue(10)).toBeGreaterThan(0);
    expect((await ended(world.office, id)).state).toBe('destroyed');
    await world.office.get(`/v1/equivalence/batches/${id}/result.xlsx`).expect(409);
    await world.office.get(`/v1/equivalence/batches/${id}/rows`).expect(409);
    const left = await world.query<{ keys: number; words: number }>(
      `SELECT (SELECT count(*) FROM equivalence_batch WHERE id = $1
                  AND octet_length(wrapped_key) > 0)::int AS keys,
              (SELECT count(*) FROM equivalence_answer WHERE learner_id = $2
                  AND missing IS NOT NULL)::int AS words`,
      [id, learner.id],
    );
    expect(left[0]).toEqual({ keys: 0, words: 0 });
  });
});
