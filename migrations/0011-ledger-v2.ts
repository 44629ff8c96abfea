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
    await this.#copy(runner);
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
