import { Logger } from '@nestjs/common';
import { ImportsStore } from '../../src/imports/imports.store.js';
import { Institutions } from '../../src/institutions/index.js';
import { Completions } from '../../src/outcomes/index.js';
import { Database } from '../../src/platform/database/index.js';
import { startTestApp } from '../support/app.js';
import { Importer, templateRow, templateSheet } from '../support/imports.js';
import { type World, startWorld } from '../support/world.js';
import { until } from '../support/until.js';

let world: World;
let school: Importer;

beforeAll(async () => {
  world = await startWorld();
  school = new Importer(world, world.school);
});

beforeEach(() => {
  // The failures here are made on purpose.
  jest.spyOn(Logger.prototype, 'error').mockReturnValue(undefined);
});

afterEach(() => jest.restoreAllMocks());
afterAll(() => world.close());

/** Rows of a file: the people repeat, the records do not. */
function rows(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, i) =>
    templateRow(i % 28, { 外部编号: `${prefix}-${i}`, 姓名: `学员${i % 28}` }),
  );
}

async function countOutcomes(prefix: string): Promise<{ outcomes: number; amount: string }> {
  const [row] = await world.database.read((tx) =>
    tx.query<{ outcomes: number; amount: string }[]>(
      `SELECT count(*)::int AS outcomes, coalesce(sum(e.amount), 0)::text AS amount
         FROM learning_outcome o JOIN entry e USING (bucket, learner_id, lot_id)
        WHERE o.external_id LIKE $1`,
      [`${prefix}-%`],
    ),
  );
  return row!;
}

describe('a commit that is interrupted', () => {
  // batch that dies | rows of the batches that come twice
  it.each([
    [1, 2300],
    [2, 1300],
    [3, 300],
  ])(
    'goes on where it stood when batch %i dies, and posts everything once',
    async (dying, again) => {
      const prefix = `crash${dying}`;
      const checked = await school.check(templateSheet(...rows(prefix, 2300)));
      const completions = world.app.get(Completions);
      const post = completions.postWithin.bind(completions);
      const sizes: number[] = [];
      let hasDied = false;
      jest.spyOn(completions, 'postWithin').mockImplementation(async (tx, batch) => {
        sizes.push(batch.drafts.length);
        const isDying =
          !hasDied && batch.drafts[0]?.externalId === `${prefix}-${(dying - 1) * 1000}`;
        hasDied ||= isDying;
        const results = await post(tx, batch);
        // It dies after it has written and before it is committed; the others are under way.
        if (isDying) throw new Error('the power went out');
        return results;
      });
      const committed = await school.commit(checked.id);
      // Batches behind the one that died were posted already: that is no other import's doing.
      expect(committed).toMatchObject({
        rows: { fit: 2300, posted: 2300, alreadyPosted: 0, faulty: 0 },
        outcomes: { posted: 2300, alreadyPosted: 0 },
      });
      expect(await countOutcomes(prefix)).toEqual({ outcomes: 2300, amount: '9200000' });
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(2300 + again);
    },
  );

  it('starts a check anew and finds every fault once', async () => {
    const completions = world.app.get(Completions);
    const ask = completions.checkBatch.bind(completions);
    let calls = 0;
    jest.spyOn(completions, 'checkBatch').mockImplementation(async (batch) => {
      calls += 1;
      if (calls === 2) throw new Error('the database went away');
      return ask(batch);
    });
    const bad = rows('again', 1200).map((row, i) =>
      i % 100 === 0 ? row.replace('2026-06-30', '2026-02-30') : row,
    );
    const checked = await school.check(templateSheet(...bad));
    expect(checked.rows).toMatchObject({ total: 1200, fit: 1188, faulty: 12 });
    expect(await school.faults(checked.id)).toHaveLength(12);
  });

  it('gives up a check that never gets on, and says so', async () => {
    const completions = world.app.get(Completions);
    const ask = completions.checkBatch.bind(completions);
    jest.spyOn(completions, 'checkBatch').mockImplementation((batch) => {
      const isSecond = batch.drafts.some(({ externalId }) => externalId === 'bug-600');
      return isSecond ? Promise.reject(new Error('a bug')) : ask(batch);
    });
    const failed = await school.check(templateSheet(...rows('bug', 700)));
    expect(failed).toMatchObject({ state: 'failed', problem: { code: 'internal-error' } });
  }, 180_000);
});

