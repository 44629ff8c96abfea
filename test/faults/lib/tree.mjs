/** The leaf of entry `e` of posting `p`, as an outside auditor makes it (docs/ledger-tables.md). */
export const LEAF = `sha256('\\x00'::bytea || sha256(convert_to(concat_ws(E'\\n',
  'creditbank-entry/v1', p.posting_id,
  to_char(p.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), p.actor,
  coalesce(p.institution_id::text, ''), e.learner_id, e.lot_id, e.lot_seq, e.kind, e.debit, e.credit,
  e.amount, e.available_after, e.held_after, coalesce(e.settles_seq::text, ''),
  coalesce(e.reference::text, ''), coalesce(e.programme, ''), e.category_id, e.issuer_id,
  e.occurred_on, coalesce(to_char(e.expires_on, 'YYYY-MM-DD'), ''),
  coalesce(encode(e.rule_hash, 'hex'), ''), encode(e.commitment, 'hex'), coalesce(e.reason, '')),
  'UTF8')))`;

/** Postings that carry other leaves than their entries give. */
const POSTINGS_WITH_OTHER_LEAVES = `
  SELECT p.posting_id FROM posting p
    LEFT JOIN (SELECT p.posting_id, string_agg(${LEAF}, ''::bytea ORDER BY e.posting_pos) AS leaves
                 FROM posting p JOIN entry e USING (posting_id) GROUP BY p.posting_id) l
        USING (posting_id)
   WHERE l.leaves IS DISTINCT FROM p.leaves`;

const LOGGED = `
  SELECT p.leaves, l.first_index::int AS first_index, l.entries
    FROM log_posting l LEFT JOIN posting p USING (posting_id) ORDER BY l.first_index`;

/** What is wrong between books and log; the log must hold every entry once. */
export async function judgeTree(client, load) {
  const { GrowingTree } = await load('../libs/merkle/src/index.js');
  const wrong = [];
  const strange = await client.query(POSTINGS_WITH_OTHER_LEAVES);
  if (strange.rowCount > 0) wrong.push(`postings with other leaves: ${strange.rowCount}`);
  const tree = GrowingTree.empty();
  for (const { leaves, first_index: first, entries } of (await client.query(LOGGED)).rows) {
    if (first !== tree.size || leaves?.length !== entries * 32) {
      wrong.push(`the log has a gap at ${first}`);
      return { wrong, size: tree.size };
    }
    tree.append(leaves);
  }
  const [head] = (await client.query('SELECT size::int AS size, root FROM log_head')).rows;
  const [books] = (await client.query('SELECT count(*)::int AS n FROM entry')).rows;
  if (head?.size !== tree.size || !head.root.equals(tree.root())) {
    wrong.push(`the signed root over ${head?.size} leaves is not that of the postings`);
  }
  if (books.n !== tree.size) wrong.push(`${books.n} entries, ${tree.size} of them in the log`);
  return { wrong, size: tree.size };
}

/** The service's own judgement: `creditbank audit` and `creditbank verify`. */
export async function auditBooks(url, load) {
  const { auditDatabase, verifyDatabase } = await load('audit/index.js');
  try {
    const { clean, findings } = await auditDatabase(url, {});
    const { sound } = await verifyDatabase(url);
    return [
      ...(clean ? [] : [`the audit finds ${findings.length} entries that were changed`]),
      ...(sound ? [] : ['the stored numbers do not follow from the entries']),
    ];
  } catch (error) {
    // A log that a crash took away, for example.
    return [`the audit cannot be made: ${error.message}`];
  }
}
