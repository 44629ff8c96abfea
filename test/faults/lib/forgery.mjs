import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openScratchPostgres } from '../../../bin/lib/scratch-postgres.mjs';
import { LEAF } from './tree.mjs';
import { withClient } from './verdict.mjs';
import { furnish, openService } from './world.mjs';

const POSTINGS = 30;

/** What an operator can do who owns the database and the log's key; it leaves all of it consistent. */
const FORGERIES = {
  'a cut tail': (client) => forget(client, 5),
  'a history written anew': inflate,
};

/**
 * Forges a ledger in each way and audits it, once with the checkpoint that somebody kept outside and
 * once without. Answers which forgeries either audit saw.
 */
export async function forge(root) {
  const seen = {};
  for (const [name, forgery] of Object.entries(FORGERIES))
    seen[name] = await forgeOne(root, forgery);
  return seen;
}

async function forgeOne(root, forgery) {
  const postgres = await openScratchPostgres({ root, durable: true });
  const dataDir = mkdtempSync(join(tmpdir(), 'creditbank-forgery-'));
  const logKey = randomBytes(32);
  const env = {
    DATABASE_URL: postgres.url,
    DATA_DIR: dataDir,
    SEED_DEMONSTRATION: 'false',
    LOG_KEY: logKey.toString('hex'),
  };
  const service = await openService({ root, env });
  try {
    const origin = await writeHistory(service);
    const { auditDatabase } = await service.load('audit/index.js');
    const merkle = await service.load('../libs/merkle/src/index.js');
    const key = merkle.signingKey(origin, logKey);
    const checkpointFile = join(dataDir, 'kept.checkpoint');
    await auditDatabase(postgres.url, { key, saveFile: checkpointFile });
    const url = new URL(postgres.adminUrl);
    url.pathname = '/creditbank';
    await withClient(url.toString(), (client) => asOwner(client, forgery, { merkle, key }));
    const withIt = await auditDatabase(postgres.url, { key, checkpointFile });
    const withoutIt = await auditDatabase(postgres.url, { key });
    return { withCheckpoint: !withIt.clean, withoutCheckpoint: !withoutIt.clean };
  } finally {
    await service.close();
    postgres.remove();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Some postings, all of them in the log; answers the log's name. */
async function writeHistory(service) {
  const { app, database, load } = service;
  const { Ledger } = await load('ledger/index.js');
  const { LogWriter } = await load('transparency/log.writer.js');
  const { newId } = await load('platform/ids/index.js');
  const schools = await furnish(service);
  const head = { actor: 'forgery', institutionId: schools[0].id };
  await app.get(LogWriter).open();
  for (let n = 0; n < POSTINGS; n += 1) {
    const line = {
      learnerId: newId(),
      lotId: randomUUID(),
      categoryId: 1,
      amount: 4_000n,
      occurredOn: '2026-06',
      expiresOn: null,
      commitment: randomBytes(32),
    };
    await database.transaction((tx) => app.get(Ledger).post(tx, head, [line]));
  }
  await app.get(LogWriter).sequence();
  const rows = await database.read((tx) => tx.query('SELECT origin FROM log_head'));
  return rows[0].origin;
}

async function asOwner(client, forgery, tools) {
  await client.query('BEGIN');
  await client.query('SET LOCAL session_replication_role = replica');
  await forgery(client);
  await signAnew(client, tools);
  await client.query('COMMIT');
}

/** Deletes the newest postings and every trace of them. */
async function forget(client, postings) {
  const { rows } = await client.query(
    `SELECT array_agg(posting_id::text) AS ids FROM
       (SELECT posting_id FROM log_posting ORDER BY first_index DESC LIMIT $1) newest`,
    [postings],
  );
  const lots = 'SELECT lot_id FROM entry WHERE posting_id = ANY($1)';
  await client.query(`DELETE FROM lot_owner WHERE lot_id IN (${lots})`, [rows[0].ids]);
  for (const table of ['entry', 'posting', 'log_posting']) {
    await client.query(`DELETE FROM ${table} WHERE posting_id = ANY($1)`, [rows[0].ids]);
  }
}

/** Ten times the credit in the first entry, and the hashes to go with it. */
async function inflate(client) {
  const first = 'SELECT posting_id FROM log_posting ORDER BY first_index LIMIT 1';
  await client.query(
    `UPDATE entry SET amount = amount * 10, available_after = available_after * 10
      WHERE posting_id = (${first})`,
  );
  await client.query(
    `UPDATE posting SET leaves = made.leaves
       FROM (SELECT p.posting_id, string_agg(${LEAF}, ''::bytea ORDER BY e.posting_pos) AS leaves
               FROM posting p JOIN entry e USING (posting_id) GROUP BY p.posting_id) AS made
      WHERE posting.posting_id = made.posting_id`,
  );
}

/** The whole log over what the postings say now, under the log's own key. */
async function signAnew(client, { merkle, key }) {
  const { rows } = await client.query(
    `SELECT p.leaves FROM log_posting l JOIN posting p USING (posting_id) ORDER BY l.first_index`,
  );
  const tree = merkle.GrowingTree.empty();
  for (const { leaves } of rows) tree.append(leaves);
  await client.query('DELETE FROM log_tile');
  for (const { level, index, hashes } of tree.takeTiles()) {
    await client.query('INSERT INTO log_tile VALUES ($1, $2, $3)', [level, index, hashes]);
  }
  const { size } = tree;
  const root = tree.root();
  const note = merkle.formatNote(merkle.signCheckpoint({ origin: key.name, size, root }, key));
  await client.query('UPDATE log_head SET size = $1, root = $2, checkpoint = $3', [
    size,
    root,
    note,
  ]);
}
