import pg from 'pg';
import { sleep } from '../../../bin/lib/process.mjs';
import { COURSE_MILLICREDITS } from './world.mjs';

const OPEN_WORK = `
  SELECT (SELECT count(*) FROM task WHERE done_at IS NULL AND failed_at IS NULL)::int AS tasks,
         (SELECT count(*) FROM import_file
           WHERE state IN ('received', 'checking', 'committing'))::int AS imports,
         (SELECT count(*) FROM feed)::int AS feed`;

/** Waits until every accepted job has ended; answers what is still open when patience ends. */
export async function untilWorkHasEnded(url, limitMs) {
  const deadline = Date.now() + limitMs;
  return withClient(url, async (client) => {
    for (;;) {
      const { rows } = await client.query(OPEN_WORK);
      const open = rows[0];
      const isDone = open.tasks + open.imports + open.feed === 0;
      if (isDone || Date.now() > deadline) return open;
      await sleep(200);
    }
  });
}

/** What the database holds of every external id, and how often. */
const STORED = `
  SELECT o.external_id, o.institution_id, o.lot_id, o.learner_id,
         count(*) OVER (PARTITION BY o.institution_id, o.external_id)::int AS outcomes,
         (SELECT count(*) FROM lot_owner w WHERE w.lot_id = o.lot_id)::int AS owners,
         e.deposits, e.amount, e.revocations
    FROM learning_outcome o
    LEFT JOIN LATERAL (
      SELECT count(*) FILTER (WHERE kind = 0)::int AS deposits,
             coalesce(sum(amount) FILTER (WHERE kind = 0), 0)::text AS amount,
             count(*) FILTER (WHERE kind = 5)::int AS revocations
        FROM entry WHERE entry.bucket = o.bucket AND entry.learner_id = o.learner_id
                     AND entry.lot_id = o.lot_id) e ON true`;

/** Each lists what must not be there. */
const RULES = {
  'lots with a gap or a balance below zero': `
    SELECT lot_id FROM entry GROUP BY bucket, learner_id, lot_id
    HAVING count(*) <> max(lot_seq) + 1 OR count(DISTINCT lot_seq) <> count(*)
        OR sum(CASE WHEN credit = 1 THEN amount WHEN debit = 1 THEN -amount ELSE 0 END) < 0`,
  'lots of two learners': `
    SELECT lot_id FROM entry GROUP BY lot_id HAVING count(DISTINCT learner_id) > 1`,
  'postings whose entries are not all there': `
    SELECT p.posting_id FROM posting p LEFT JOIN entry e USING (posting_id)
     GROUP BY p.posting_id, p.entries
    HAVING count(e.lot_id) <> p.entries OR max(e.posting_pos) <> p.entries - 1
        OR count(DISTINCT e.posting_pos) <> p.entries`,
  'entries without a posting': `
    SELECT e.lot_id FROM entry e LEFT JOIN posting p USING (posting_id)
     WHERE p.posting_id IS NULL`,
  'outcomes whose lot is nobody’s': `
    SELECT o.lot_id FROM learning_outcome o LEFT JOIN lot_owner w USING (lot_id, learner_id)
     WHERE w.lot_id IS NULL`,
  'tasks that were given up': `SELECT id FROM task WHERE failed_at IS NOT NULL`,
  'imports that failed': `SELECT id FROM import_file WHERE state = 'failed'`,
};

/**
 * Compares the database with what the clients were told. Lost: acknowledged and not there. Doubled:
 * there more than once. Unasked: there although no client sent it.
 */
export async function judge({ url, book }) {
  return withClient(url, async (client) => {
    const stored = (await client.query(STORED)).rows;
    const verdict = { entries: 0, lost: [], doubled: [], wrong: [], broken: [] };
    const byId = new Map(stored.map((row) => [`${row.institution_id}/${row.external_id}`, row]));
    for (const [externalId, posting] of book.postings) {
      const row = byId.get(`${posting.school.id}/${externalId}`);
      compare({ externalId, posting, row }, verdict);
    }
    for (const row of stored) {
      if (row.outcomes > 1 || row.deposits > 1 || row.owners > 1)
        verdict.doubled.push(row.external_id);
    }
    verdict.broken.push(...(await brokenRules(client)));
    await lookForImports(client, book, verdict);
    verdict.entries = (await client.query('SELECT count(*)::int AS n FROM entry')).rows[0].n;
    return verdict;
  });
}

/** Which of the rules do not hold, and how often. */
export async function brokenRules(client) {
  const broken = [];
  for (const [rule, query] of Object.entries(RULES)) {
    const { rowCount } = await client.query(query);
    if (rowCount > 0) broken.push(`${rule}: ${rowCount}`);
  }
  return broken;
}

function compare({ externalId, posting, row }, verdict) {
  if (!row || row.deposits === 0) {
    verdict.lost.push(externalId);
    return;
  }
  if (posting.revoked && row.revocations === 0) verdict.lost.push(`${externalId} (revocation)`);
  if (row.revocations > 1) verdict.doubled.push(`${externalId} (revocation)`);
  if (row.amount !== String(COURSE_MILLICREDITS))
    verdict.wrong.push(`${externalId}: ${row.amount}`);
  if (posting.entryId && posting.entryId !== `${row.lot_id}.0`) {
    verdict.wrong.push(`${externalId}: ${posting.entryId} was acknowledged`);
  }
}

async function lookForImports(client, book, verdict) {
  const { rows } = await client.query('SELECT id, state FROM import_file');
  const states = new Map(rows.map(({ id, state }) => [id, state]));
  for (const id of book.imports) if (!states.has(id)) verdict.lost.push(`import ${id}`);
  for (const id of book.committed) {
    if (states.get(id) !== 'committed') verdict.lost.push(`commit of import ${id}`);
  }
}

/** Replays every lot through libs/double-entry, as the service itself would. */
export async function replayEverything({ app, database, load }) {
  const { Ledger } = await load('ledger/index.js');
  const ledger = app.get(Ledger);
  const owners = await database.read((tx) =>
    tx.query(
      `SELECT learner_id, array_agg(lot_id::text) AS lots FROM lot_owner GROUP BY learner_id`,
    ),
  );
  const unsound = [];
  let lots = 0;
  for (const { learner_id: learnerId, lots: own } of owners) {
    const checked = await database.read((tx) => ledger.recheck(tx, [learnerId], own));
    lots += checked.length;
    for (const lot of checked) if (!lot.isSound) unsound.push(String(lot.lotId));
  }
  return { lots, unsound };
}

export async function withClient(url, work) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
