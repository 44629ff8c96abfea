import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { Importer, templateRow, templateSheet } from '../support/imports.js';
import { emptyQueue } from '../support/queue.js';
import { type World, startWorld } from '../support/world.js';
import { until } from '../support/until.js';

const FILES = 3;
const ROWS = 800;
const QUEUE = process.env['REDIS_URL'] ? 'Redis' : 'PostgreSQL';

let world: World;

beforeAll(async () => {
  world = await startWorld();
});

afterAll(() => world.close());

function file(f: number): Buffer {
  return templateSheet(
    ...Array.from({ length: ROWS }, (_, i) =>
      templateRow(i % 28, { 外部编号: `file-${f}-${i}`, 姓名: `学员${i % 28}` }),
    ),
  );
}

it(`every accepted import ends once though ${QUEUE} is emptied all the time`, async () => {
  // A job that is done and that the queue no longer knows is worth a line each time.
  jest.spyOn(Logger.prototype, 'warn').mockReturnValue(undefined);
  const school = new Importer(world, world.school);
  const stop = new AbortController();
  let emptied = 0;
  const emptying = (async () => {
    while (!stop.signal.aborted) {
      await emptyQueue(world.config.databaseUrl);
      emptied += 1;
      await sleep(150);
    }
  })();
  const done = await Promise.all(
    Array.from({ length: FILES }, async (_, f) => {
      const checked = await school.check(file(f));
      return school.commit(checked.id);
    }),
  ).finally(() => stop.abort());
  await emptying;

  expect(emptied).toBeGreaterThan(5);
  for (const { state, rows } of done) {
    expect([state, rows.posted, rows.alreadyPosted]).toEqual(['committed', ROWS, 0]);
  }
  const [books] = await world.database.read((tx) =>
    tx.query<unknown[]>(
      `SELECT (SELECT count(*)::int FROM entry) AS entries,
              (SELECT count(*)::int FROM learning_outcome) AS outcomes,
              (SELECT count(*)::int FROM task WHERE failed_at IS NOT NULL) AS given_up`,
    ),
  );
  expect(books).toEqual({ entries: FILES * ROWS, outcomes: FILES * ROWS, given_up: 0 });
}, 300_000);

it('and nothing stays behind in the record', async () => {
  const open = (): Promise<{ n: number }[]> =>
    world.database.read((tx) =>
      tx.query('SELECT count(*)::int AS n FROM task WHERE done_at IS NULL'),
    );
  await until('every task is done', async () => (await open())[0]?.n === 0);
}, 180_000);
