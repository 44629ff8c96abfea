import type { MigrationInterface, QueryRunner } from 'typeorm';
import { forwardOnly } from './forward-only.js';

/**
 * From an application over its decision to its booking. An application changes its state; what was
 * decided, found, granted and done is append-only.
 */
export class Conversions1764000000009 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE application (
        bucket                 smallint    NOT NULL,
        id                     uuid        NOT NULL,
        learner_id             uuid        NOT NULL,
        programme              text        NOT NULL,
        institution_id         uuid        NOT NULL,
        state                  text        NOT NULL CONSTRAINT application_state_known CHECK (state IN (
                                 'submitted', 'evaluating', 'in-review', 'booked', 'rejected',
                                 'returned', 'withdrawn', 'refused')),
        on_day                 date        NOT NULL,
        requested_by           text        NOT NULL,
        requesting_institution uuid,
        wrapped_key            bytea       NOT NULL,
        created_at             timestamptz NOT NULL DEFAULT now(),
        changed_at             timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (bucket, id)
      );
      CREATE INDEX application_of_learner ON application (bucket, learner_id, id);
      CREATE INDEX application_of_institution ON application (institution_id, id);
      COMMENT ON COLUMN application.institution_id IS 'The receiving institution: it decides.';
      COMMENT ON COLUMN application.requesting_institution IS
        'The institution that asked on the learner''s behalf; null when the learner asked.';
      COMMENT ON COLUMN application.wrapped_key IS
        'Opens the facts its decisions were made from; destroyed on erasure.';

      -- The way from a caller's key to what it made. Keyed by the key alone, because a key that comes
      -- again with another learner must still be recognised; therefore without a bucket.
      CREATE TABLE application_request (
        key_hash       bytea       PRIMARY KEY CHECK (octet_length(key_hash) = 32),
        request_hash   bytea       NOT NULL CHECK (octet_length(request_hash) = 32),
        application_id uuid        NOT NULL,
        created_at     timestamptz NOT NULL DEFAULT now()
      );

      CREATE TABLE application_event (
        bucket            smallint    NOT NULL,
        application_id    uuid        NOT NULL,
        seq               int         NOT NULL,
        action            text        NOT NULL,
        state             text        NOT NULL,
        actor             text        NOT NULL,
        actor_institution uuid,
        note              text,
        recorded_at       timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (bucket, application_id, seq),
        FOREIGN KEY (bucket, application_id) REFERENCES application (bucket, id)
      );
      COMMENT ON COLUMN application_event.state IS 'The state the action led to.';

      CREATE TABLE decision (
        bucket         smallint    NOT NULL,
        application_id uuid        NOT NULL,
        seq            int         NOT NULL,
        document       text        NOT NULL,
        hash           bytea       NOT NULL CHECK (octet_length(hash) = 32),
        rule_hash      bytea       NOT NULL CHECK (octet_length(rule_hash) = 32),
        facts_sealed   bytea       NOT NULL,
        recorded_at    timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (bucket, application_id, seq),
        FOREIGN KEY (bucket, application_id) REFERENCES application (bucket, id)
      );
      COMMENT ON COLUMN decision.document IS 'Canonical JSON; hash is its SHA-256.';
      COMMENT ON COLUMN decision.facts_sealed IS
        'What was known of the learner, canonical JSON: evaluated again it gives the same document.';

      CREATE TABLE booked_grant (
        bucket         smallint    NOT NULL,
        application_id uuid        NOT NULL,
        pos            int         NOT NULL,
        learner_id     uuid        NOT NULL,
        programme      text        NOT NULL,
        rule           text        NOT NULL,
        effect         text        NOT NULL,
        course         text,
        millicredits   bigint      NOT NULL CHECK (millicredits >= 0),
        document       text        NOT NULL,
        recorded_at    timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (bucket, application_id, pos),
        FOREIGN KEY (bucket, application_id) REFERENCES application (bucket, id)
      );
      CREATE INDEX booked_grant_of_learner ON booked_grant (bucket, learner_id);
      COMMENT ON TABLE booked_grant IS
        'What booked decisions gave: fills courses and caps for every later decision.';
      COMMENT ON COLUMN booked_grant.document IS 'The grant as the decision states it.';

      CREATE TABLE finding (
        bucket         smallint    NOT NULL,
        learner_id     uuid        NOT NULL,
        id             uuid        NOT NULL,
        programme      text        NOT NULL,
        lot_id         uuid        NOT NULL,
        course         text,
        what           text        NOT NULL,
        value          text        NOT NULL,
        institution_id uuid        NOT NULL,
        actor          text        NOT NULL,
        recorded_at    timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (bucket, learner_id, id)
      );
      COMMENT ON TABLE finding IS
        'What a person at the receiving institution judged, for example content overlap in percent. '
        'The newest about a lot and course counts.';

      CREATE TRIGGER application_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
        ON application_event FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
      CREATE TRIGGER decision_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
        ON decision FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
      CREATE TRIGGER booked_grant_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
        ON booked_grant FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
      CREATE TRIGGER finding_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
        ON finding FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
    `);
  }

  down(): Promise<void> {
    return forwardOnly();
  }
}
