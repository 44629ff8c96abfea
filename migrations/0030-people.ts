import type { MigrationInterface, QueryRunner } from 'typeorm';
import { forwardOnly } from './forward-only.js';

/**
 * People who do not sign in themselves: served at a counter, spoken for by a guardian, or on the way
 * to an account of their own. No name stands here, only ids and where a paper is kept.
 */
export class People1764000000030 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await this.#representation(runner);
    await this.#claim(runner);
    await runner.query(`
      ALTER TABLE access_log DROP CONSTRAINT access_log_ground_known;
      ALTER TABLE access_log ADD CONSTRAINT access_log_ground_known CHECK (ground IN (
        'roster', 'oversight', 'application', 'consent', 'share', 'file', 'counter', 'guardian',
        'none'));

      CREATE FUNCTION shred_of_people(p_bucket smallint, p_learner uuid) RETURNS void
        LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
      BEGIN
        DELETE FROM claim_code WHERE bucket = p_bucket AND learner_id = p_learner;
        UPDATE representation SET record = NULL
         WHERE bucket = p_bucket AND learner_id = p_learner AND record IS NOT NULL;
      END $$;
      COMMENT ON FUNCTION shred_of_people IS
        'Claim codes go, and what clerks wrote about papers; who acted for the person stays.';
    `);
  }

  async #representation(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE representation (
        bucket         smallint    NOT NULL,
        id             uuid        NOT NULL,
        learner_id     uuid        NOT NULL,
        kind           text        NOT NULL CONSTRAINT representation_kind_known
                         CHECK (kind IN ('counter', 'guardian')),
        account_id     uuid,
        guardian_id    uuid,
        acts           text[]      NOT NULL CHECK (cardinality(acts) > 0
                         AND acts <@ ARRAY['see', 'apply', 'share']),
        institution_id uuid        NOT NULL,
        recorded_by    uuid        NOT NULL,
        given          text        NOT NULL CONSTRAINT representation_given_known
                         CHECK (given IN ('signed-paper', 'spoken', 'evidence')),
        record         text,
        witness_id     uuid,
        begins_at      timestamptz NOT NULL,
        ends_at        timestamptz NOT NULL,
        PRIMARY KEY (bucket, id),
        CONSTRAINT representation_ends_after_begin CHECK (ends_at > begins_at),
        CONSTRAINT representation_by_one CHECK (
          (kind = 'counter') = (account_id IS NOT NULL)
          AND (kind = 'guardian') = (guardian_id IS NOT NULL)
          AND guardian_id IS DISTINCT FROM learner_id),
        CONSTRAINT representation_spoken_witnessed CHECK (
          (given = 'spoken') = (witness_id IS NOT NULL)
          AND witness_id IS DISTINCT FROM recorded_by)
      );
      CREATE INDEX representation_of_learner ON representation (bucket, learner_id);
      CREATE INDEX representation_of_guardian ON representation (guardian_id)
        WHERE guardian_id IS NOT NULL;
      CREATE TRIGGER representation_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
        ON representation FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('shreddable');
      COMMENT ON TABLE representation IS
        'Who may act for a learner, for what, on which ground and until when. Never longer than said.';
      COMMENT ON COLUMN representation.account_id IS 'The clerk who serves the learner at a counter.';
      COMMENT ON COLUMN representation.guardian_id IS
        'The learner account of the guardian of a minor; no foreign keys, it lives on another shard.';
      COMMENT ON COLUMN representation.record IS
        'Where the signed paper or the evidence is kept; emptied when the person is erased.';

      CREATE TABLE representation_end (
        bucket            smallint    NOT NULL,
        representation_id uuid        NOT NULL,
        actor             text        NOT NULL,
        institution_id    uuid,
        recorded_at       timestamptz NOT NULL,
        PRIMARY KEY (bucket, representation_id),
        FOREIGN KEY (bucket, representation_id) REFERENCES representation (bucket, id)
      );
      CREATE TRIGGER representation_end_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
        ON representation_end FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
      COMMENT ON TABLE representation_end IS 'Representations that were ended before their time.';
    `);
  }

  async #claim(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE claim_code (
        bucket         smallint    NOT NULL,
        learner_id     uuid        NOT NULL,
        code_hash      bytea       NOT NULL CHECK (octet_length(code_hash) = 32),
        issued_by      uuid        NOT NULL,
        institution_id uuid        NOT NULL,
        issued_at      timestamptz NOT NULL,
        expires_at     timestamptz NOT NULL,
        used_at        timestamptz,
        PRIMARY KEY (bucket, learner_id)
      );
      COMMENT ON TABLE claim_code IS
        'With which a learner claims the account that a school opened; a new code replaces the old.';
      COMMENT ON COLUMN claim_code.code_hash IS 'Keyed by a key outside the database.';
    `);
  }

  down(): Promise<void> {
    return forwardOnly();
  }
}
