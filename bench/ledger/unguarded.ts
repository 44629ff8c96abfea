import type { Client, Pool } from 'pg';
import type { EntityManager } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { LedgerStore } from '../../src/ledger/ledger.store.js';

/** In the order of the key: files that share rows wait for each other instead of deadlocking. */
function insertWith(conflictClause: string): string {
  return `INSERT INTO entry (bucket, learner_id, lot_id, lot_seq, kind, debit, credit, category_id,
           posting_pos, posting_id, amount, available_after, held_after, recorded_at, issuer_id,
           expires_on, occurred_on, rule_hash, commitment, reason)
    SELECT bucket, learner_id, lot_id, 0, 0, 0, 1, category_id, ord - 1, p_posting, amount, amount, 0,
           p_recorded_at, p_institution, expires_on, occurred_on, p_rule_hash,
           substring(p_commitments FROM (32 * ord - 31)::int FOR 32), p_reason
      FROM unnest(p_lots, p_buckets, p_learners, p_categories, p_amounts, p_occurred, p_expires)
           WITH ORDINALITY AS l(lot_id, bucket, learner_id, category_id, amount, occurred_on,
                                expires_on, ord)
     ORDER BY bucket, learner_id, lot_id ${conflictClause}`;
}

/**
 * The door of migration 0011 without `lot_owner`: the key of the entry keeps a lot from being booked
 * twice for one learner, and nothing keeps it from being booked for another. Never in the service;
 * here it shows what the guard costs.
 */
const FUNCTION = `CREATE FUNCTION bench_post_unguarded(
    p_posting uuid, p_institution uuid, p_actor text, p_recorded_at timestamptz, p_rule_hash bytea,
    p_reason text, p_leaves bytea, p_commitments bytea, p_lots uuid[], p_buckets smallint[],
    p_learners uuid[], p_categories smallint[], p_amounts bigint[], p_occurred text[],
    p_expires date[]
  ) RETURNS uuid[] LANGUAGE plpgsql AS $$
  DECLARE
    booked int;
    leaves bytea := p_leaves;
    known uuid[];
  BEGIN
    -- Like the real one: all new is tried first, because a conflict clause looks everything up.
    BEGIN
      ${insertWith('')};
    EXCEPTION WHEN unique_violation THEN
      ${insertWith('ON CONFLICT (bucket, learner_id, lot_id, lot_seq) DO NOTHING')};
    END;
    GET DIAGNOSTICS booked = ROW_COUNT;

    IF booked < cardinality(p_lots) THEN
      SELECT string_agg(substring(p_leaves FROM (32 * ord - 31)::int FOR 32), ''::bytea ORDER BY ord)
               FILTER (WHERE posting_id = p_posting),
             array_agg(lot_id) FILTER (WHERE posting_id <> p_posting)
        INTO leaves, known
        FROM unnest(p_buckets, p_learners, p_lots) WITH ORDINALITY AS l(bucket, learner_id, lot_id, ord)
        JOIN entry USING (bucket, learner_id, lot_id) WHERE lot_seq = 0;
    END IF;
    IF booked > 0 THEN
      INSERT INTO posting (posting_id, institution_id, actor, recorded_at, entries, leaves)
      VALUES (p_posting, p_institution, p_actor, p_recorded_at, booked, leaves);
      INSERT INTO feed (posting_id) VALUES (p_posting);
    END IF;
    RETURN known;
  END $$`;

const STATEMENT = {
  name: 'bench-post-unguarded',
  text: `SELECT bench_post_unguarded(
    $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) AS known`,
};

export async function makeUnguardedDoor(owner: Client): Promise<void> {
  await owner.query(FUNCTION);
}

/** Sends the values of the real statement, as the real store makes them, to the other function. */
export class UnguardedStore extends LedgerStore {
  override post(
    tx: EntityManager,
    ...rest: Parameters<LedgerStore['post']> extends [unknown, ...infer Rest] ? Rest : never
  ): Promise<Set<string>> {
    return super.post(withStatement(tx), ...rest);
  }
}

/** A manager outside transactions, whose every named statement is the one without the guard. */
function withStatement(tx: EntityManager): EntityManager {
  const { master } = tx.connection.driver as PostgresDriver;
  const query = (config: object): unknown =>
    (master as Pool).query({ ...config, ...STATEMENT } as never);
  const connect = (): Promise<Pick<Pool, 'query'>> =>
    Promise.resolve({ query: query as Pool['query'] });
  return { queryRunner: { connect } } as unknown as EntityManager;
}
