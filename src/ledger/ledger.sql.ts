/**
 * What both statements end with: the posting with the hashes of its entries, and the feed of the
 * public log. $1 posting, $2 institution, $3 actor, $4 moment, $5 rule hash, $6 reason,
 * $7 leaf hashes and $8 commitments, 32 bytes a line.
 */
const POSTED = `posted AS (
    INSERT INTO posting (posting_id, institution_id, actor, recorded_at, entries, leaves)
    SELECT $1::uuid, $2::uuid, $3::text, $4::timestamptz, count(*),
           string_agg(leaf, ''::bytea ORDER BY pos)
      FROM line HAVING count(*) > 0
    RETURNING posting_id
  ), fed AS (
    INSERT INTO feed (posting_id) SELECT posting_id FROM posted
  )`;

const HASHES = `substring($7::bytea FROM (32 * ord - 31)::int FOR 32) AS leaf,
           substring($8::bytea FROM (32 * ord - 31)::int FOR 32) AS commitment`;

/**
 * Opens lots: a function of the database (migration 0011), because a posting is then one round trip
 * and a batch of new lots needs neither a join nor a second copy of its lines.
 */
export const POST = `SELECT post_deposits(
    $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) AS known`;

/** Appends movements of open lots. The key refuses a number that a rival took first. */
export const APPEND = `WITH line AS (
    SELECT l.*, ord - 1 AS pos, ${HASHES}
      FROM unnest($9::uuid[], $10::smallint[], $11::uuid[], $12::smallint[], $13::bigint[], $14::text[],
                  $15::int[], $16::smallint[], $17::smallint[], $18::smallint[], $19::int[],
                  $20::bigint[], $21::bigint[], $22::uuid[], $23::uuid[], $24::text[])
           WITH ORDINALITY AS l(lot_id, bucket, learner_id, category_id, amount, occurred_on, lot_seq,
                                kind, debit, credit, settles_seq, available_after, held_after,
                                issuer_id, reference, programme, ord)
  ), booked AS (
    INSERT INTO entry (bucket, learner_id, lot_id, lot_seq, kind, debit, credit, category_id,
           settles_seq, posting_pos, posting_id, amount, available_after, held_after, recorded_at,
           issuer_id, reference, occurred_on, rule_hash, commitment, reason, programme)
    SELECT bucket, learner_id, lot_id, lot_seq, kind, debit, credit, category_id, settles_seq, pos,
           $1::uuid, amount, available_after, held_after, $4::timestamptz, issuer_id, reference,
           occurred_on, $5::bytea, commitment, $6::text, programme
      FROM line ORDER BY bucket, learner_id, lot_id, lot_seq
  ), ${POSTED}
  SELECT 1`;
