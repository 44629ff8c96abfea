import type { MigrationInterface, QueryRunner } from 'typeorm';
import { forwardOnly } from './forward-only.js';

/**
 * Whose data it is: who read it, who may, and the way out. Nothing here names a person; what an
 * erased person leaves is an id that leads nowhere.
 */
export class Privacy1764000000026 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await this.#access(runner);
    await this.#consent(runner);
    await this.#erasure(runner);
    await this.#shredding(runner);
  }

  down(): Promise<void> {
    return forwardOnly();
  }

  async #access(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE access_log (
        bucket         smallint    NOT NULL,
        learner_id     uuid        NOT NULL,
        seq            int         NOT NULL CHECK (seq > 0),
        reader         text        NOT NULL,
        institution_id uuid,
        purpose        text        NOT NULL,
        fields         text[]      NOT NULL CHECK (cardinality(fields) > 0),
        ground         text        NOT NULL CONSTRAINT access_log_ground_known CHECK (ground IN (
                         'roster', 'oversight', 'application', 'consent', 'share', 'none')),
        reference      uuid,
        recorded_at    timestamptz NOT NULL,
        hash           bytea       NOT NULL CHECK (octet_length(hash) = 32),
        PRIMARY KEY (bucket, learner_id, seq)
      );
      CREATE TRIGGER access_log_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
        ON access_log FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
      COMMENT ON TABLE access_log IS
        'Every read of a person''s data by somebody else. A chain for each person: a line that is '
        'changed or missing in the middle no longer fits.';
      COMMENT ON COLUMN access_log.ground IS
        'Why it was shown; none: somebody asked without a right, and nothing was shown.';
      COMMENT ON COLUMN access_log.reference IS 'The consent, share or application it rests on.';
    `);
  }

  async #consent(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE consent (
        bucket      smallint    NOT NULL,
        id          uuid        NOT NULL,
        learner_id  uuid        NOT NULL,
        receiver_id uuid        NOT NULL,
        purpose     text        NOT NULL,
        fields      text[]      NOT NULL CHECK (cardinality(fields) > 0),
        is_once     boolean     NOT NULL,
        created_at  timestamptz NOT NULL,
        ends_at     timestamptz NOT NULL,
        PRIMARY KEY (bucket, id),
        CONSTRAINT consent_ends_after_start CHECK (ends_at > created_at)
      );
      CREATE INDEX consent_of_learner ON consent (bucket, learner_id, receiver_id);
      COMMENT ON TABLE consent IS
        'What a learner lets a receiver see. It stands as given; what became of it are its events.';

      CREATE TABLE consent_event (
        bucket         smallint    NOT NULL,
        consent_id     uuid        NOT NULL,
        action         text        NOT NULL CONSTRAINT consent_event_action_known
                         CHECK (action IN ('given', 'spent', 'withdrawn')),
        actor          text        NOT NULL,
        institution_id uuid,
        record         text,
        recorded_at    timestamptz NOT NULL,
        PRIMARY KEY (bucket, consent_id, action),
        FOREIGN KEY (bucket, consent_id) REFERENCES consent (bucket, id)
      );
      COMMENT ON COLUMN consent_event.record IS
        'Of a consent given at a counter: where the signed paper is kept.';
      COMMENT ON CONSTRAINT consent_event_pkey ON consent_event IS
        'Once each: of two readers of a one-time consent one finds it spent.';
      CREATE TRIGGER consent_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
        ON consent_event FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

      -- For the walls between tenants. A one-time consent is spent before what it shows is read, so
      -- the wall looks only whether it was withdrawn.
      CREATE FUNCTION is_consented(of_bucket smallint, of_learner uuid) RETURNS boolean
        LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
      BEGIN
        RETURN EXISTS (
          SELECT FROM consent c
           WHERE c.bucket = of_bucket AND c.learner_id = of_learner
             AND c.receiver_id = nullif(current_setting('creditbank.institution', true), '')::uuid
             AND c.ends_at > now()
             AND NOT EXISTS (SELECT FROM consent_event e WHERE e.bucket = c.bucket
                                AND e.consent_id = c.id AND e.action = 'withdrawn'));
      END $$;
    `);
  }

  async #erasure(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE learner_person ADD COLUMN frozen_at timestamptz;
      COMMENT ON COLUMN learner_person.frozen_at IS
        'Since then nothing is shown, shared, counted or posted; the row goes when the period ends.';
      CREATE INDEX learner_person_frozen ON learner_person (frozen_at) WHERE frozen_at IS NOT NULL;

      CREATE TABLE erasure_event (
        bucket         smallint    NOT NULL,
        learner_id     uuid        NOT NULL,
        seq            int         NOT NULL,
        action         text        NOT NULL CONSTRAINT erasure_event_action_known
                         CHECK (action IN ('requested', 'cancelled', 'shredded')),
        ground         text,
        actor          text        NOT NULL,
        institution_id uuid,
        due_at         timestamptz,
        recorded_at    timestamptz NOT NULL,
        PRIMARY KEY (bucket, learner_id, seq),
        CONSTRAINT erasure_event_request_whole CHECK (
          (action = 'requested') = (ground IS NOT NULL AND due_at IS NOT NULL))
      );
      CREATE INDEX erasure_event_shredded ON erasure_event (recorded_at, learner_id)
        WHERE action = 'shredded';
      COMMENT ON TABLE erasure_event IS 'Who asked for what, when and on which legal ground. No name.';
      CREATE TRIGGER erasure_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
        ON erasure_event FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

      CREATE TABLE erased_lot (
        lot_id uuid PRIMARY KEY
      );
      COMMENT ON TABLE erased_lot IS
        'Credit whose person is gone: a file that is sent again must not bring the person back.';

      ALTER TABLE import_file ADD COLUMN contents_destroyed_at timestamptz;
      CREATE INDEX share_code_of_share ON share_code (bucket, share_id);
    `);
  }

  /** One function, because a restore has to do the same before any feature runs. */
  async #shredding(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        -- What people wrote about an erased person goes; that they wrote something, and when, stays.
        IF TG_OP = 'UPDATE' AND current_setting('creditbank.shredding', true) = 'on'
           AND TG_TABLE_NAME IN ('application_event', 'application_vote', 'application_appeal',
                                 'outcome_revocation', 'finding')
        THEN RETURN NULL; END IF;
        RAISE EXCEPTION 'ledger rows are append-only (% on %)', TG_OP, TG_TABLE_NAME
          USING ERRCODE = '0A000';
      END $$;

      CREATE FUNCTION shred_learner(p_bucket smallint, p_learner uuid) RETURNS void
        LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = public, pg_temp
      AS $$
      DECLARE
        frozen timestamptz;
        files uuid[];
      BEGIN
        SELECT coalesce(frozen_at, now()) INTO frozen FROM learner_person
         WHERE bucket = p_bucket AND learner_id = p_learner;

        INSERT INTO erased_lot SELECT lot_id FROM learning_outcome
         WHERE bucket = p_bucket AND learner_id = p_learner ON CONFLICT DO NOTHING;

        -- Files of the schools that named the person, read to their end before the request: any of
        -- them may hold the row, posted or refused.
        SELECT array_agg(f.id) INTO files FROM import_file f
         WHERE f.contents_destroyed_at IS NULL AND f.state IN ('checked', 'committed', 'failed')
           AND f.created_at <= frozen
           AND f.institution_id IN (SELECT institution_id FROM learner_institution
                                     WHERE bucket = p_bucket AND learner_id = p_learner);
        DELETE FROM import_chunk WHERE import_id = ANY(files);
        UPDATE import_file SET contents_destroyed_at = now(), wrapped_key = '\\x', file_name = '',
               state = CASE state WHEN 'checked' THEN 'failed' ELSE state END,
               problem = CASE state WHEN 'checked' THEN '{"code": "import-destroyed"}' ELSE problem END
         WHERE id = ANY(files);

        DELETE FROM learner_identity WHERE bucket = p_bucket AND learner_id = p_learner;
        DELETE FROM learner_institution WHERE bucket = p_bucket AND learner_id = p_learner;
        DELETE FROM learner_person WHERE bucket = p_bucket AND learner_id = p_learner;
        DELETE FROM recorded_exemption WHERE bucket = p_bucket AND learner_id = p_learner;
        DELETE FROM learning_outcome WHERE bucket = p_bucket AND learner_id = p_learner;

        DELETE FROM share_code WHERE bucket = p_bucket AND share_id IN (
          SELECT id FROM share WHERE bucket = p_bucket AND learner_id = p_learner);
        UPDATE share SET wrapped_key = '\\x', code_sealed = '\\x', purpose = '', receiver = NULL,
               revoked_at = coalesce(revoked_at, now())
         WHERE bucket = p_bucket AND learner_id = p_learner;
        UPDATE consent SET purpose = '' WHERE bucket = p_bucket AND learner_id = p_learner;

        PERFORM set_config('creditbank.shredding', 'on', true);
        UPDATE application SET wrapped_key = '\\x'
         WHERE bucket = p_bucket AND learner_id = p_learner;
        UPDATE application_event e SET note = NULL FROM application a
         WHERE a.bucket = p_bucket AND a.learner_id = p_learner
           AND e.bucket = a.bucket AND e.application_id = a.id AND e.note IS NOT NULL;
        UPDATE application_vote v SET note = '' FROM application a
         WHERE a.bucket = p_bucket AND a.learner_id = p_learner
           AND v.bucket = a.bucket AND v.application_id = a.id AND v.note IS NOT NULL;
        UPDATE application_appeal p SET reason = '' FROM application a
         WHERE a.bucket = p_bucket AND a.learner_id = p_learner
           AND p.bucket = a.bucket AND p.application_id = a.id;
        UPDATE outcome_revocation SET reason = '', appeal = CASE WHEN appeal IS NOT NULL THEN '' END
         WHERE bucket = p_bucket AND learner_id = p_learner;
        PERFORM set_config('creditbank.shredding', 'off', true);

        DELETE FROM session WHERE account_id IN (SELECT id FROM account WHERE learner_id = p_learner);
        DELETE FROM one_time_code_factor
         WHERE account_id IN (SELECT id FROM account WHERE learner_id = p_learner);
        DELETE FROM recovery_code
         WHERE account_id IN (SELECT id FROM account WHERE learner_id = p_learner);
        DELETE FROM passkey_challenge
         WHERE account_id IN (SELECT id FROM account WHERE learner_id = p_learner);
        DELETE FROM passkey WHERE account_id IN (SELECT id FROM account WHERE learner_id = p_learner);
        DELETE FROM provider_identity
         WHERE account_id IN (SELECT id FROM account WHERE learner_id = p_learner);
        UPDATE account SET sign_in_name = 'erased-' || id, display_name = '', password_hash = NULL,
               disabled_at = coalesce(disabled_at, now())
         WHERE learner_id = p_learner;
      END $$;
      COMMENT ON FUNCTION shred_learner IS
        'Destroys what leads back to a person. Whoever adds a table about learners extends it.';
    `);
  }
}
