import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { GrowingTree, formatNote, signCheckpoint, signingKey } from '#libs/merkle';
import { type Seal, sealLeaf, sealsName } from '#libs/proofs';
import {
  type AuditOptions,
  type AuditReport,
  auditDump,
  backupDatabase,
} from '../../src/audit/index.js';
import type { TestDatabase } from '../support/database.js';
import { change, coverInPostings, rewriteLog, unbound, victims } from './crimes.js';
import { BULK, type Evidence, auditDatabase, gatherEvidence } from './ledger.js';

jest.setTimeout(60_000);

let evidence: Evidence;
let copy: TestDatabase;
let root: Client;

beforeAll(async () => {
  evidence = await gatherEvidence({ isSealed: true });
}, 120_000);
afterAll(() => evidence?.close());

beforeEach(async () => {
  copy = await evidence.copy();
  root = new Client({ connectionString: copy.adminUrl });
  await root.connect();
});
afterEach(() => root.end());

/** From the database and from a backup of it, which must say the same. */
async function look(options: AuditOptions = {}): Promise<AuditReport> {
  const { key, folder } = evidence;
  const report = await auditDatabase(copy.url, { key, ...options });
  const file = join(folder, `${randomUUID()}.tar.gz`);
  await backupDatabase(copy.url, { file });
  const { findings, seals } = await auditDump(file, { key, ...options });
  expect([findings, seals]).toEqual([report.findings, report.seals]);
  return report;
}

const told = ({ findings }: AuditReport) =>
  findings.map(({ kind, seal, detail }) => [kind, seal, detail]);

async function crime(sql: string): Promise<void> {
  await unbound(root, async () => {
    expect((await root.query(sql)).rowCount).toBeGreaterThan(0);
  });
}

/** Signs all seals anew as they stand now, with the log's own key. */
async function coverSeals(): Promise<void> {
  const { rows } = await root.query<Record<string, Buffer & string & Date>>(
    'SELECT * FROM seal ORDER BY number',
  );
  const tree = GrowingTree.empty();
  await unbound(root, async () => {
    for (const row of rows) {
      const seal: Seal = {
        number: Number(row['number']),
        log: row['log'] as string,
        logSize: Number(row['log_size']),
        logRoot: (row['log_root'] as Buffer).toString('base64'),
        accounts: Number(row['accounts']),
        root: (row['root'] as Buffer).toString('base64'),
        sealedAt: (row['sealed_at'] as Date).toISOString(),
      };
      tree.append(sealLeaf(seal));
      await root.query('UPDATE seal SET tree_root = $1 WHERE number = $2', [
        tree.root(),
        seal.number,
      ]);
    }
    for (const { level, index, hashes } of tree.takeTiles()) {
      await root.query('UPDATE seal_tile SET hashes = $1 WHERE level = $2 AND index = $3', [
        hashes,
        level,
        index,
      ]);
    }
  });
}

