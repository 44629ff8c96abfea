import type { MigrationInterface, QueryRunner } from 'typeorm';
import { forwardOnly } from './forward-only.js';

/**
 * What admissions offices ask and are answered. What was answered about whom stays; the lists that
 * offices send, and the answers as a file, are sealed under a key of their own and go after a week.
 */
export class Equivalence1764000000038 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await this.#quotas(runner);
    await this.#batches(runner);
    await this.#answers(runner);
    await this.#queries(runner);
    await this.#ground(runner);
    await this.#shredding(runner);
  }

  down(): Promise<void> {
    return forwardOnly();
  }

  async #quotas(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE equivalence_quota (
        id             uuid        PRIMARY KEY,
        institution_id uuid        NOT NULL REFERENCES institution (id),
        rows_per_day   int         NOT NULL CHECK (rows_per_day BETWEEN 0 AND 5000),
        actor          text        NOT NULL,
        recorded_at    timestamptz NOT NULL
      );
      CREATE INDEX equivalence_quota_of_office ON equivalence_quota (institution_id, id DESC);
      CREATE TRIGGER equivalence_quota_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
        ON equivalence_quota FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
      COMMENT ON TABLE equivalence_quota IS
        'How many people an office may ask about in a day; of several the newest counts.';

      CREATE TABLE equivalence_use (
        institution_id uuid NOT NULL,
        day            date NOT NULL,
        used           int  NOT NULL CHECK (used >= 0),
        PRIMARY KEY (institution_id, day)
      );
      COMMENT ON TABLE equivalence_use IS
        'Counted in one statement with the comparison, so that no race asks more than the quota.';
    `);
  }

  async #batches(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE equivalence_batch (
        id             uuid        PRIMARY KEY,
        institution_id uuid        NOT NULL REFERENCES institution (id),
        actor          text        NOT NULL,
        roles          text[]      NOT NULL,
        network        text        NOT NULL,
        file_name      text        NOT NULL,
        programme      text,
        on_day         date        NOT NULL,
        state          text        NOT NULL CONSTRAINT equivalence_batch_state_known
                         CHECK (state IN ('queued', 'running', 'done', 'failed', 'destroyed')),
        problem        jsonb,
        rows_total     int,
        wrapped_key    bytea       NOT NULL,
        file_sealed    bytea,
        result_sealed  bytea,
        created_at     timestamptz NOT NULL,
        started_at     timestamptz,
        ended_at       timestamptz,
        destroy_at     timestamptz NOT NULL,
        CONSTRAINT equivalence_batch_result_whole
          CHECK ((state = 'done') = (result_sealed IS NOT NULL))
      );
      CREATE INDEX equivalence_batch_of_office ON equivalence_batch (institution_id, id DESC);
      CREATE INDEX equivalence_batch_open ON equivalence_batch (id)
        WHERE state IN ('queued', 'running');
      CREATE INDEX equivalence_batch_kept ON equivalence_batch (destroy_at)
        WHERE state <> 'destroyed';
      COMMENT ON COLUMN equivalence_batch.roles IS
        'Of whoever sent it, at that moment: the queue reads with no more right than that.';

      CREATE TABLE equivalence_row (
        batch_id      uuid  NOT NULL REFERENCES equivalence_batch (id) ON DELETE CASCADE,
        position      int   NOT NULL,
        asked_sealed  bytea NOT NULL,
        answer_sealed bytea,
        status        text  CONSTRAINT equivalence_row_status_known
                        CHECK (status IN ('matched', 'not-matched', 'not-checked')),
        bucket        smallint,
        learner_id    uuid,
        PRIMARY KEY (batch_id, position),
        CONSTRAINT equivalence_row_answer_whole
          CHECK ((status IS NULL) = (answer_sealed IS NULL))
      );
      CREATE INDEX equivalence_row_of_learner ON equivalence_row (bucket, learner_id)
        WHERE learner_id IS NOT NULL;
      COMMENT ON COLUMN equivalence_row.learner_id IS
        'Whom the row was found to speak of, also where the office was shown nothing: so that it can '
        'be destroyed with the person.';
    `);
  }

  async #answers(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE equivalence_answer (
        bucket         smallint    NOT NULL,
        id             uuid        NOT NULL,
        learner_id     uuid        NOT NULL,
        institution_id uuid        NOT NULL,
        actor          text        NOT NULL,
        batch_id       uuid,
        programme      text        NOT NULL,
        on_day         date        NOT NULL,
        status         text        NOT NULL CONSTRAINT equivalence_answer_status_known
                         CHECK (status IN ('matched', 'not-matched')),
        rule_hash      bytea       NOT NULL CHECK (octet_length(rule_hash) = 32),
        decision_hash  bytea       NOT NULL CHECK (octet_length(decision_hash) = 32),
        missing        jsonb,
        schools        text[]      NOT NULL,
        recorded_at    timestamptz NOT NULL,
        PRIMARY KEY (bucket, id)
      );
      CREATE INDEX equivalence_answer_of_learner ON equivalence_answer (bucket, learner_id);
      CREATE TRIGGER equivalence_answer_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
        ON equivalence_answer FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('shreddable');
      COMMENT ON COLUMN equivalence_answer.schools IS
        'Codes of the institutions whose outcomes the answer rests on; only they can be asked.';
    `);
  }

  async #queries(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE equivalence_number (
        year int PRIMARY KEY,
        last int NOT NULL CHECK (last > 0)
      );
      COMMENT ON TABLE equivalence_number IS 'The last number that a query of the year was given.';

      CREATE TABLE equivalence_query (
        bucket         smallint    NOT NULL,
        id             uuid        NOT NULL,
        number         text        NOT NULL,
        learner_id     uuid        NOT NULL,
        answer_id      uuid        NOT NULL,
        institution_id uuid        NOT NULL,
        school_id      uuid        NOT NULL,
        programme      text        NOT NULL,
        on_day         date        NOT NULL,
        missing        jsonb,
        created_at     timestamptz NOT NULL,
        PRIMARY KEY (bucket, id),
        FOREIGN KEY (bucket, answer_id) REFERENCES equivalence_answer (bucket, id),
        CONSTRAINT equivalence_query_once UNIQUE (bucket, answer_id, school_id)
      );
      CREATE INDEX equivalence_query_of_office ON equivalence_query (institution_id, id DESC);
      CREATE INDEX equivalence_query_of_school ON equivalence_query (school_id, id DESC);
      CREATE INDEX equivalence_query_of_learner ON equivalence_query (bucket, learner_id);
      CREATE TRIGGER equivalence_query_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
        ON equivalence_query FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('shreddable');

      CREATE TABLE equivalence_query_event (
        bucket         smallint    NOT NULL,
        query_id       uuid        NOT NULL,
        seq            int         NOT NULL CHECK (seq > 0),
        action         text        NOT NULL CONSTRAINT equivalence_query_event_action_known
                         CHECK (action IN ('ask', 'answer', 'ask-again', 'close', 'remind')),
        finding        text        CONSTRAINT equivalence_query_event_finding_known
                         CHECK (finding IN ('record-complete', 'record-corrected', 'cannot-tell')),
        words          text,
        due_on         date,
        actor          text        NOT NULL,
        institution_id uuid,
        recorded_at    timestamptz NOT NULL,
        PRIMARY KEY (bucket, query_id, seq),
        FOREIGN KEY (bucket, query_id) REFERENCES equivalence_query (bucket, id),
        CONSTRAINT equivalence_query_event_finding_of_answer
          CHECK ((action = 'answer') = (finding IS NOT NULL)),
        CONSTRAINT equivalence_query_event_promise_of_question
          CHECK ((action IN ('ask', 'ask-again')) = (due_on IS NOT NULL))
      );
      CREATE TRIGGER equivalence_query_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
        ON equivalence_query_event FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('shreddable');
    `);
  }

  async #ground(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE access_log
        DROP CONSTRAINT access_log_ground_known,
        ADD CONSTRAINT access_log_ground_known CHECK (ground IN (
          'roster', 'oversight', 'application', 'consent', 'share', 'file', 'counter', 'guardian',
          'query', 'none'));
      COMMENT ON COLUMN access_log.reference IS
        'The consent, share, application, file, counter session, guardianship or query it rests on.';
    `);
  }

  async #shredding(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION shred_of_equivalence(p_bucket smallint, p_learner uuid) RETURNS void
        LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = public, pg_temp
      AS $$
      DECLARE
        files uuid[];
      BEGIN
        UPDATE equivalence_answer SET missing = NULL, schools = '{}'
         WHERE bucket = p_bucket AND learner_id = p_learner;
        UPDATE equivalence_query_event e SET words = NULL FROM equivalence_query q
         WHERE q.bucket = p_bucket AND q.learner_id = p_learner
           AND e.bucket = q.bucket AND e.query_id = q.id;
        UPDATE equivalence_query SET missing = NULL
         WHERE bucket = p_bucket AND learner_id = p_learner;

        -- A file is sealed as a whole: who stands in it goes with all of it.
        SELECT array_agg(DISTINCT batch_id) INTO files FROM equivalence_row
         WHERE bucket = p_bucket AND learner_id = p_learner;
        DELETE FROM equivalence_row WHERE batch_id = ANY(files);
        UPDATE equivalence_batch SET state = 'destroyed', wrapped_key = '\\x', file_name = '',
               file_sealed = NULL, result_sealed = NULL, ended_at = coalesce(ended_at, now())
         WHERE id = ANY(files);
      END $$;
      COMMENT ON FUNCTION shred_of_equivalence IS
        'Destroys what admissions offices asked and were told about a person, but that they asked.';
    `);
  }
}
