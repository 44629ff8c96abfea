import type { QueryRunner } from 'typeorm';
import { createDataSource, migrate } from '../../src/platform/database/index.js';
import { CENTRAL, COPIED, SPREAD, distribute } from '../../src/platform/database/distribution.js';
import { type TestDatabase, openTestDatabase } from '../support/database.js';

/**
 * The extension is not here, so its two functions are stubs that write down how they are called.
 * What they would accept is checked against the schema by the rules that its documentation gives.
 */
const STUBS = `
  CREATE TABLE pg_dist_partition (logicalrelid regclass PRIMARY KEY);
  CREATE TABLE call (seq serial, said text);
  CREATE FUNCTION create_reference_table(name regclass) RETURNS void LANGUAGE sql AS $$
    INSERT INTO pg_dist_partition VALUES (name);
    INSERT INTO call (said) VALUES (format('copy %s', name));
  $$;
  CREATE FUNCTION create_distributed_table(name regclass, by text, colocate_with text DEFAULT 'default')
    RETURNS void LANGUAGE sql AS $$
    INSERT INTO pg_dist_partition VALUES (name);
    INSERT INTO call (said) VALUES (format('spread %s by %s beside %s', name, by, colocate_with));
  $$;`;

let database: TestDatabase;
let runner: QueryRunner;
let close: () => Promise<void>;

beforeEach(async () => {
  database = await openTestDatabase();
  const dataSource = await createDataSource(database.url).initialize();
  runner = dataSource.createQueryRunner();
  close = async () => {
    await runner.release();
    await dataSource.destroy();
    await database.drop();
  };
});
afterEach(() => close());

const query = <Row>(sql: string): Promise<Row[]> => runner.query(sql) as Promise<Row[]>;
const calls = async (): Promise<string[]> =>
  (await query<{ said: string }>('SELECT said FROM call ORDER BY seq')).map(({ said }) => said);

describe('every table of the schema', () => {
  it('has its place: spread, copied, or on the coordinator', async () => {
    const tables = await query<{ name: string }>(
      `SELECT relname AS name FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
          AND NOT relispartition ORDER BY 1`,
    );
    const placed = [...Object.keys(SPREAD), ...COPIED, ...CENTRAL];
    expect(tables.map(({ name }) => name)).toEqual(placed.sort());
  });

  it('that is spread has the column it is spread by in every unique key', async () => {
    const keys = await query<{ name: string; columns: string[] }>(
      `SELECT i.indrelid::regclass::text AS name,
              array(SELECT attname::text FROM pg_attribute
                     WHERE attrelid = i.indrelid AND attnum = ANY(i.indkey[0:i.indnkeyatts - 1])) AS columns
         FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
        WHERE i.indisunique AND c.relnamespace = 'public'::regnamespace AND NOT c.relispartition`,
    );
    const lacking = keys.filter(({ name, columns }) => {
      const by = SPREAD[name]?.by;
      return by !== undefined && !columns.includes(by);
    });
    expect(lacking).toEqual([]);
  });

  it('refers only to what Citus can check: its own bucket, a copy, or the coordinator to itself', async () => {
    const keys = await query<{ from: string; to: string; first: string; second: string }>(
      `SELECT k.conrelid::regclass::text AS from, k.confrelid::regclass::text AS to,
              a.attname::text AS first, b.attname::text AS second
         FROM pg_constraint k
         JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
         JOIN pg_attribute b ON b.attrelid = k.confrelid AND b.attnum = k.confkey[1]
        WHERE k.contype = 'f' AND k.conparentid = 0`,
    );
    expect(keys.length).toBeGreaterThan(15);
    const wrong = keys.filter(({ from, to, first, second }) => {
      const isTogether = first === 'bucket' && second === 'bucket';
      if (from in SPREAD) return !COPIED.includes(to) && !(to in SPREAD && isTogether);
      if (COPIED.includes(from)) return !COPIED.includes(to);
      return to in SPREAD;
    });
    expect(wrong).toEqual([]);
  });

  it('that is copied or central is not partitioned: Citus copies no partitioned table', async () => {
    const parted = await query<{ name: string }>(
      `SELECT relname AS name FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'p'`,
    );
    expect(parted.filter(({ name }) => !(name in SPREAD))).toEqual([]);
  });
});

describe('the step after the migrations', () => {
  it('is left out where the extension is absent, and says so once', async () => {
    expect(await distribute(runner)).toBeUndefined();
    const said = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
    await migrate(database.url, { distributed: 'citus' });
    expect(said.mock.calls).toEqual([[expect.stringContaining('Citus')]]);
    said.mockRestore();
  });

  it('turns every table once, those that others lie beside first, and keeps the keys', async () => {
    const keysOf = (): Promise<object[]> =>
      query(
        `SELECT conrelid::regclass::text AS owner, conname, pg_get_constraintdef(oid) AS definition
           FROM pg_constraint WHERE contype = 'f' ORDER BY 1, 2`,
      );
    const before = await keysOf();
    await runner.query(STUBS);
    await migrate(database.url, { distributed: 'citus' });
    const first = await calls();
    expect(first).toHaveLength(COPIED.length + Object.keys(SPREAD).length);
    expect(first.slice(0, 1)).toEqual(['copy institution']);
    expect(first).toContain('spread entry by bucket beside none');
    expect(first).toContain('spread learner by bucket beside entry');
    expect(first).toContain('spread feed by posting_id beside posting');
    for (const [name, { beside }] of Object.entries(SPREAD)) {
      const at = (table: string): number =>
        first.findIndex((said) => said.startsWith(`spread ${table} `));
      if (beside) expect(at(beside)).toBeLessThan(at(name));
    }
    expect(await keysOf()).toEqual(before);

    await migrate(database.url, { distributed: 'citus' });
    expect(await calls()).toEqual(first);
  });

  it('does all or nothing', async () => {
    await runner.query(STUBS);
    await runner.query(`
      CREATE OR REPLACE FUNCTION create_distributed_table(name regclass, by text, colocate_with text DEFAULT 'default')
        RETURNS void LANGUAGE plpgsql AS $$ BEGIN
          IF name = 'finding'::regclass THEN RAISE EXCEPTION 'no'; END IF;
          INSERT INTO pg_dist_partition VALUES (name);
        END $$;`);
    await expect(distribute(runner)).rejects.toThrow('no');
    expect(await query('SELECT * FROM pg_dist_partition')).toEqual([]);
    const left = await query<{ n: number }>(
      `SELECT count(*)::int AS n FROM pg_constraint WHERE contype = 'f'`,
    );
    expect(left[0]?.n).toBeGreaterThan(15);
  });
});