describe('seals of all accounts', () => {
  it('are made again from log and books, and nothing is wrong with them', async () => {
    const report = await look();
    expect(report).toMatchObject({ clean: true, seals: 3, findings: [] });
    expect(report.notes.join()).not.toContain('eal');
  });

  it.each([
    [
      'of which one is gone',
      'DELETE FROM seal WHERE number = 1',
      2,
      'stands where number 1 should',
    ],
    [
      'one with another root of the accounts',
      'UPDATE seal SET root = sha256(root) WHERE number = 1',
      1,
      'do not make the root of the log of seals',
    ],
    [
      'one with another time',
      `UPDATE seal SET sealed_at = sealed_at - interval '1 day' WHERE number = 2`,
      2,
      'do not make the root of the log of seals',
    ],
    [
      'one of another log',
      `UPDATE seal SET log = 'other' WHERE number = 0`,
      0,
      'speaks of another log',
    ],
    [
      'one about another log of its size',
      'UPDATE seal SET log_root = sha256(log_root) WHERE number = 1',
      1,
      'had another root',
    ],
    ['one that goes back', 'UPDATE seal SET log_size = 19 WHERE number = 1', 1, 'not go further'],
    [
      'beyond the end',
      'UPDATE seal SET log_size = 9999 WHERE number = 2',
      2,
      'the log ends before',
    ],
    [
      'with other tiles',
      'UPDATE seal_tile SET hashes = overlay(hashes placing sha256(hashes) from 33)',
      1,
      'tile 0/0 of the log of seals',
    ],
  ])('%s: the first wrong one is named', async (_what, sql, seal, words) => {
    await crime(sql);
    const [first, ...others] = told(await look());
    expect(first).toEqual(['seal', seal, expect.stringContaining(words)]);
    // Accounts of a changed seal may be said in a line of their own.
    for (const other of others) expect(other[0]).toBe('seal');
  });

  it('signed anew over other accounts are held against the books', async () => {
    await crime('UPDATE seal SET root = sha256(root) WHERE number >= 1');
    await coverSeals();
    expect(told(await look())).toEqual([
      ['seal', 1, `seal 1 has another root of the accounts than the ${20 + BULK + 4} entries give`],
    ]);
  });

  it('that leave an account out are found by their count', async () => {
    await crime('UPDATE seal SET accounts = accounts - 1 WHERE number = 0');
    await coverSeals();
    expect(told(await look())).toEqual([
      ['seal', 0, 'seal 0 counts 19 accounts; the books have 20'],
    ]);
  });

  it('find a log that was written anew with its own key, without any checkpoint', async () => {
    const [victim] = await victims(root, `e.posting_pos = 123 AND l.entries = ${BULK}`);
    await change(root, victim!, 'amount = 9999, available_after = 9999');
    await unbound(root, async () => {
      await coverInPostings(root);
      await rewriteLog(root, signingKey(evidence.key.name, evidence.bank.config.logKey));
    });
    expect(told(await look())[0]).toEqual(['seal', 1, expect.stringContaining('had another root')]);
  });

  it('written anew to the last byte are found by a checkpoint of theirs that was kept', async () => {
    const { size, root: was } = await sealsHead();
    const key = signingKey(sealsName(evidence.key.name), evidence.bank.config.logKey);
    const file = join(evidence.folder, 'seals.checkpoint');
    writeFileSync(file, formatNote(signCheckpoint({ origin: key.name, size, root: was }, key)));
    const options = { sealsCheckpointFile: file };
    expect(await look(options)).toMatchObject({ clean: true });
    await crime(`UPDATE seal SET sealed_at = sealed_at + interval '1 day' WHERE number = 2`);
    await coverSeals();
    expect(await look()).toMatchObject({ clean: true });
    expect(told(await look(options))).toEqual([
      ['seal', null, expect.stringContaining('had another history')],
    ]);
    await crime('DELETE FROM seal WHERE number = 2');
    expect(told(await look(options)).at(-1)).toEqual([
      'seal',
      null,
      'you kept a checkpoint of 3 seals; there are 2',
    ]);
    const strange = signingKey(sealsName(evidence.key.name), Buffer.alloc(32, 9));
    writeFileSync(file, formatNote(signCheckpoint({ origin: key.name, size, root: was }, strange)));
    await expect(look(options)).rejects.toThrow('signed by the given key');
  });

  it('are not blamed for books that differ from the log', async () => {
    const [victim] = await victims(root, `e.posting_pos = 50 AND l.entries = ${BULK}`);
    await unbound(root, async () => {
      await root.query('DELETE FROM entry WHERE lot_id = $1', [victim!.lotId]);
    });
    const report = await look();
    expect(told(report).map(([kind]) => kind)).toEqual(['deleted']);
    expect(report.notes.join()).toContain(`more than ${victim!.index} entries`);
  });

  it('that a witness signed and that are gone are missed', async () => {
    await crime(
      `INSERT INTO seal_cosignature (size, witness, signature, cosigned_at, received_at)
       VALUES (5, 'school-witness', 'x', now(), now())`,
    );
    expect(told(await look())).toEqual([
      ['seal', null, 'witness school-witness kept a checkpoint of 5 seals; there are 3'],
    ]);
  });
});

async function sealsHead(): Promise<{ size: number; root: Buffer }> {
  const { rows } = await root.query<{ number: string; tree_root: Buffer }>(
    'SELECT number, tree_root FROM seal ORDER BY number DESC LIMIT 1',
  );
  return { size: Number(rows[0]!.number) + 1, root: rows[0]!.tree_root };
}
