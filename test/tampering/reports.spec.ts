import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import {
  GrowingTree,
  type VerifierKey,
  formatNote,
  signCheckpoint,
  signingKey,
} from '#libs/merkle';
import { reportHash, reportLeaf, reportsName } from '#libs/reports';
import {
  type AuditOptions,
  type AuditReport,
  auditDump,
  backupDatabase,
} from '../../src/audit/index.js';
import { restore } from '../../src/platform/backup/index.js';
import { type TestDatabase, openTestDatabase } from '../support/database.js';
import { publish, startReportWorld, training } from '../support/reports.js';
import type { World } from '../support/world.js';
import { unbound } from './crimes.js';
import { auditDatabase, untilLogged } from './ledger.js';

jest.setTimeout(60_000);

let world: World;
let folder: string;
let archive: string;
let key: VerifierKey;
let copy: TestDatabase;
let root: Client;
const opened: TestDatabase[] = [];

beforeAll(async () => {
  world = await startReportWorld();
  folder = mkdtempSync(join(tmpdir(), 'creditbank-reports-'));
  for (let number = 0; number < 3; number += 1) {
    await training(world);
    await publish(world);
  }
  await untilLogged(world.config.databaseUrl);
  archive = join(folder, 'bank.tar.gz');
  await backupDatabase(world.config.databaseUrl, { file: archive });
  const { log } = await auditDatabase(world.config.databaseUrl, {});
  key = signingKey(log.origin, world.config.logKey);
}, 180_000);
afterAll(async () => {
  await world?.close();
  for (const database of opened) await database.drop();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

beforeEach(async () => {
  copy = await openTestDatabase({ empty: true });
  opened.push(copy);
  await restore(copy.url, { file: archive, verify: () => Promise.resolve() });
  root = new Client({ connectionString: copy.adminUrl });
  await root.connect();
});
afterEach(() => root?.end());

/** From the database and from a backup of it, which must say the same. */
async function look(options: AuditOptions = {}): Promise<AuditReport> {
  const report = await auditDatabase(copy.url, { key, ...options });
  const file = join(folder, `${randomUUID()}.tar.gz`);
  await backupDatabase(copy.url, { file });
  const { findings, reports } = await auditDump(file, { key, ...options });
  expect([findings, reports]).toEqual([report.findings, report.reports]);
  return report;
}

const told = ({ findings }: AuditReport) => findings.map(({ kind, detail }) => [kind, detail]);

async function crime(sql: string): Promise<void> {
  await unbound(root, async () => {
    expect((await root.query(sql)).rowCount).toBeGreaterThan(0);
  });
}

/** Hashes all reports anew as they stand now, as whoever owns the database could. */
async function coverReports(): Promise<void> {
  const { rows } = await root.query<{ number: string; body: string }>(
    'SELECT number, body FROM report ORDER BY number',
  );
  const tree = GrowingTree.empty();
  await unbound(root, async () => {
    await root.query('DELETE FROM report_tile');
    for (const { number, body } of rows) {
      const hash = reportHash(body);
      tree.append(reportLeaf(Number(number), hash));
      await root.query('UPDATE report SET hash = $1, tree_root = $2 WHERE number = $3', [
        hash,
        tree.root(),
        number,
      ]);
    }
    for (const { level, index, hashes } of tree.takeTiles()) {
      await root.query('INSERT INTO report_tile (level, index, hashes) VALUES ($1, $2, $3)', [
        level,
        index,
        hashes,
      ]);
    }
  });
}

/** What an outsider keeps: the checkpoint of the log of reports as it is now. */
async function keepCheckpoint(seed: Buffer): Promise<string> {
  const { rows } = await root.query<{ number: string; tree_root: Buffer }>(
    'SELECT number, tree_root FROM report ORDER BY number DESC LIMIT 1',
  );
  const own = signingKey(reportsName(key.name), seed);
  const end = { size: Number(rows[0]!.number) + 1, root: rows[0]!.tree_root };
  const file = join(folder, `${randomUUID()}.checkpoint`);
  writeFileSync(file, formatNote(signCheckpoint({ origin: own.name, ...end }, own)));
  return file;
}

const ALTER = `UPDATE report SET body = replace(body, '"met":', '"mets":') WHERE number = 1`;

describe('published reports', () => {
  it('are held against their log, and nothing is wrong with them', async () => {
    expect(await look()).toMatchObject({ clean: true, reports: 3, findings: [] });
  });

  it.each([
    ['one that was altered', ALTER, 'report 1 does not read as it was signed'],
    [
      'one that was altered with its hash',
      `UPDATE report SET body = body || ' ', hash = sha256(convert_to(body || ' ', 'UTF8'))
        WHERE number = 1`,
      'do not make the root of the log of reports',
    ],
    ['one that is gone', 'DELETE FROM report WHERE number = 1', 'stands where number 1 should'],
    ['the last that is gone', 'DELETE FROM report WHERE number = 2', 'goes on to number 2'],
    [
      'one that is kept under another period',
      `UPDATE report SET period = '2020' WHERE number = 0`,
      'report 0 is kept under another number, id or period',
    ],
    [
      'another tile',
      'UPDATE report_tile SET hashes = overlay(hashes placing sha256(hashes) from 33)',
      'tile 0/0 of the log of reports',
    ],
  ])('%s: the first wrong one is named', async (_what, sql, words) => {
    await crime(sql);
    expect(told(await look())).toEqual([['report', expect.stringContaining(words)]]);
  });

  it('written anew to the last byte are found by a checkpoint that was kept', async () => {
    const reportsCheckpointFile = await keepCheckpoint(world.config.logKey);
    expect(await look({ reportsCheckpointFile })).toMatchObject({ clean: true });
    await crime(ALTER);
    await coverReports();
    expect(await look()).toMatchObject({ clean: true });
    expect(told(await look({ reportsCheckpointFile }))).toEqual([
      ['report', expect.stringContaining('had another history')],
    ]);
    await crime('DELETE FROM report WHERE number = 2');
    await coverReports();
    expect(told(await look({ reportsCheckpointFile }))).toEqual([
      ['report', 'you kept a checkpoint of 3 reports; there are 2'],
    ]);
  });

  it('are not judged by a checkpoint of another signer', async () => {
    const reportsCheckpointFile = await keepCheckpoint(Buffer.alloc(32, 9));
    await expect(look({ reportsCheckpointFile })).rejects.toThrow('log of reports signed by');
  });
});
