import type { MigrationInterface, QueryRunner } from 'typeorm';
import { forwardOnly } from './forward-only.js';

const PARTITIONS = 16;

/**
 * Books that grow and can be proved. Entries spread over 16 partitions by bucket; a learner's are
 * found by the key alone, those of a posting by their place in time (BRIN). A posting carries the
 * hashes of its entries for the public log, and a row in `feed` until the log has them. Numbers of
 * kinds and accounts stay the positions in libs/double-entry.
 */
export class LedgerV21764000000011 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE entry RENAME TO entry_v1;
      ALTER TABLE entry_v1 RENAME CONSTRAINT entry_pkey TO entry_v1_pkey;
      ALTER TABLE posting RENAME TO posting_v1;
      ALTER TABLE posting_v1 RENAME CONSTRAINT posting_pkey TO posting_v1_pkey;

      CREATE TABLE entry (
        bucket          smallint    NOT NULL,
        learner_id      uuid        NOT NULL,
        lot_id          uuid        NOT NULL,
        lot_seq         int         NOT NULL,
        kind            smallint    NOT NULL CHECK (kind BETWEEN 0 AND 7),
        debit           smallint    NOT NULL CHECK (debit BETWEEN 0 AND 8),
        credit          smallint    NOT NULL CHECK (credit BETWEEN 0 AND 8),
        category_id     smallint    NOT NULL,
        settles_seq     int,
        posting_pos     int         NOT NULL,
        posting_id      uuid        NOT NULL,
        amount          bigint      NOT NULL,
        available_after bigint      NOT NULL,
        held_after      bigint      NOT NULL,
        recorded_at     timestamptz NOT NULL,
        issuer_id       uuid        NOT NULL,
        reference       uuid,
        expires_on      date,
        occurred_on     text        NOT NULL,
        rule_hash       bytea,
        commitment      bytea       NOT NULL,
        reason          text,
        programme       text,
        CONSTRAINT entry_pkey PRIMARY KEY (bucket, learner_id, lot_id, lot_seq)
          INCLUDE (category_id, debit, credit, amount),
        CONSTRAINT entry_amount_positive CHECK (amount > 0),
        CONSTRAINT entry_available_not_negative CHECK (available_after >= 0),
        CONSTRAINT entry_held_not_negative CHECK (held_after >= 0),
        CONSTRAINT entry_moves_between_accounts CHECK (debit <> credit),
        CONSTRAINT entry_first_is_deposit CHECK ((lot_seq = 0) = (kind = 0)),
        CONSTRAINT entry_deposit_is_whole CHECK (
          kind <> 0 OR (debit = 0 AND credit = 1 AND available_after = amount AND held_after = 0)),
        CONSTRAINT entry_scope_names_programme CHECK (
          (programme IS NOT NULL) = (debit >= 6 OR credit >= 6))
      ) PARTITION BY HASH (bucket);
      COMMENT ON TABLE entry IS 'One immutable movement of one lot. Append-only.';
      COMMENT ON COLUMN entry.programme IS
        'The programme in whose scope the credit moves; null when the movement counts anywhere.';
      -- Postings have time-ordered ids, so their entries lie together: a BRIN index finds them and
      -- costs the posting nothing.
      CREATE INDEX entry_of_posting ON entry USING brin (posting_id)
        WITH (pages_per_range = 32, autosummarize = on);

      CREATE TABLE posting (
        posting_id     uuid        NOT NULL,
        institution_id uuid,
        actor          text        NOT NULL,
        recorded_at    timestamptz NOT NULL,
        entries        int         NOT NULL CHECK (entries > 0),
        leaves         bytea       NOT NULL,
        CONSTRAINT posting_pkey PRIMARY KEY (posting_id),
        CONSTRAINT posting_leaf_per_entry CHECK (octet_length(leaves) = 32 * entries)
      ) PARTITION BY RANGE (posting_id);
      -- Hashes do not compress; trying costs time at every write.
      ALTER TABLE posting ALTER COLUMN leaves SET STORAGE EXTERNAL;
      COMMENT ON TABLE posting IS 'One row per transaction that wrote entries: who, when, how many.';
      COMMENT ON COLUMN posting.leaves IS
        'RFC 6962 leaf hashes of the posting''s entries, 32 bytes each, in posting_pos order.';
      CREATE TABLE posting_other PARTITION OF posting DEFAULT;

      CREATE TABLE feed (
        posting_id uuid PRIMARY KEY
      );
      COMMENT ON TABLE feed IS
        'Postings that the public log does not hold yet; the only ledger rows ever deleted.';
    `);
    await this.#guard(runner);
    await this.#door(runner);
    await this.#copy(runner);
    await this.#rename(runner);
  }

  down(): Promise<void> {
    return forwardOnly();
  }

  /** What no statement may do to the books, whoever sends it, and partitions that come later. */
  async #guard(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION make_append_only(part regclass) RETURNS void LANGUAGE plpgsql AS $$
      BEGIN
        -- Statement triggers of a partitioned table do not fire for its partitions.
        EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON %s
                        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', part);
      END $$;

      DO $$
      BEGIN
        FOR i IN 0..${PARTITIONS - 1} LOOP
          EXECUTE format('CREATE TABLE entry_%s PARTITION OF entry
            FOR VALUES WITH (MODULUS ${PARTITIONS}, REMAINDER %s)', lpad(i::text, 2, '0'), i);
          PERFORM make_append_only(format('entry_%s', lpad(i::text, 2, '0'))::regclass);
        END LOOP;
      END $$;
      SELECT make_append_only('entry'), make_append_only('posting'), make_append_only('posting_other');

      -- A later movement goes on from the one before it. The key keeps two rivals apart; this keeps
      -- a wrong sum out. Deposits, the bulk of all entries, pass without a call.
      CREATE FUNCTION entry_follows() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE before_it record;
      BEGIN
        SELECT available_after, held_after INTO before_it FROM entry
         WHERE bucket = NEW.bucket AND learner_id = NEW.learner_id AND lot_id = NEW.lot_id
           AND lot_seq = NEW.lot_seq - 1;
        IF NOT FOUND OR (
             NEW.available_after - before_it.available_after <>
               CASE WHEN NEW.credit = 1 THEN NEW.amount WHEN NEW.debit = 1 THEN -NEW.amount ELSE 0 END)
           OR (
             NEW.held_after - before_it.held_after <>
               CASE WHEN NEW.credit = 2 THEN NEW.amount WHEN NEW.debit = 2 THEN -NEW.amount ELSE 0 END)
        THEN
          RAISE EXCEPTION 'entry %.% does not follow from the one before it', NEW.lot_id, NEW.lot_seq
            USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_follows';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER entry_follows BEFORE INSERT ON entry
        FOR EACH ROW WHEN (NEW.lot_seq > 0) EXECUTE FUNCTION entry_follows();

      -- Ids of postings begin with their millisecond (UUIDv7), so a range of ids is a range of time.
      CREATE FUNCTION posting_id_at(moment timestamptz) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
        SELECT (lpad(to_hex((extract(epoch FROM moment) * 1000)::bigint), 12, '0')
                || repeat('0', 20))::uuid
      $$;
      CREATE FUNCTION ensure_posting_partition(year int) RETURNS void LANGUAGE plpgsql AS $$
      DECLARE
        name text := format('posting_%s', year);
        first uuid := posting_id_at(make_timestamptz(year, 1, 1, 0, 0, 0, 'UTC'));
        beyond uuid := posting_id_at(make_timestamptz(year + 1, 1, 1, 0, 0, 0, 'UTC'));
      BEGIN
        IF to_regclass(name) IS NOT NULL
           OR EXISTS (SELECT FROM posting_other WHERE posting_id >= first AND posting_id < beyond)
        THEN RETURN; END IF;
        EXECUTE format('CREATE TABLE %I PARTITION OF posting FOR VALUES FROM (%L) TO (%L)',
                       name, first, beyond);
        PERFORM make_append_only(name::regclass);
      END $$;
      COMMENT ON FUNCTION ensure_posting_partition IS
        'Makes a year''s partition of posting. Called at every start for this year and the next.';
      SELECT ensure_posting_partition(year)
        FROM generate_series(extract(year FROM now())::int, extract(year FROM now())::int + 1) AS year;
    `);
  }

  /** Opens lots in one round trip, with plans that a connection makes once. */
  async #door(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION post_deposits(
        p_posting uuid, p_institution uuid, p_actor text, p_recorded_at timestamptz, p_rule_hash bytea,
        p_reason text, p_leaves bytea, p_commitments bytea, p_lots uuid[], p_buckets smallint[],
        p_learners uuid[], p_categories smallint[], p_amounts bigint[], p_occurred text[],
        p_expires date[]
      ) RETURNS uuid[] LANGUAGE plpgsql AS $$
      DECLARE
        claimed uuid[];
        booked int;
        leaves bytea := p_leaves;
      BEGIN
        -- The guard: one external id of an institution is one lot of one learner, whatever races.
        -- In the order of the lots, so that files that share rows wait instead of deadlocking. Most
        -- files are new throughout, and trying that first halves the guard's cost: a conflict clause
        -- looks every lot up before it writes it. For one lot the way back costs more than that.
        IF cardinality(p_lots) > 1 THEN
          BEGIN
            INSERT INTO lot_owner (lot_id, bucket, learner_id)
            SELECT * FROM unnest(p_lots, p_buckets, p_learners) AS l(lot_id, bucket, learner_id)
             ORDER BY lot_id;
            claimed := p_lots;
          EXCEPTION WHEN unique_violation THEN
            claimed := NULL;
          END;
        END IF;
        IF claimed IS NULL THEN
          WITH owner AS (
            INSERT INTO lot_owner (lot_id, bucket, learner_id)
            SELECT * FROM unnest(p_lots, p_buckets, p_learners) AS l(lot_id, bucket, learner_id)
             ORDER BY lot_id
            ON CONFLICT (lot_id) DO NOTHING RETURNING lot_id)
          SELECT array_agg(lot_id) INTO claimed FROM owner;
        END IF;

        IF cardinality(claimed) = cardinality(p_lots) AND array_position(p_amounts, NULL) IS NULL THEN
          INSERT INTO entry (bucket, learner_id, lot_id, lot_seq, kind, debit, credit, category_id,
                 posting_pos, posting_id, amount, available_after, held_after, recorded_at, issuer_id,
                 expires_on, occurred_on, rule_hash, commitment, reason)
          SELECT bucket, learner_id, lot_id, 0, 0, 0, 1, category_id, ord - 1, p_posting, amount, amount,
                 0, p_recorded_at, p_institution, expires_on, occurred_on, p_rule_hash,
                 substring(p_commitments FROM (32 * ord - 31)::int FOR 32), p_reason
            FROM unnest(p_lots, p_buckets, p_learners, p_categories, p_amounts, p_occurred, p_expires)
                 WITH ORDINALITY AS l(lot_id, bucket, learner_id, category_id, amount, occurred_on,
                                      expires_on, ord);
          booked := cardinality(p_lots);
        ELSE
          -- Some lots are somebody's already, or earn no credit: the rest moves up. IS TRUE makes the
          -- planner hash the claimed ids instead of comparing every line with every one of them.
          WITH line AS (
            SELECT l.*, row_number() OVER (ORDER BY ord) - 1 AS pos
              FROM unnest(p_lots, p_buckets, p_learners, p_categories, p_amounts, p_occurred, p_expires)
                   WITH ORDINALITY AS l(lot_id, bucket, learner_id, category_id, amount, occurred_on,
                                        expires_on, ord)
             WHERE amount IS NOT NULL AND (lot_id IN (SELECT unnest(claimed))) IS TRUE
          ), deposit AS (
            INSERT INTO entry (bucket, learner_id, lot_id, lot_seq, kind, debit, credit, category_id,
                   posting_pos, posting_id, amount, available_after, held_after, recorded_at, issuer_id,
                   expires_on, occurred_on, rule_hash, commitment, reason)
            SELECT bucket, learner_id, lot_id, 0, 0, 0, 1, category_id, pos, p_posting, amount, amount,
                   0, p_recorded_at, p_institution, expires_on, occurred_on, p_rule_hash,
                   substring(p_commitments FROM (32 * ord - 31)::int FOR 32), p_reason
              FROM line)
          SELECT count(*),
                 string_agg(substring(p_leaves FROM (32 * ord - 31)::int FOR 32), ''::bytea ORDER BY pos)
            INTO booked, leaves FROM line;
        END IF;

        IF booked > 0 THEN
          INSERT INTO posting (posting_id, institution_id, actor, recorded_at, entries, leaves)
          VALUES (p_posting, p_institution, p_actor, p_recorded_at, booked, leaves);
          INSERT INTO feed (posting_id) VALUES (p_posting);
        END IF;
        IF cardinality(claimed) = cardinality(p_lots) THEN RETURN NULL; END IF;
        RETURN ARRAY(SELECT lot_id FROM unnest(p_lots) AS l(lot_id)
                      WHERE (lot_id IN (SELECT unnest(claimed))) IS NOT TRUE);
      END $$;
      COMMENT ON FUNCTION post_deposits IS
        'Opens the lots that nobody owns: owners, entries, posting with leaf hashes, feed of the log. '
        'Answers the lots that were known, of which nothing is written; null when all were new.';
    `);
  }

  /**
   * Lots have ids of another form from now on (`lotIdOf`): those of one run of external ids lie
   * together. What was posted before keeps its id and is known under the new one as well.
   */
  async #rename(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE lot_owner ADD COLUMN alias_of uuid;
      COMMENT ON COLUMN lot_owner.alias_of IS
        'The lot itself, when this id only leads to it: lots of the first schema have two ids.';
      INSERT INTO lot_owner (lot_id, bucket, learner_id, alias_of)
      SELECT (substr(near, 1, 12) || '8' || substr(own, 14, 3) || to_hex(8 + (('x' || substr(own, 17, 1))::bit(4)::int & 3))
              || substr(own, 18, 15))::uuid, bucket, learner_id, lot_id
        FROM (SELECT bucket, learner_id, lot_id,
                     encode(sha256(convert_to('lots|' || institution_id || '|' || left(external_id, -3), 'UTF8')), 'hex') AS near,
                     encode(sha256(convert_to('lot|' || institution_id || '|' || external_id, 'UTF8')), 'hex') AS own
                FROM learning_outcome) AS o;
    `);
  }

  /** What was booked before gets its hashes now, and enters the log like everything else. */
  async #copy(runner: QueryRunner): Promise<void> {
    await runner.query(`
      INSERT INTO entry (bucket, learner_id, lot_id, lot_seq, kind, debit, credit, category_id,
             settles_seq, posting_pos, posting_id, amount, available_after, held_after, recorded_at,
             issuer_id, reference, expires_on, occurred_on, rule_hash, commitment, reason)
      SELECT e.bucket, e.learner_id, e.lot_id, e.lot_seq, e.kind, e.debit, e.credit, e.category_id,
             e.settles_seq, e.posting_pos, e.posting_id, e.amount, e.available_after, e.held_after,
             date_trunc('milliseconds', p.recorded_at), e.issuer_id, e.reference, e.expires_on,
             e.occurred_on, e.rule_hash, e.commitment, nullif(replace(e.reason, E'\\n', ' '), '')
        FROM entry_v1 e JOIN posting_v1 p USING (posting_id)
       ORDER BY e.bucket, e.learner_id, e.lot_id, e.lot_seq;

      INSERT INTO posting (posting_id, institution_id, actor, recorded_at, entries, leaves)
      SELECT p.posting_id, p.institution_id, p.actor, e.recorded_at, count(*),
             string_agg(sha256('\\x00' || sha256(convert_to(concat_ws(E'\\n', 'creditbank-entry/v1',
               p.posting_id, to_char(e.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
               p.actor, coalesce(p.institution_id::text, ''), e.learner_id, e.lot_id, e.lot_seq, e.kind,
               e.debit, e.credit, e.amount, e.available_after, e.held_after,
               coalesce(e.settles_seq::text, ''), coalesce(e.reference::text, ''),
               coalesce(e.programme, ''), e.category_id, e.issuer_id, e.occurred_on,
               coalesce(to_char(e.expires_on, 'YYYY-MM-DD'), ''),
               coalesce(encode(e.rule_hash, 'hex'), ''), encode(e.commitment, 'hex'),
               coalesce(e.reason, '')), 'UTF8'))), ''::bytea ORDER BY e.posting_pos)
        FROM posting_v1 p JOIN entry e USING (posting_id)
       GROUP BY p.posting_id, p.institution_id, p.actor, e.recorded_at;

      INSERT INTO feed SELECT posting_id FROM posting;
      DROP TABLE entry_v1;
      DROP TABLE posting_v1;
    `);
  }
}
