import type { MigrationInterface, QueryRunner } from 'typeorm';
import { forwardOnly } from './forward-only.js';

/**
 * What learners ask schools: why something is missing or wrong. It lives as what offices ask does. What
 * people write is sealed under a key of each query's own, from now on for offices as well.
 */
export class LearnerQueries1764000000044 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE query_key (
        bucket      smallint NOT NULL,
        query_id    uuid     NOT NULL,
        learner_id  uuid     NOT NULL,
        wrapped_key bytea    NOT NULL,
        PRIMARY KEY (bucket, query_id)
      );
      CREATE INDEX query_key_of_learner ON query_key (bucket, learner_id);
      COMMENT ON TABLE query_key IS
        'Opens the words of a query, of an office or of a learner; gone once the learner is erased.';

      COMMENT ON TABLE equivalence_number IS
        'The last number that a query of the year was given, whoever asked.';

      ALTER TABLE equivalence_query_event ADD COLUMN outcome_id uuid;

      CREATE TABLE learner_query (
        bucket       smallint    NOT NULL,
        id           uuid        NOT NULL,
        number       text        NOT NULL,
        learner_id   uuid        NOT NULL,
        school_id    uuid        NOT NULL REFERENCES institution (id),
        kind         text        NOT NULL CONSTRAINT learner_query_kind_known
                       CHECK (kind IN ('outcome', 'missing')),
        outcome_id   uuid,
        outcome_code text,
        course       text,
        on_day       date,
        created_at   timestamptz NOT NULL,
        PRIMARY KEY (bucket, id)
      );
      CREATE INDEX learner_query_of_school ON learner_query (school_id, id DESC);
      CREATE INDEX learner_query_of_learner ON learner_query (bucket, learner_id);
      CREATE TRIGGER learner_query_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
        ON learner_query FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('shreddable');
      COMMENT ON COLUMN learner_query.course IS
        'What is missing in the words of the learner, sealed.';

      CREATE TABLE learner_query_event (
        bucket         smallint    NOT NULL,
        query_id       uuid        NOT NULL,
        seq            int         NOT NULL CHECK (seq > 0),
        action         text        NOT NULL CONSTRAINT learner_query_event_action_known
                         CHECK (action IN ('ask', 'answer', 'ask-again', 'close', 'remind')),
        finding        text        CONSTRAINT learner_query_event_finding_known
                         CHECK (finding IN ('record-complete', 'record-corrected', 'cannot-tell')),
        words          text,
        due_on         date,
        outcome_id     uuid,
        actor          text        NOT NULL,
        institution_id uuid,
        recorded_at    timestamptz NOT NULL,
        PRIMARY KEY (bucket, query_id, seq),
        FOREIGN KEY (bucket, query_id) REFERENCES learner_query (bucket, id),
        CONSTRAINT learner_query_event_finding_of_answer
          CHECK ((action = 'answer') = (finding IS NOT NULL)),
        CONSTRAINT learner_query_event_promise_of_question
          CHECK ((action IN ('ask', 'ask-again')) = (due_on IS NOT NULL)),
        CONSTRAINT learner_query_event_outcome_of_answer
          CHECK (outcome_id IS NULL OR action = 'answer')
      );
      CREATE TRIGGER learner_query_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
        ON learner_query_event FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('shreddable');
    `);
    await runner.query(`
      CREATE FUNCTION shred_of_queries(p_bucket smallint, p_learner uuid) RETURNS void
        LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = public, pg_temp
      AS $$
      BEGIN
        DELETE FROM query_key WHERE bucket = p_bucket AND learner_id = p_learner;
        UPDATE learner_query_event e SET words = NULL, outcome_id = NULL FROM learner_query q
         WHERE q.bucket = p_bucket AND q.learner_id = p_learner
           AND e.bucket = q.bucket AND e.query_id = q.id;
        UPDATE learner_query
           SET outcome_id = NULL, outcome_code = NULL, course = NULL, on_day = NULL
         WHERE bucket = p_bucket AND learner_id = p_learner;
      END $$;
      COMMENT ON FUNCTION shred_of_queries IS
        'Destroys what a person asked schools and was answered, but that the person asked.';
    `);
  }

  down(): Promise<void> {
    return forwardOnly();
  }
}
