import * as fc from 'fast-check';
import type { DataSource } from 'typeorm';
import { CopyRows, copyIn, createDataSource, sqlState } from '../../src/platform/database/index.js';
import { openTestDatabase, type TestDatabase } from '../support/database.js';

const INTO = 'copied (pos, id, name, amount, hash)';

interface Row {
  readonly id: string | null;
  readonly name: string | null;
  readonly amount: bigint | null;
  readonly hash: Buffer;
}

let database: TestDatabase;
let dataSource: DataSource;

beforeAll(async () => {
  database = await openTestDatabase({ empty: true });
  dataSource = await createDataSource(database.url).initialize();
  await dataSource.query(`CREATE TABLE copied (
    pos smallint PRIMARY KEY, id uuid, name text, amount bigint, hash bytea NOT NULL)`);
});

afterAll(async () => {
  await dataSource.destroy();
  await database.drop();
});

function copyOf(rows: readonly Row[], firstPos = 0): CopyRows {
  const copy = new CopyRows(5);
  rows.forEach((row, i) => {
    copy.row();
    copy.smallint(firstPos + i);
    copy.uuid(row.id);
    copy.text(row.name);
    copy.bigint(row.amount);
    copy.bytea(row.hash);
  });
  return copy;
}

const rowArb = fc.record({
  id: fc.option(fc.uuid()),
  // What texts are stored has no zero character and no half of a pair.
  name: fc.option(fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\0', ''))),
  amount: fc.option(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })),
  hash: fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
});

describe('rows by COPY', () => {
  it('are stored as they were given', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(rowArb, { maxLength: 40 }),
        fc.integer({ min: -32_768, max: 0 }),
        async (rows, firstPos) => {
          await dataSource.query('TRUNCATE copied');
          await dataSource.transaction((tx) => copyIn(tx, INTO, copyOf(rows, firstPos)));
          const stored = await dataSource.query<(Row & { pos: number; amount: string | null })[]>(
            'SELECT * FROM copied ORDER BY pos',
          );
          expect(stored).toEqual(
            rows.map((row, i) => ({
              ...row,
              pos: firstPos + i,
              amount: row.amount?.toString() ?? null,
            })),
          );
        },
      ),
      { numRuns: 40 },
    );
  });

  it('may be more than the first piece of memory holds', async () => {
    await dataSource.query('TRUNCATE copied');
    const row = { id: null, name: '学分'.repeat(5_000), amount: 1n, hash: Buffer.alloc(70_000, 7) };
    const rows = Array.from({ length: 20 }, () => row);
    await dataSource.transaction((tx) => copyIn(tx, INTO, copyOf(rows)));
    const [sums] = await dataSource.query<{ names: string; hashes: string }[]>(
      'SELECT sum(length(name)) AS names, sum(length(hash)) AS hashes FROM copied',
    );
    expect(sums).toEqual({ names: '200000', hashes: '1400000' });
  });

  it('fail as any statement does, and leave the connection fit for the next one', async () => {
    await dataSource.query('TRUNCATE copied');
    const row = { id: null, name: 'a', amount: null, hash: Buffer.alloc(0) };
    const twice = dataSource.transaction(async (tx) => {
      await copyIn(tx, INTO, copyOf([row]));
      await copyIn(tx, INTO, copyOf([row]));
    });
    await expect(twice.catch((error: unknown) => sqlState(error))).resolves.toBe('23505');
    const runner = dataSource.createQueryRunner();
    await runner.startTransaction();
    await expect(copyIn(runner.manager, 'nowhere (a)', new CopyRows(1))).rejects.toThrow(/nowhere/);
    await runner.rollbackTransaction();
    await expect(runner.query('SELECT count(*)::int AS n FROM copied')).resolves.toEqual([
      { n: 0 },
    ]);
    await runner.release();
  });

  it('need a transaction', async () => {
    await expect(copyIn(dataSource.manager, INTO, copyOf([]))).rejects.toThrow(/transaction/);
  });
});
