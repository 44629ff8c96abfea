import * as fc from 'fast-check';
import type { DataSource } from 'typeorm';
import {
  CopyRows,
  copyIn,
  copyOut,
  createDataSource,
  sqlState,
} from '../../src/platform/database/index.js';
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

  it('fail when the server ends the connection', async () => {
    await dataSource.query('CREATE TABLE fatal (a smallint)');
    await dataSource.query(`CREATE FUNCTION ends() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END $$`);
    await dataSource.query(
      'CREATE TRIGGER ends BEFORE INSERT ON fatal FOR EACH ROW EXECUTE FUNCTION ends()',
    );
    const copy = new CopyRows(1);
    copy.row();
    copy.smallint(1);
    await expect(dataSource.transaction((tx) => copyIn(tx, 'fatal (a)', copy))).rejects.toThrow(
      /terminat/i,
    );
  });
});

describe('bytes by COPY', () => {
  const read = (select: string) => dataSource.transaction((tx) => copyOut(tx, select));

  it('come as they are stored, each alone in its memory', async () => {
    const lengths = [0, 1, 300_000, 7, 65_536];
    await dataSource.query('CREATE TABLE bytes (pos int, value bytea)');
    const values = lengths.map((length, i) => Buffer.alloc(length, i + 1));
    for (const [pos, value] of values.entries()) {
      await dataSource.query('INSERT INTO bytes VALUES ($1, $2)', [pos, value]);
    }
    const found = await read('SELECT value FROM bytes ORDER BY pos');
    expect(found).toEqual(values);
    expect(found.map(({ buffer }) => buffer.byteLength)).toEqual(lengths);
    expect(await read('SELECT value FROM bytes WHERE false')).toEqual([]);
    // The connections are fit for more.
    await expect(dataSource.query('SELECT 1 AS one')).resolves.toEqual([{ one: 1 }]);
  });

  it('fail as any statement does', async () => {
    await expect(read('SELECT nothing').catch(sqlState)).resolves.toBe('42703');
    const late = `SELECT decode(repeat('00', 100000), 'hex') FROM generate_series(-9, 0) i WHERE 1 / i < 0`;
    await expect(read(late).catch(sqlState)).resolves.toBe('22012');
    await expect(
      read(`SELECT ''::bytea WHERE pg_terminate_backend(pg_backend_pid())`),
    ).rejects.toThrow(/terminat/i);
  });
});
