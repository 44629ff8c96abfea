import type { Client } from 'pg';
import { GrowingTree, type SigningKey, formatNote, rootOfRow, signCheckpoint } from '#libs/merkle';

/** As a superuser whom no trigger binds, in one transaction. */
export async function unbound(client: Client, work: () => Promise<void>): Promise<void> {
  await client.query('BEGIN');
  await client.query('SET LOCAL session_replication_role = replica');
  await work();
  await client.query('COMMIT');
}

/** The entry at a place of the log, before anybody touched it. */
export interface Victim {
  readonly index: number;
  readonly entryId: string;
  readonly lotId: string;
  readonly lotSeq: number;
  readonly postingId: string;
  readonly postingPos: number;
}

/** Entries of some kind in the order of the log. */
export async function victims(client: Client, condition: string): Promise<Victim[]> {
  const { rows } = await client.query<Victim>(
    `SELECT (l.first_index + e.posting_pos)::int AS index, e.lot_id || '.' || e.lot_seq AS "entryId",
            e.lot_id AS "lotId", e.lot_seq AS "lotSeq", e.posting_id AS "postingId",
            e.posting_pos AS "postingPos"
       FROM entry e JOIN log_posting l USING (posting_id)
      WHERE ${condition} ORDER BY index`,
  );
  return rows;
}

export async function change(client: Client, victim: Victim, set: string): Promise<void> {
  await unbound(client, async () => {
    const { rowCount } = await client.query(
      `UPDATE entry SET ${set} WHERE lot_id = $1 AND lot_seq = $2`,
      [victim.lotId, victim.lotSeq],
    );
    if (rowCount !== 1) throw new Error(`${rowCount} entries were changed`);
  });
}

/** The SQL of docs/ledger-tables.md: an attacker can read it as well. */
const LEAF = `sha256('\\x00' || sha256(convert_to(concat_ws(E'\\n', 'creditbank-entry/v1',
  p.posting_id, to_char(p.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), p.actor,
  coalesce(p.institution_id::text, ''), e.learner_id, e.lot_id, e.lot_seq, e.kind, e.debit, e.credit,
  e.amount, e.available_after, e.held_after, coalesce(e.settles_seq::text, ''),
  coalesce(e.reference::text, ''), coalesce(e.programme, ''), e.category_id, e.issuer_id,
  e.occurred_on, coalesce(to_char(e.expires_on, 'YYYY-MM-DD'), ''),
  coalesce(encode(e.rule_hash, 'hex'), ''), encode(e.commitment, 'hex'), coalesce(e.reason, '')),
  'UTF8')))`;

/** Makes the hashes that postings keep fit what their entries say now. */
export async function coverInPostings(client: Client): Promise<void> {
  await client.query(
    `UPDATE posting SET leaves = made.leaves, entries = made.entries
       FROM (SELECT p.posting_id, count(*)::int AS entries,
                    string_agg(${LEAF}, ''::bytea ORDER BY e.posting_pos) AS leaves
               FROM posting p JOIN entry e USING (posting_id) GROUP BY p.posting_id) AS made
      WHERE posting.posting_id = made.posting_id AND posting.leaves <> made.leaves`,
  );
}

/** Writes the log anew over what the postings say, signed with the log's own key. */
export async function rewriteLog(client: Client, key: SigningKey): Promise<void> {
  const { rows } = await client.query<{ leaves: Buffer }>(
    `SELECT p.leaves FROM log_posting l JOIN posting p USING (posting_id) ORDER BY l.first_index`,
  );
  const tree = GrowingTree.empty();
  for (const { leaves } of rows) tree.append(leaves);
  await client.query('DELETE FROM log_tile');
  for (const { level, index, hashes } of tree.takeTiles()) {
    await client.query('INSERT INTO log_tile VALUES ($1, $2, $3)', [level, index, hashes]);
  }
  const { size } = tree;
  const root = tree.root();
  const checkpoint = formatNote(signCheckpoint({ origin: key.name, size, root }, key));
  await client.query('UPDATE log_head SET size = $1, root = $2, checkpoint = $3', [
    size,
    root,
    checkpoint,
  ]);
}

/** Changes one leaf in the tile of level 0 and every tile above it, but signs nothing. */
export async function changeLeaf(client: Client, index: number): Promise<void> {
  await unbound(client, async () => {
    const { rows } = await client.query<{ hashes: Buffer }>(
      'SELECT hashes FROM log_tile WHERE level = 0 AND index = $1',
      [Math.floor(index / 256)],
    );
    const hashes = Buffer.from(rows[0]!.hashes);
    hashes[(index % 256) * 32]! ^= 1;
    await client.query('UPDATE log_tile SET hashes = $1 WHERE level = 0 AND index = $2', [
      hashes,
      Math.floor(index / 256),
    ]);
    if (hashes.length < 256 * 32) return;
    await client.query(
      'UPDATE log_tile SET hashes = overlay(hashes placing $1 from $2) WHERE level = 1 AND index = 0',
      [rootOfRow(hashes), Math.floor(index / 256) * 32 + 1],
    );
  });
}
