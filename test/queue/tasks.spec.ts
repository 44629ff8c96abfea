import { randomBytes } from 'node:crypto';
import { Test, type TestingModule } from '@nestjs/testing';
import { ClockModule } from '../../src/platform/clock/index.js';
import { ConfigModule } from '../../src/platform/config/index.js';
import { Database, DatabaseModule } from '../../src/platform/database/index.js';
import { QueueModule, TaskHandlers, Tasks } from '../../src/platform/queue/index.js';
import { TelemetryModule } from '../../src/platform/telemetry/index.js';
import { testConfig } from '../support/app.js';
import { type TestDatabase, openTestDatabase, withClient } from '../support/database.js';
import { emptyQueue } from '../support/queue.js';
import { until } from '../support/until.js';

const REDIS_URL = process.env['REDIS_URL'] ?? null;

/** The promises of the queue; the same file runs on PostgreSQL and, with REDIS_URL, on Redis. */
describe(`tasks on ${REDIS_URL ? 'Redis' : 'PostgreSQL'}`, () => {
  let testDatabase: TestDatabase;
  let module: TestingModule;
  let database: Database;
  let tasks: Tasks;
  const begun: string[] = [];
  const ran: string[] = [];
  const failures = new Map<string, number>();
  let gate: Promise<void> = Promise.resolve();

  beforeAll(async () => {
    testDatabase = await openTestDatabase();
    const config = testConfig(
      testDatabase.url,
      `/tmp/unused-${randomBytes(4).toString('hex')}`,
      {},
    );
    module = await Test.createTestingModule({
      imports: [
        ConfigModule.forRoot(config),
        ClockModule,
        TelemetryModule,
        DatabaseModule,
        QueueModule,
      ],
    }).compile();
    module.get(TaskHandlers).register('note', async ({ text }: { text: string }) => {
      begun.push(text);
      await gate;
      const left = failures.get(text) ?? 0;
      failures.set(text, left - 1);
      if (left > 0) throw new Error('not yet');
      ran.push(text);
    });
    await module.init();
    database = module.get(Database);
    tasks = module.get(Tasks);
  });

  afterAll(() => testDatabase.drop());

  async function isDone(id: string): Promise<boolean> {
    const rows = await database.read((tx) =>
      tx.query<{ done: boolean }[]>('SELECT done_at IS NOT NULL AS done FROM task WHERE id = $1', [
        id,
      ]),
    );
    return rows[0]?.done ?? false;
  }

  function add(text: string, id?: string): Promise<string> {
    return database.transaction((tx) => tasks.add(tx, 'note', { text }, id ? { id } : {}));
  }

  it('runs a task once its cause has committed', async () => {
    const id = await add('first');
    await until('the task is done', () => isDone(id));
    expect(ran.filter((text) => text === 'first')).toEqual(['first']);
  });

  it('forgets a task whose cause was rolled back', async () => {
    await database
      .transaction(async (tx) => {
        await tasks.add(tx, 'note', { text: 'undone' });
        throw new Error('changed my mind');
      })
      .catch(() => undefined);
    const after = await add('after the undone');
    await until('the task is done', () => isDone(after));
    expect(ran).not.toContain('undone');
  });

  it('takes the same task only once', async () => {
    const id = '0198c5a2-7a10-7123-8f00-0123456789ab';
    await add('twice', id);
    await add('twice', id);
    await until('the task is done', () => isDone(id));
    expect(ran.filter((text) => text === 'twice')).toEqual(['twice']);
  });

  it('tries again what failed', async () => {
    failures.set('stubborn', 2);
    const id = await add('stubborn');
    await until('the task is done', () => isDone(id));
    expect(ran.filter((text) => text === 'stubborn')).toEqual(['stubborn']);
  });

  it('finishes every accepted task though the queue is emptied', async () => {
    let open = (): void => undefined;
    gate = new Promise((resolve) => (open = resolve));
    const ids = await Promise.all(Array.from({ length: 12 }, (_, i) => add(`kept ${i}`)));
    await until('the tasks are in the queue', async () => {
      const [row] = await database.read((tx) =>
        tx.query<{ n: number }[]>(
          'SELECT count(*)::int AS n FROM task WHERE id = ANY($1) AND relayed_at IS NOT NULL',
          [ids],
        ),
      );
      return row?.n === ids.length;
    });
    await emptyQueue(testDatabase.url);
    open();
    for (const id of ids) await until('the task is done', () => isDone(id));
    for (let i = 0; i < ids.length; i += 1) expect(ran).toContain(`kept ${i}`);
  });

  it('lets what runs reach its end, and keeps that it did, when the service stops', async () => {
    let open = (): void => undefined;
    gate = new Promise((resolve) => (open = resolve));
    const id = await add('last');
    await until('the task runs', () => begun.includes('last'));
    const closing = module.close();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(ran).not.toContain('last');
    open();
    await closing;
    expect(ran).toContain('last');
    const { rows } = await withClient(testDatabase.url, (client) =>
      client.query<{ done: boolean }>(
        'SELECT done_at IS NOT NULL AS done FROM task WHERE id = $1',
        [id],
      ),
    );
    expect(rows).toEqual([{ done: true }]);
  });
});
