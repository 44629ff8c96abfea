import iconv from 'iconv-lite';
import type { RowFaultDto } from '../../src/imports/imports.dto.js';
import {
  Importer,
  TEMPLATE_HEADERS as HEADERS,
  templateRow as row,
  templateSheet as sheet,
} from '../support/imports.js';
import { type World, residentId, startWorld } from '../support/world.js';

let world: World;
let school: Importer;

beforeAll(async () => {
  world = await startWorld();
  school = new Importer(world, world.school);
});

afterAll(() => world.close());

async function balanceOf(serial: number): Promise<string> {
  const found = await world.school.post('/v1/learners/search', {
    document: { kind: 'resident-id', number: residentId(serial) },
  });
  const { body } = await world.school.get(`/v1/learners/${found.body.id}/balance`);
  return body.total.available as string;
}

describe('a file from upload to commit', () => {
  it('is checked first, posts nothing, then posts every row that fits', async () => {
    const bytes = sheet(
      row(1),
      row(2, { 完成日期: '2026-02-30' }),
      row(3, { 成果代码: 'LOG-BASIC' }),
      row(4),
    );
    const checked = await school.check(bytes, { name: '六月.csv' });
    expect(checked).toMatchObject({
      fileName: '六月.csv',
      format: 'csv',
      encoding: 'utf-8',
      shape: 'template',
      state: 'checked',
      rows: { total: 4, read: 4, fit: 2, faulty: 2, alreadyPosted: 0, posted: 0 },
      outcomes: { fit: 2, posted: 0 },
      progress: { phase: 'checking', rowsDone: 4, rowsTotal: 4, secondsLeft: 0 },
    });
    const nobody = await world.school.post('/v1/learners/search', {
      document: { kind: 'resident-id', number: residentId(1) },
    });
    expect(nobody.status).toBe(404);
    expect(await school.faults(checked.id)).toMatchObject([
      {
        row: 3,
        column: '完成日期',
        value: '2026-02-30',
        code: 'date-impossible',
        message: { zh: '日期不存在', en: 'There is no such date' },
      },
      { row: 4, column: '成果代码', value: 'LOG-BASIC', code: 'unknown-outcome' },
    ]);
    const committed = await school.commit(checked.id);
    expect(committed.rows).toEqual({
      total: 4,
      read: 4,
      fit: 2,
      faulty: 2,
      alreadyPosted: 0,
      posted: 2,
    });
    expect(await school.faults(checked.id)).toHaveLength(2);
    expect(await balanceOf(1)).toBe('4');
    const { body } = await world.school.post(`/v1/imports/${checked.id}/commit`);
    expect([body.state, body.rows.posted]).toEqual(['committed', 2]);
  });

  it('knows the same file again', async () => {
    const bytes = sheet(row(10), row(11));
    await school.commit((await school.check(bytes)).id);
    const again = await school.check(bytes);
    expect(again.rows).toMatchObject({ fit: 0, faulty: 0, alreadyPosted: 2 });
    expect((await school.commit(again.id)).rows).toMatchObject({
      posted: 0,
      alreadyPosted: 2,
      faulty: 0,
    });
    expect(await balanceOf(10)).toBe('4');
  });

  it('shows both versions when a key comes with other content', async () => {
    await school.commit((await school.check(sheet(row(20)))).id);
    const other = await school.check(sheet(row(20, { 成绩: '90' }), row(21)));
    expect(other.rows).toMatchObject({ fit: 1, faulty: 1, alreadyPosted: 0 });
    expect(await school.faults(other.id)).toMatchObject([
      {
        row: 2,
        column: '外部编号',
        code: 'completion-conflict',
        conflict: { stored: { grade: '85' }, submitted: { grade: '90' }, differences: ['grade'] },
      },
    ]);
  });

  it('names what only shows between rows, and what the books refuse', async () => {
    const bytes = sheet(
      row(30),
      row(31, { 外部编号: 'rec-30' }),
      row(32, { 证件号码: residentId(30), 外部编号: 'rec-32' }),
      row(33, { 成果代码: 'X-LOG-2', 成绩: '', 等级: '初级' }),
      row(34, { 成绩: '101' }),
      row(35, { 学分: '4.5' }),
    );
    const checked = await school.check(bytes);
    expect(await school.faults(checked.id)).toMatchObject([
      { row: 3, column: '外部编号', code: 'duplicate-in-file' },
      { row: 4, column: '姓名', value: '学***', code: 'name-mismatch' },
      { row: 5, column: '等级', value: '初级', code: 'level-differs' },
      { row: 6, column: '成绩', value: '101', code: 'grade-not-on-scale' },
      { row: 7, column: '学分', value: '4.5', code: 'credits-above-catalogue' },
    ]);
    expect(checked.rows).toMatchObject({ fit: 1, faulty: 5 });
    expect(await school.faults(checked.id, '&code=name-mismatch')).toHaveLength(1);
  });

  it('pages through faults', async () => {
    const bytes = sheet(...Array.from({ length: 5 }, (_, i) => row(40 + i, { 完成日期: 'x' })));
    const { id } = await school.check(bytes);
    const first = await world.school.get(`/v1/imports/${id}/rows?limit=3`);
    expect(first.body.items.map((item: RowFaultDto) => item.row)).toEqual([2, 3, 4]);
    const second = await world.school.get(
      `/v1/imports/${id}/rows?limit=3&after=${first.body.next}`,
    );
    expect(second.body.items.map((item: RowFaultDto) => item.row)).toEqual([5, 6]);
    expect(second.body.next).toBeNull();
  });

  it('reads GB 18030 and says so', async () => {
    const bytes = iconv.encode(sheet(row(50, { 姓名: '𬱖䶮' })).toString(), 'gb18030');
    const checked = await school.check(bytes);
    expect(checked).toMatchObject({ encoding: 'gb18030', rows: { fit: 1, faulty: 0 } });
  });
});

