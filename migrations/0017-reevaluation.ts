import type { MigrationInterface, QueryRunner } from 'typeorm';
import { forwardOnly } from './forward-only.js';

/**
 * Looking at many learners because of a rule: before its publication without effect, after it with
 * effect. What is still to do is rows, so that nothing is forgotten and nobody is done twice.
 */
export class Reevaluation1764000000017 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE rule_worklist (
        work_id    uuid     NOT NULL,
        bucket     smallint NOT NULL,
        learner_id uuid     NOT NULL,
        PRIMARY KEY (work_id, bucket, learner_id)
      );
      COMMENT ON TABLE rule_worklist IS
        'Learners whom a simulation or a re-evaluation looks at, in the order of the key; gone when it ends.';

      CREATE TABLE rule_simulation (
        id             uuid        PRIMARY KEY,
        draft_id       uuid        NOT NULL REFERENCES rule_draft (id),
        institution_id uuid        NOT NULL REFERENCES institution (id),
        programme      text        NOT NULL,
        rule_hash      bytea       NOT NULL CHECK (octet_length(rule_hash) = 32),
        document       text        NOT NULL,
        replaced_hash  bytea       CHECK (octet_length(replaced_hash) = 32),
        on_day         date        NOT NULL,
        actor          text        NOT NULL,
        state          text        NOT NULL CONSTRAINT rule_simulation_state_known CHECK (
                         state IN ('queued', 'running', 'done', 'cancelled')),
        population     int,
        total          int,
        done           int         NOT NULL DEFAULT 0,
        cursor         uuid,
        report         jsonb,
        created_at     timestamptz NOT NULL DEFAULT now(),
        started_at     timestamptz,
        ended_at       timestamptz
      );
      CREATE INDEX rule_simulation_of_draft ON rule_simulation (draft_id, id DESC);
      COMMENT ON COLUMN rule_simulation.document IS
        'Canonical JSON of the draft as it was when the simulation began.';
      COMMENT ON COLUMN rule_simulation.cursor IS
        'Everybody up to this learner is in the report, in the order of rule_worklist.';

      CREATE TABLE reevaluation (
        id             uuid        PRIMARY KEY,
        regulation_id  text        NOT NULL,
        version        int         NOT NULL,
        institution_id uuid        NOT NULL REFERENCES institution (id),
        programme      text        NOT NULL,
        rule_hash      bytea       NOT NULL CHECK (octet_length(rule_hash) = 32),
        replaced_hash  bytea       CHECK (octet_length(replaced_hash) = 32),
        on_day         date        NOT NULL,
        state          text        NOT NULL CONSTRAINT reevaluation_state_known CHECK (
                         state IN ('queued', 'running', 'done')),
        total          int,
        done           int         NOT NULL DEFAULT 0,
        gained         int         NOT NULL DEFAULT 0,
        lost           int         NOT NULL DEFAULT 0,
        reconsidered   int         NOT NULL DEFAULT 0,
        cursor         uuid,
        created_at     timestamptz NOT NULL DEFAULT now(),
        started_at     timestamptz,
        ended_at       timestamptz,
        CONSTRAINT reevaluation_once UNIQUE (regulation_id, version)
      );
      COMMENT ON TABLE reevaluation IS
        'What a publication makes of learners who applied for its programme, and how far it has come.';
      COMMENT ON COLUMN reevaluation.reconsidered IS 'Undecided applications that are decided again.';

      CREATE TABLE programme_standing (
        bucket              smallint    NOT NULL,
        learner_id          uuid        NOT NULL,
        programme           text        NOT NULL,
        rule_hash           bytea       NOT NULL CHECK (octet_length(rule_hash) = 32),
        input_hash          bytea       NOT NULL CHECK (octet_length(input_hash) = 32),
        result_hash         bytea       NOT NULL CHECK (octet_length(result_hash) = 32),
        millicredits        bigint      NOT NULL,
        millicredits_before bigint      NOT NULL,
        on_day              date        NOT NULL,
        reevaluation_id     uuid        NOT NULL,
        recorded_at         timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (bucket, learner_id, programme)
      );
      COMMENT ON TABLE programme_standing IS
        'What a programme would grant now beyond what is decided, as the newest rules say, and what the '
        'rules before them said of the same facts. Binds nobody.';

      CREATE INDEX application_of_programme ON application (programme, bucket, learner_id);
    `);
  }

  down(): Promise<void> {
    return forwardOnly();
  }
}
