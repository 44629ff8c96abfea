import type { MigrationInterface, QueryRunner } from 'typeorm';
import { forwardOnly } from './forward-only.js';

/**
 * The books. Every key of a learner's rows begins with the bucket and the learner, so that the
 * same schema can be spread over several servers. Numbers of kinds and accounts are the positions
 * in `ENTRY_KINDS` and `ACCOUNTS` of libs/double-entry and never change.
 */
export class Ledger1764000000005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE posting (
        posting_id     uuid        PRIMARY KEY,
        institution_id uuid,
        actor          text        NOT NULL,
        recorded_at    timestamptz NOT NULL DEFAULT now(),
        entries        int         NOT NULL CHECK (entries > 0)
      );
      COMMENT ON TABLE posting IS 'One row per transaction that wrote entries: who, when, how many.';

      CREATE TABLE entry (
        bucket          smallint    NOT NULL,
        learner_id      uuid        NOT NULL,
        lot_id          uuid        NOT NULL,
        lot_seq         int         NOT NULL,
        kind            smallint    NOT NULL CHECK (kind BETWEEN 0 AND 6),
        debit           smallint    NOT NULL CHECK (debit BETWEEN 0 AND 5),
        credit          smallint    NOT NULL CHECK (credit BETWEEN 0 AND 5),
        category_id     smallint    NOT NULL,
        settles_seq     int,
        posting_pos     int         NOT NULL,
        posting_id      uuid        NOT NULL,
        amount          bigint      NOT NULL,
        available_after bigint      NOT NULL,
        held_after      bigint      NOT NULL,
        recorded_at     timestamptz NOT NULL DEFAULT now(),
        issuer_id       uuid        NOT NULL,
        reference       uuid,
        expires_on      date,
        occurred_on     text        NOT NULL,
        rule_hash       bytea,
        commitment      bytea       NOT NULL,
        reason          text,
        CONSTRAINT entry_pkey PRIMARY KEY (bucket, learner_id, lot_id, lot_seq)
          INCLUDE (category_id, debit, credit, amount),
        CONSTRAINT entry_amount_positive CHECK (amount > 0),
        CONSTRAINT entry_available_not_negative CHECK (available_after >= 0),
        CONSTRAINT entry_held_not_negative CHECK (held_after >= 0),
        CONSTRAINT entry_moves_between_accounts CHECK (debit <> credit),
        CONSTRAINT entry_first_is_deposit CHECK ((lot_seq = 0) = (kind = 0)),
        CONSTRAINT entry_deposit_is_whole CHECK (
          kind <> 0 OR (debit = 0 AND credit = 1 AND available_after = amount AND held_after = 0))
      );
      CREATE INDEX entry_statement ON entry (bucket, learner_id, recorded_at, lot_id, lot_seq);
      CREATE INDEX entry_reference ON entry (reference) WHERE reference IS NOT NULL;
      COMMENT ON TABLE entry IS 'One immutable movement of one lot. Append-only.';

      CREATE TABLE lot_owner (
        lot_id     uuid     PRIMARY KEY,
        bucket     smallint NOT NULL,
        learner_id uuid     NOT NULL
      );
      COMMENT ON TABLE lot_owner IS
        'One external id of an institution, one credit of one learner; and the way from lot to learner.';

      CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'ledger rows are append-only (% on %)', TG_OP, TG_TABLE_NAME
          USING ERRCODE = '0A000';
      END $$;
      CREATE TRIGGER posting_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON posting
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
      CREATE TRIGGER entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON entry
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
      CREATE TRIGGER lot_owner_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON lot_owner
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
    `);
  }

  down(): Promise<void> {
    return forwardOnly();
  }
}