describe('corrections', () => {
  it('come back as a workbook that can be sent in again', async () => {
    const bytes = sheet(
      row(60),
      row(61, { 完成日期: '', 姓名: '@SUM(1)' }),
      row(62, { 成果代码: 'NONE' }),
    );
    const checked = await school.check(bytes, { name: '成绩.csv' });
    await school.commit(checked.id);
    const file = await world.school
      .get(`/v1/imports/${checked.id}/corrections.xlsx`)
      .buffer(true)
      .parse((response, done) => {
        const pieces: Buffer[] = [];
        response.on('data', (piece: Buffer) => pieces.push(piece));
        response.on('end', () => done(null, Buffer.concat(pieces)));
      });
    expect(file.status).toBe(200);
    expect(file.headers['content-disposition']).toContain(
      `filename*=UTF-8''${encodeURIComponent('成绩')}-corrections.xlsx`,
    );
    const again = await school.check(file.body as Buffer, { name: 'c.xlsx' });
    expect(again).toMatchObject({ format: 'xlsx', sheet: '待更正', rows: { read: 2, faulty: 2 } });
    expect((await school.faults(again.id)).map((f) => [f.row, f.code])).toEqual([
      [2, 'value-missing'],
      [3, 'unknown-outcome'],
    ]);
  });
});

describe('events', () => {
  it('tell the progress and end with done', async () => {
    const { body } = await school.send(sheet(row(70)));
    const { text, headers } = await world.school
      .get(`/v1/imports/${body.id}/events`)
      .buffer(true)
      .parse((response, done) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (piece: string) => (text += piece));
        response.on('end', () => done(null, text));
      })
      .then((response) => ({ text: response.body as string, headers: response.headers }));
    expect(headers['content-type']).toContain('text/event-stream');
    const events = text.split('\n\n').filter((event) => event.includes('data:'));
    const last = events.at(-1) ?? '';
    expect(last).toContain('event: done');
    expect(JSON.parse(/^data: (.*)$/m.exec(last)?.[1] ?? '')).toMatchObject({
      id: body.id,
      state: 'checked',
      rows: { fit: 1 },
    });
  });
});

