import type { MigrationInterface, QueryRunner } from 'typeorm';
import { forwardOnly } from './forward-only.js';

/** What stands behind a lot: the completion as its institution posted it. */
export class Outcomes1764000000006 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE learning_outcome (
        bucket              smallint    NOT NULL,
        learner_id          uuid        NOT NULL,
        lot_id              uuid        NOT NULL,
        definition_id       uuid        NOT NULL,
        institution_id      uuid        NOT NULL,
        external_id         text        NOT NULL,
        completed_on        text        NOT NULL,
        grade               text,
        level               text,
        minutes             bigint      CHECK (minutes >= 0),
        credit_millicredits bigint      CHECK (credit_millicredits > 0),
        attendance_percent  text,
        note                text,
        no_credit_reason    text,
        content_hash        bytea       NOT NULL,
        salt                bytea       NOT NULL,
        import_id           uuid,
        recorded_at         timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (bucket, learner_id, lot_id)
      );
      CREATE INDEX learning_outcome_import ON learning_outcome (import_id)
        WHERE import_id IS NOT NULL;
      COMMENT ON COLUMN learning_outcome.salt IS
        'Blinds the commitment of the deposit entry; destroyed with the person on erasure.';

      CREATE TABLE recorded_exemption (
        bucket              smallint NOT NULL,
        learner_id          uuid     NOT NULL,
        lot_id              uuid     NOT NULL,
        course              text     NOT NULL,
        course_code         text,
        course_title        text,
        credit_millicredits bigint,
        decided_on          text,
        recorded_at         timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (bucket, learner_id, lot_id, course)
      );
      COMMENT ON TABLE recorded_exemption IS
        'A course that a school waived for an outcome before it came here, as its file says.';
    `);
  }

  down(): Promise<void> {
    return forwardOnly();
  }
}
