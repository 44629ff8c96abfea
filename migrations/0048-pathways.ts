import type { MigrationInterface, QueryRunner } from 'typeorm';
import { forwardOnly } from './forward-only.js';

/**
 * Pathways of several stages at paired institutions, and what happens to learners in them: events
 * that are only ever added, each with the outcomes on which it rests. Where a learner stands is
 * computed from them.
 */
export class Pathways1764000000048 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE pathway (
        id           uuid        PRIMARY KEY,
        code         text        NOT NULL,
        version      int         NOT NULL CHECK (version > 0),
        document     jsonb       NOT NULL,
        hash         bytea       NOT NULL CHECK (octet_length(hash) = 32),
        sender_id    uuid        NOT NULL REFERENCES institution (id),
        receiver_id  uuid        NOT NULL REFERENCES institution (id),
        published_by text        NOT NULL,
        published_at timestamptz NOT NULL,
        CONSTRAINT pathway_version_once UNIQUE (code, version)
      );
      SELECT make_append_only('pathway');
      COMMENT ON TABLE pathway IS
        'A published version of a pathway; who joined it stays in it when a newer one comes.';
      COMMENT ON COLUMN pathway.sender_id IS 'Where the first stage is studied.';
      COMMENT ON COLUMN pathway.receiver_id IS 'Where the last stage is studied.';

      CREATE TABLE pathway_enrolment (
        bucket      smallint    NOT NULL,
        id          uuid        NOT NULL,
        learner_id  uuid        NOT NULL,
        pathway_id  uuid        NOT NULL REFERENCES pathway (id),
        code        text        NOT NULL,
        intake      int         NOT NULL,
        enrolled_at timestamptz NOT NULL,
        PRIMARY KEY (bucket, id)
      );
      CREATE INDEX pathway_enrolment_of_intake ON pathway_enrolment (code, intake);
      CREATE INDEX pathway_enrolment_of_learner ON pathway_enrolment (bucket, learner_id);
      SELECT make_append_only('pathway_enrolment');
      COMMENT ON COLUMN pathway_enrolment.code IS 'Of the pathway, whatever its version.';

      CREATE TABLE pathway_event (
        bucket         smallint    NOT NULL,
        enrolment_id   uuid        NOT NULL,
        seq            int         NOT NULL CHECK (seq > 0),
        event          text        NOT NULL,
        gate           text,
        verdict        text        CONSTRAINT pathway_event_verdict_known
                         CHECK (verdict IN ('passed', 'failed')),
        from_state     text,
        to_state       text        NOT NULL,
        by_rule        text        NOT NULL,
        gives          text[]      NOT NULL,
        major          text,
        evidence       uuid[]      NOT NULL,
        answer         jsonb,
        day            date        NOT NULL,
        actor          text        NOT NULL,
        institution_id uuid,
        recorded_at    timestamptz NOT NULL,
        PRIMARY KEY (bucket, enrolment_id, seq),
        FOREIGN KEY (bucket, enrolment_id) REFERENCES pathway_enrolment (bucket, id),
        CONSTRAINT pathway_event_first_joins CHECK ((seq = 1) = (from_state IS NULL)),
        CONSTRAINT pathway_event_verdict_of_gate CHECK ((gate IS NULL) = (verdict IS NULL))
      );
      CREATE TRIGGER pathway_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
        ON pathway_event FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('shreddable');
      COMMENT ON COLUMN pathway_event.evidence IS 'Lots on which it rests; none is copied.';
      COMMENT ON COLUMN pathway_event.answer IS
        'What the gate said when a registrar confirmed it: facts, clauses and amounts.';
      COMMENT ON COLUMN pathway_event.day IS 'Of the examination, or of the event itself.';

      CREATE TABLE pathway_reader (
        bucket         smallint    NOT NULL,
        enrolment_id   uuid        NOT NULL,
        institution_id uuid        NOT NULL,
        since          timestamptz NOT NULL,
        PRIMARY KEY (bucket, enrolment_id, institution_id),
        FOREIGN KEY (bucket, enrolment_id) REFERENCES pathway_enrolment (bucket, id)
      );
      CREATE INDEX pathway_reader_of_institution ON pathway_reader (institution_id);
      SELECT make_append_only('pathway_reader');
      COMMENT ON TABLE pathway_reader IS
        'Which institutions know of an enrolment: her school, and a college once she came to its gate.';
    `);
    await this.#privacy(runner);
  }

  async #privacy(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE access_log
        DROP CONSTRAINT access_log_ground_known,
        ADD CONSTRAINT access_log_ground_known CHECK (ground IN (
          'roster', 'oversight', 'application', 'consent', 'share', 'file', 'counter', 'guardian',
          'query', 'pathway', 'none'));

      CREATE FUNCTION shred_of_pathways(p_bucket smallint, p_learner uuid) RETURNS void
        LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = public, pg_temp
      AS $$
      BEGIN
        UPDATE pathway_event e SET evidence = '{}', answer = NULL, major = NULL
          FROM pathway_enrolment n
         WHERE n.bucket = p_bucket AND n.learner_id = p_learner
           AND e.bucket = n.bucket AND e.enrolment_id = n.id;
      END $$;
      COMMENT ON FUNCTION shred_of_pathways IS
        'Destroys on what the events of a person rest; that a place was taken stays.';
    `);
  }

  down(): Promise<void> {
    return forwardOnly();
  }
}