describe('refusals of a whole file', () => {
  const broken: [string, Buffer, string, object][] = [
    [
      'an unknown column',
      Buffer.from(`${HEADERS},学份\n`),
      'unknown-column',
      { row: 1, column: '学份' },
    ],
    [
      'mixed encodings',
      Buffer.concat([sheet(row(1)), Buffer.from('\n'), iconv.encode(row(2), 'gb18030')]),
      'encoding-mixed',
      { row: 3, column: null },
    ],
    ['an empty file', Buffer.alloc(0), 'file-empty', { row: 1 }],
    ['a head line only', Buffer.from(`${HEADERS}\n`), 'file-empty', { row: 1 }],
    ['a quote never closed', sheet(`"${row(1)}`), 'quote-not-closed', { row: 2 }],
    ['a cut workbook', Buffer.from('PK\u0003\u0004 cut'), 'file-damaged', { row: 1 }],
    ['strange records', Buffer.from('[{"a":1}]'), 'record-unknown', { row: 1 }],
  ];

  it.each(broken)('%s', async (_, bytes, code, fault) => {
    const failed = await school.check(bytes);
    expect(failed).toMatchObject({
      state: 'failed',
      problem: { code },
      rows: { fit: 0, posted: 0 },
    });
    expect((await school.faults(failed.id)).at(-1)).toMatchObject({ code, ...fault });
    const { status, body } = await world.school.post(`/v1/imports/${failed.id}/commit`);
    expect([status, body.code]).toEqual([409, 'import-not-checked']);
  });

  it('does not guess an encoding that was named', async () => {
    const failed = await school.check(sheet(row(1)), { fields: { encoding: 'gb18030' } });
    expect(failed.problem?.code).toMatch(/^(encoding-differs|shape-unknown)$/);
  });
});

describe('the request', () => {
  it.each([
    ['no file', {}, 'file-part-missing', 400],
    ['an unknown field', { colour: 'red' }, 'invalid-fields', 400],
    ['an unknown encoding', { encoding: 'gbk' }, 'invalid-fields', 400],
  ])('with %s is refused', async (name, fields, code, status) => {
    const request = world.http
      .post('/v1/imports')
      .set('authorization', `Bearer ${world.school.key}`);
    if (name !== 'no file') void request.attach('file', sheet(row(1)), 'x.csv');
    else void request.field('note', 'x');
    for (const [field, value] of Object.entries(fields)) void request.field(field, value);
    const answer = await request;
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it('must be a form', async () => {
    const { status, body } = await world.school.post('/v1/imports', { a: 1 });
    expect([status, body.code]).toEqual([415, 'unsupported-media-type']);
  });

  it('needs an institution and the right role', async () => {
    const { status } = await new Importer(world, world.authority).send(sheet(row(1)));
    expect(status).toBe(403);
  });

  it('hides the imports of others and what does not exist', async () => {
    const { id } = await school.check(sheet(row(80)));
    const none = '01a2e7c0-5b7e-7000-8000-000000000001';
    for (const path of ['', '/rows', '/events', '/corrections.xlsx']) {
      const foreign = await world.otherSchool.get(`/v1/imports/${id}${path}`);
      const missing = await world.otherSchool.get(`/v1/imports/${none}${path}`);
      const nonsense = await world.otherSchool.get(`/v1/imports/x${path}`);
      for (const answer of [foreign, missing, nonsense]) {
        expect([path, answer.status, answer.body.code]).toEqual([path, 404, 'not-found']);
      }
    }
    const foreign = await world.otherSchool.post(`/v1/imports/${id}/commit`);
    expect(foreign.status).toBe(404);
    const list = await world.otherSchool.get('/v1/imports');
    expect(list.body).toEqual({ items: [], next: null });
  });

  it('lists newest first', async () => {
    const { id } = await school.check(sheet(row(81)));
    const first = await world.school.get('/v1/imports?limit=1');
    expect(first.body.items[0].id).toBe(id);
    const second = await world.school.get(`/v1/imports?limit=1&after=${first.body.next}`);
    expect(second.body.items[0].id < id).toBe(true);
  });
});

it('leaves neither names nor numbers readable in its tables', async () => {
  const bytes = sheet(
    row(90, { 姓名: '欧阳明月', 完成日期: 'x' }),
    row(91, { 姓名: '欧阳\u202e明月' }),
  );
  await school.check(bytes);
  const dump = await world.database.read(async (tx) => [
    await tx.query('SELECT * FROM import_fault'),
    await tx.query(`SELECT encode(sealed, 'escape') AS text FROM import_chunk`),
  ]);
  const text = JSON.stringify(dump);
  expect(text).not.toContain('欧阳明月');
  expect(text).not.toContain(residentId(90));
});
