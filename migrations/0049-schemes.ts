import type { MigrationInterface, QueryRunner } from 'typeorm';
import { forwardOnly } from './forward-only.js';

/**
 * Admission schemes: the plan of a year around a published rulebook, who takes how many, who applied
 * and what the receiving school decided. What the rules say is never stored as truth: it is decided
 * again whenever somebody looks.
 */
export class Schemes1764000000049 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await this.#plans(runner);
    await this.#candidacies(runner);
    await this.#simulations(runner);
    await this.#shredding(runner);
  }

  down(): Promise<void> {
    return forwardOnly();
  }

  async #plans(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE admission_scheme (
        id             uuid        PRIMARY KEY,
        code           text        NOT NULL CONSTRAINT admission_scheme_code_once UNIQUE,
        programme      text        NOT NULL,
        year           int         NOT NULL CHECK (year BETWEEN 2000 AND 2200),
        title_zh       text        NOT NULL,
        title_en       text        NOT NULL,
        rule_hash      bytea       NOT NULL CHECK (octet_length(rule_hash) = 32),
        rules          text[]      NOT NULL,
        scoring        jsonb,
        scoring_hash   bytea       CHECK (octet_length(scoring_hash) = 32),
        opens_on       date        NOT NULL,
        closes_on      date        NOT NULL,
        evidence_until date        NOT NULL,
        institution_id uuid        NOT NULL REFERENCES institution (id),
        actor          text        NOT NULL,
        published_at   timestamptz NOT NULL,
        CONSTRAINT admission_scheme_days CHECK (opens_on <= closes_on),
        CONSTRAINT admission_scheme_scoring CHECK ((scoring IS NULL) = (scoring_hash IS NULL))
      );
      CREATE TRIGGER admission_scheme_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
        ON admission_scheme FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
      COMMENT ON COLUMN admission_scheme.rule_hash IS
        'The version of the rules by which everybody of the year is judged, whatever is published later.';
      COMMENT ON COLUMN admission_scheme.rules IS
        'Rules of the document any one of which makes eligible; empty: every rule does.';

      CREATE TABLE admission_place (
        id             uuid   PRIMARY KEY,
        scheme_id      uuid   NOT NULL REFERENCES admission_scheme (id),
        institution_id uuid   NOT NULL REFERENCES institution (id),
        major          text   NOT NULL,
        title_zh       text   NOT NULL,
        title_en       text   NOT NULL,
        places         int    NOT NULL CHECK (places >= 0),
        admitted       int    NOT NULL DEFAULT 0,
        CONSTRAINT admission_place_once UNIQUE (scheme_id, institution_id, major),
        CONSTRAINT admission_place_never_over CHECK (admitted BETWEEN 0 AND places)
      );
      CREATE INDEX admission_place_of_office ON admission_place (institution_id, scheme_id);
      COMMENT ON TABLE admission_place IS
        'Places of one school in one major. Counted in the statement that compares, so that no race '
        'admits more than there are.';
    `);
  }

  async #candidacies(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE admission_candidacy (
        bucket         smallint    NOT NULL,
        id             uuid        NOT NULL,
        learner_id     uuid        NOT NULL,
        scheme_id      uuid        NOT NULL REFERENCES admission_scheme (id),
        place_id       uuid        NOT NULL REFERENCES admission_place (id),
        institution_id uuid        NOT NULL,
        round          int         NOT NULL CHECK (round > 0),
        decision_hash  bytea       CHECK (octet_length(decision_hash) = 32),
        rules          text[]      NOT NULL,
        created_at     timestamptz NOT NULL,
        PRIMARY KEY (bucket, id),
        CONSTRAINT admission_candidacy_one_at_a_time UNIQUE (bucket, learner_id, scheme_id, round)
      );
      CREATE INDEX admission_candidacy_of_place ON admission_candidacy (place_id, id);
      CREATE TRIGGER admission_candidacy_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
        ON admission_candidacy FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('shreddable');
      COMMENT ON COLUMN admission_candidacy.round IS
        'Counts how often somebody applied under a scheme: a withdrawal makes room for the next.';
      COMMENT ON COLUMN admission_candidacy.rules IS
        'The rules that made eligible when the learner applied; what they say now is decided anew.';

      CREATE TABLE admission_event (
        bucket         smallint    NOT NULL,
        candidacy_id   uuid        NOT NULL,
        seq            int         NOT NULL CHECK (seq > 0),
        action         text        NOT NULL CONSTRAINT admission_event_action_known
                         CHECK (action IN ('apply', 'withdraw', 'admit', 'decline', 'reopen')),
        reason         text        CONSTRAINT admission_event_reason_known CHECK (reason IN (
                         'places-full', 'score-too-low', 'not-eligible', 'requirements-of-the-school',
                         'mistake', 'learner-gone')),
        proven         boolean,
        actor          text        NOT NULL,
        institution_id uuid,
        recorded_at    timestamptz NOT NULL,
        PRIMARY KEY (bucket, candidacy_id, seq),
        FOREIGN KEY (bucket, candidacy_id) REFERENCES admission_candidacy (bucket, id)
      );
      CREATE TRIGGER admission_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
        ON admission_event FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('shreddable');
      COMMENT ON COLUMN admission_event.proven IS
        'Of an admission: whether the rules called the learner eligible at that moment.';
    `);
  }

  async #simulations(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE admission_simulation (
        id             uuid        PRIMARY KEY,
        scheme_id      uuid        NOT NULL REFERENCES admission_scheme (id),
        graduates_of   int         NOT NULL CHECK (graduates_of BETWEEN 1900 AND 2200),
        document       text        NOT NULL,
        rule_hash      bytea       NOT NULL CHECK (octet_length(rule_hash) = 32),
        label          text        NOT NULL,
        on_day         date        NOT NULL,
        is_public      boolean     NOT NULL,
        actor          text        NOT NULL,
        state          text        NOT NULL CONSTRAINT admission_simulation_state_known
                         CHECK (state IN ('queued', 'running', 'done')),
        total          int,
        done           int         NOT NULL DEFAULT 0,
        cursor         uuid,
        report         jsonb,
        created_at     timestamptz NOT NULL DEFAULT now(),
        started_at     timestamptz,
        ended_at       timestamptz
      );
      CREATE INDEX admission_simulation_of_scheme ON admission_simulation (scheme_id, id DESC);
      COMMENT ON COLUMN admission_simulation.document IS
        'Canonical JSON of the rules that are compared with those of the scheme; the same where '
        'nothing is compared.';
      COMMENT ON COLUMN admission_simulation.cursor IS
        'Everybody up to this learner is in the report, in the order of rule_worklist.';
    `);
  }

  async #shredding(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION shred_of_schemes(p_bucket smallint, p_learner uuid) RETURNS void
        LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = public, pg_temp
      AS $$
      BEGIN
        UPDATE admission_event e SET reason = NULL, proven = NULL FROM admission_candidacy c
         WHERE c.bucket = p_bucket AND c.learner_id = p_learner
           AND e.bucket = c.bucket AND e.candidacy_id = c.id;
        UPDATE admission_candidacy SET decision_hash = NULL, rules = '{}'
         WHERE bucket = p_bucket AND learner_id = p_learner;
      END $$;
      COMMENT ON FUNCTION shred_of_schemes IS
        'Destroys on what evidence a person applied for admission, but that the person applied.';
    `);
  }
}
