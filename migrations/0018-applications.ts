import type { MigrationInterface, QueryRunner } from 'typeorm';
import { forwardOnly } from './forward-only.js';

/**
 * Applications with drafts, panels, appeals and promised days; and tasks that gave up, for people to
 * work through.
 */
export class Applications1764000000018 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE application DROP CONSTRAINT application_state_known;
      ALTER TABLE application ADD CONSTRAINT application_state_known CHECK (state IN (
        'draft', 'submitted', 'evaluating', 'in-review', 'approved', 'booked', 'rejected',
        'returned', 'appealed', 'withdrawn', 'refused', 'revoked'));
      ALTER TABLE application
        ADD COLUMN panel_size   smallint NOT NULL DEFAULT 1 CHECK (panel_size BETWEEN 1 AND 99),
        ADD COLUMN due_on       date,
        ADD COLUMN appeal_until date,
        ADD COLUMN reminders    smallint NOT NULL DEFAULT 0 CHECK (reminders BETWEEN 0 AND 2);
      COMMENT ON COLUMN application.panel_size IS
        'How many people decide where it stands now: in review, or on appeal.';
      COMMENT ON COLUMN application.due_on IS
        'The day by which whoever has to act has promised to; null while nobody has.';
      COMMENT ON COLUMN application.appeal_until IS
        'Last day of the appeal that the rejection announced; null when there can be none.';
      COMMENT ON COLUMN application.reminders IS
        'Of the promised day: 1 that it is near, 2 that it has passed.';
      CREATE INDEX application_due ON application (due_on, institution_id) WHERE due_on IS NOT NULL;

      -- What waits already is promised from the day on which it began to wait: 20 working days for
      -- a review, 30 days for an appeal.
      UPDATE application
         SET due_on = ((changed_at AT TIME ZONE 'Asia/Shanghai')::date + 28)
       WHERE state = 'in-review';
      UPDATE application
         SET appeal_until = ((changed_at AT TIME ZONE 'Asia/Shanghai')::date + 30)
       WHERE state = 'rejected';

      CREATE TABLE application_vote (
        bucket            smallint    NOT NULL,
        application_id    uuid        NOT NULL,
        round             smallint    NOT NULL CHECK (round IN (1, 2)),
        decision_seq      int         NOT NULL,
        reviewer          text        NOT NULL,
        institution_id    uuid        NOT NULL,
        verdict           text        NOT NULL CONSTRAINT application_vote_verdict_known
                            CHECK (verdict IN ('approve', 'reject', 'return')),
        note              text,
        recorded_at       timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (bucket, application_id, round, decision_seq, reviewer),
        FOREIGN KEY (bucket, application_id, decision_seq)
          REFERENCES decision (bucket, application_id, seq),
        CONSTRAINT application_vote_says_why CHECK (verdict = 'approve' OR note IS NOT NULL)
      );
      COMMENT ON TABLE application_vote IS
        'What each reviewer said about one decision; round 2 is the panel of an appeal.';

      CREATE TABLE application_appeal (
        bucket         smallint    NOT NULL,
        application_id uuid        NOT NULL,
        after_seq      int         NOT NULL,
        reason         text        NOT NULL,
        actor          text        NOT NULL,
        recorded_at    timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (bucket, application_id),
        FOREIGN KEY (bucket, application_id) REFERENCES application (bucket, id)
      );
      COMMENT ON TABLE application_appeal IS
        'The one appeal of an application; its panel decides about decisions after after_seq.';

      ALTER TABLE task
        ADD COLUMN attempts  int NOT NULL DEFAULT 0,
        ADD COLUMN closed_at timestamptz;
      COMMENT ON COLUMN task.attempts IS 'How often it failed.';
      COMMENT ON COLUMN task.closed_at IS 'When a person said that it is not to be tried again.';
      CREATE INDEX task_given_up ON task (failed_at, id) WHERE failed_at IS NOT NULL;
      CREATE INDEX task_of_application ON task ((payload ->> 'applicationId'))
        WHERE done_at IS NULL AND payload ? 'applicationId';

      CREATE TABLE task_event (
        task_id           uuid        NOT NULL REFERENCES task (id),
        seq               int         NOT NULL,
        action            text        NOT NULL CONSTRAINT task_event_action_known
                            CHECK (action IN ('retry', 'close')),
        actor             text        NOT NULL,
        actor_institution uuid,
        note              text,
        attempts          int         NOT NULL,
        error             text        NOT NULL,
        recorded_at       timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (task_id, seq),
        CONSTRAINT task_event_says_why CHECK (action = 'retry' OR note IS NOT NULL)
      );
      COMMENT ON TABLE task_event IS
        'Who had a task that gave up tried again or closed, and what had stopped it.';

      CREATE TRIGGER application_vote_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
        ON application_vote FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
      CREATE TRIGGER application_appeal_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
        ON application_appeal FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
      CREATE TRIGGER task_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
        ON task_event FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
    `);
  }

  down(): Promise<void> {
    return forwardOnly();
  }
}