it('leaves an import that has ended free, even when a heartbeat comes late', async () => {
  const checked = await school.check(templateSheet(...rows('late-beat', 3)));
  const store = world.app.get(ImportsStore, { strict: false });
  const late = await world.database.transaction((tx) =>
    store.hold(tx, { importId: checked.id, run: 1 }),
  );
  const taken = await world.database.read((tx) => store.isLeased(tx, checked.id));
  expect([late, taken]).toEqual([false, false]);
});

describe('one file, many senders', () => {
  it('posts each row once when five send it at the same time', async () => {
    const bytes = templateSheet(...rows('race', 600));
    const checked = await Promise.all(Array.from({ length: 5 }, () => school.check(bytes)));
    const committed = await Promise.all(checked.map(({ id }) => school.commit(id)));
    const posted = committed.reduce((sum, { rows: counts }) => sum + counts.posted, 0);
    const known = committed.reduce((sum, { rows: counts }) => sum + counts.alreadyPosted, 0);
    expect([posted, known]).toEqual([600, 2400]);
    expect(await countOutcomes('race')).toEqual({ outcomes: 600, amount: '2400000' });
  }, 180_000);

  it('lists a row that the books refuse only at the commit', async () => {
    const bytes = templateSheet(
      templateRow(1, { 外部编号: 'late-1' }),
      templateRow(2, { 外部编号: 'late-2' }),
    );
    const checked = await school.check(bytes);
    expect(checked.rows).toMatchObject({ fit: 2, faulty: 0 });
    const other = templateSheet(templateRow(1, { 外部编号: 'late-1', 成绩: '60' }));
    await school.commit((await school.check(other)).id);
    const committed = await school.commit(checked.id);
    expect(committed.rows).toMatchObject({ fit: 2, posted: 1, faulty: 1 });
    expect(await school.faults(checked.id)).toMatchObject([
      { row: 2, code: 'completion-conflict', conflict: { differences: ['grade'] } },
    ]);
  });
});

it('posts nothing of an upload that breaks off', async () => {
  const { port } = await listen();
  const { connect } = await import('node:net');
  const body = `--x\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\n${templateSheet(...rows('cut', 5)).toString()}`;
  const receiving = async (): Promise<number> =>
    (
      await world.database.read((tx) =>
        tx.query<unknown[]>(`SELECT 1 FROM import_file WHERE state = 'receiving'`),
      )
    ).length;
  const socket = connect(port, '127.0.0.1');
  socket.write(
    `POST /v1/imports HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${world.school.key}\r\n` +
      `content-type: multipart/form-data; boundary=x\r\ncontent-length: 999999\r\n\r\n${body}`,
  );
  await until('the upload is on its way', async () => (await receiving()) === 1);
  socket.destroy();
  await until('nothing is left of it', async () => (await receiving()) === 0);
  const { body: list } = await world.school.get('/v1/imports?limit=100');
  expect(list.items.filter((i: { fileName: string }) => i.fileName === 'a.csv')).toEqual([]);
});

it('refuses a file beyond the limit and keeps nothing of it', async () => {
  const small = await startTestApp({ maxUploadBytes: 1024 * 1024 });
  try {
    const institutions = small.app.get(Institutions);
    const database = small.app.get(Database);
    const key = await database.transaction(async (tx) => {
      const name = { zh: '学校', en: 'school' };
      const made = await institutions.create(tx, { code: 'x', kind: 'school', name, region: 'x' });
      const roles = ['registrar' as const];
      const issued = await institutions.issueKey(tx, {
        institutionId: made.id,
        roles,
        label: 'test',
      });
      return issued.key;
    });
    const { status, body } = await small.http
      .post('/v1/imports')
      .set('authorization', `Bearer ${key}`)
      .attach('file', Buffer.alloc(1024 * 1024 + 1, 'a'), 'big.csv');
    expect([status, body.code, body.detail]).toEqual([
      413,
      'payload-too-large',
      'Send at most 1 MiB.',
    ]);
    const left = await database.read((tx) => tx.query('SELECT 1 FROM import_chunk'));
    expect(left).toEqual([]);
  } finally {
    await small.close();
  }
});

async function listen(): Promise<{ port: number }> {
  const server = world.app.getHttpServer();
  if (!server.listening) await world.app.listen(0, '127.0.0.1');
  return server.address() as { port: number };
}
