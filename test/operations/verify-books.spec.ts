import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import {
  type BooksReport,
  BooksError,
  backupDatabase,
  restoreDatabase,
  verifyDatabase,
} from '../../src/audit/index.js';
import { openTestDatabase, type TestDatabase } from '../support/database.js';
import { change, unbound, victims } from '../tampering/crimes.js';
import { BULK, type Evidence, gatherEvidence } from '../tampering/ledger.js';

jest.setTimeout(60_000);

let evidence: Evidence;
let copy: TestDatabase;
let root: Client;

beforeAll(async () => {
  evidence = await gatherEvidence();
});

afterAll(() => evidence.close());

beforeEach(async () => {
  copy = await evidence.copy();
  root = new Client({ connectionString: copy.adminUrl });
  await root.connect();
});

afterEach(() => root.end());

async function pick(condition: string): Promise<Awaited<ReturnType<typeof victims>>[number]> {
  return (await victims(root, condition))[0]!;
}

const faultsOf = ({ faults }: BooksReport): [string | null, string][] =>
  faults.map(({ entryId, detail }) => [entryId, detail]);

describe('the replay of the books', () => {
  it('finds every number of an untouched ledger', async () => {
    expect(await verifyDatabase(copy.url)).toEqual({
      sound: true,
      lots: 40 + BULK,
      entries: evidence.size,
      logged: evidence.size,
      waiting: 0,
      faults: [],
    });
  });

  it('names the entry whose balance does not follow, and its place in the log', async () => {
    const use = await pick('e.kind = 3');
    await change(root, use, 'available_after = available_after + 1');
    const faults = faultsOf(await verifyDatabase(copy.url));
    expect(faults).toEqual([
      [use.entryId, 'does not follow from the entries before it'],
      [use.entryId, expect.stringContaining(`edited number ${use.index} of the log`)],
    ]);
  });

  it('names a lot whose first entry is gone', async () => {
    const hold = await pick('e.kind = 1');
    await unbound(root, async () => {
      await root.query('DELETE FROM entry WHERE lot_id = $1 AND lot_seq = 0', [hold.lotId]);
    });
    const [first] = faultsOf(await verifyDatabase(copy.url));
    expect(first).toEqual([hold.entryId, 'does not follow from the entries before it']);
  });

  it('names entries that stand with a learner who does not own the lot', async () => {
    const entry = await pick(`e.posting_pos = 5 AND l.entries = ${BULK}`);
    await unbound(root, async () => {
      await root.query('DELETE FROM lot_owner WHERE lot_id = $1', [entry.lotId]);
    });
    expect(faultsOf(await verifyDatabase(copy.url))).toEqual([
      [entry.entryId, 'nobody owns its lot'],
    ]);
  });
});

describe('the SQL of docs/ledger-tables.md', () => {
  const text = readFileSync(join(__dirname, '../../docs/ledger-tables.md'), 'utf8');
  const statements = [...text.matchAll(/```sql\n(.*?)```/gs)]
    .flatMap(([, block = '']) => block.split(/;.*\n/))
    .filter((statement) => statement.trim() !== '');

  it('finds nothing in a good ledger, and the books at zero', async () => {
    expect(statements).toHaveLength(7);
    for (const statement of statements) {
      const { rows } = await root.query<{ sum?: string }>(statement);
      const isSums = statement.includes('GROUP BY account');
      if (isSums) expect(rows.reduce((total, { sum }) => total + Number(sum), 0)).toBe(0);
      else expect([statement, rows]).toEqual([statement, []]);
    }
  });

  it('names an edited entry', async () => {
    const entry = await pick('e.kind = 3');
    await change(root, entry, 'available_after = available_after + 1');
    expect((await root.query(statements[0]!)).rows).toEqual([{ entry: entry.entryId }]);
    expect((await root.query(statements[3]!)).rowCount).toBe(1);
  });
});

describe('a restore', () => {
  it('of a tampered ledger is refused with the entry, and leaves nothing behind', async () => {
    const entry = await pick(`e.posting_pos = 5 AND l.entries = ${BULK}`);
    await change(root, entry, 'amount = 7, available_after = 7');
    const file = join(evidence.folder, 'tampered.tar.gz');
    await backupDatabase(copy.url, { file });
    const target = await openTestDatabase({ empty: true });
    try {
      const failed = restoreDatabase(target.url, { file });
      await expect(failed).rejects.toThrow(BooksError);
      await expect(failed).rejects.toThrow(entry.entryId);
      const client = new Client({ connectionString: target.url });
      await client.connect();
      const { rows } = await client.query(
        `SELECT count(*)::int AS n FROM pg_tables WHERE schemaname = 'public'`,
      );
      await client.end();
      expect(rows[0].n).toBe(0);
    } finally {
      await target.drop();
    }
  });

  it('of a good one ends with verified books', async () => {
    const file = join(evidence.folder, 'good.tar.gz');
    const { manifest } = await backupDatabase(copy.url, { file });
    expect(manifest.notes['checkpoint']).toContain(`\n${evidence.size}\n`);
    const target = await openTestDatabase({ empty: true });
    try {
      const { books } = await restoreDatabase(target.url, { file });
      expect(books).toMatchObject({ sound: true, entries: evidence.size });
    } finally {
      await target.drop();
    }
  });
});
