import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { VerifierKey } from '#libs/merkle';
import { signingKey } from '#libs/merkle';
import { millicredits } from '#libs/credit';
import { type AuditReport, DatabaseSource, audit } from '../../src/audit/index.js';
import { Ledger } from '../../src/ledger/index.js';
import { backup, restore } from '../../src/platform/backup/index.js';
import { hashId, newId } from '../../src/platform/ids/index.js';
import { SealWriter } from '../../src/seals/index.js';
import { openTestDatabase, type TestDatabase, withClient } from '../support/database.js';
import { completion, startWorld, type World } from '../support/world.js';
import { until } from '../support/until.js';

/** Entries of the posting that stands for a file. */
export const BULK = 300;

/** A ledger with a log, kept in a file, of which every test gets a copy to tamper with. */
export interface Evidence {
  readonly bank: World;
  readonly folder: string;
  /** The log's public key, as an outsider knows it. */
  readonly key: VerifierKey;
  /** A checkpoint with its leaves, kept outside. */
  readonly checkpointFile: string;
  readonly size: number;
  copy(): Promise<TestDatabase>;
  close(): Promise<void>;
}

/**
 * Single postings, a bulk one, and holds, uses and a release of some lots; all in the log.
 *
 * @param isSealed whether there are seals of all accounts as well: after 20, 324 and 344 entries
 */
export async function gatherEvidence({ isSealed = false } = {}): Promise<Evidence> {
  const bank = await startWorld();
  const folder = mkdtempSync(join(tmpdir(), 'creditbank-tampering-'));
  const opened: TestDatabase[] = [];
  const url = bank.config.databaseUrl;
  for (let serial = 1; serial <= 20; serial += 1) {
    await bank.school.post('/v1/completions', completion(serial)).expect(201);
  }
  const seal = async (): Promise<void> => {
    if (!isSealed) return;
    await untilLogged(url);
    await bank.app.get(SealWriter).seal();
  };
  await seal();
  await postBulk(bank);
  await moveSome(bank);
  await seal();
  for (let serial = 21; serial <= 40; serial += 1) {
    await bank.school.post('/v1/completions', completion(serial)).expect(201);
  }
  await untilLogged(url);
  await seal();

  const archive = join(folder, 'bank.tar.gz');
  const notes = (): Promise<Record<string, string>> => Promise.resolve({});
  await withClient(url, (client) => backup(client, { file: archive, notes }));
  const origin = await withClient(url, async (client) => {
    const { rows } = await client.query<{ origin: string }>('SELECT origin FROM log_head');
    return rows[0]!.origin;
  });
  const key = signingKey(origin, bank.config.logKey);
  const checkpointFile = join(folder, 'kept.checkpoint');
  const report = await auditDatabase(url, { key, saveFile: checkpointFile });
  return {
    bank,
    folder,
    key,
    checkpointFile,
    size: report.log.size,
    copy: async () => {
      const database = await openTestDatabase({ empty: true });
      opened.push(database);
      await restore(database.url, { file: archive, verify: () => Promise.resolve() });
      return database;
    },
    close: async () => {
      await bank.close();
      for (const database of opened) await database.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export function auditDatabase(
  url: string,
  options: Parameters<typeof audit>[1],
): Promise<AuditReport> {
  return withClient(url, async (client) => {
    const source = await DatabaseSource.open(client);
    try {
      return await audit(source, options);
    } finally {
      await source.close();
    }
  });
}

export async function untilLogged(url: string): Promise<void> {
  await withClient(url, async (client) => {
    await until('the log has taken the postings in', async () => {
      const { rowCount } = await client.query('SELECT FROM feed LIMIT 1');
      return rowCount === 0;
    });
  });
}

/** What a file of a school would post. */
async function postBulk({ app, database, school }: World): Promise<void> {
  const ledger = app.get(Ledger);
  const lines = Array.from({ length: BULK }, (_, at) => ({
    learnerId: newId(),
    lotId: hashId('bulk', String(at)),
    categoryId: 1,
    amount: millicredits(1000 + at),
    occurredOn: '2026-06-30',
    expiresOn: at % 3 === 0 ? '2033-06-30' : null,
    commitment: randomBytes(32),
  }));
  const head = { actor: 'file', institutionId: school.institution.id };
  await database.transaction((tx) => ledger.post(tx, head, lines));
}

/** Holds two lots of the file for one programme each, uses one and releases the other. */
async function moveSome({ app, database }: World): Promise<void> {
  const ledger = app.get(Ledger);
  for (const at of [3, 7]) {
    const lotId = hashId('bulk', String(at));
    const reference = newId();
    const ruleHash = randomBytes(32);
    await database.transaction(async (tx) => {
      const learnerId = (await ledger.ownersOf(tx, [lotId])).get(lotId)!;
      const amount = millicredits(1000);
      const move = (commands: Parameters<Ledger['move']>[2]['commands']): Promise<unknown> =>
        ledger.move(
          tx,
          { actor: 'test', institutionId: null, ruleHash },
          { learnerId, today: '2026-07-01', commands },
        );
      await move([{ kind: 'hold', lotId, amount, reference, programme: 'P', scope: 'single-use' }]);
      await move([{ kind: at === 3 ? 'use' : 'release', lotId, reference }]);
    });
  }
}
