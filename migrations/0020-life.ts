import type { MigrationInterface, QueryRunner } from 'typeorm';
import { forwardOnly } from './forward-only.js';

/**
 * The graduation that an applicant intends, days off and made-up working days by the notice of each
 * year, and the end of a rule version as a proposal that a second person decides about.
 */
export class Life1764000000020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE application ADD COLUMN graduates text
        CONSTRAINT application_graduates_month CHECK (graduates ~ '^[0-9]{4}-(0[1-9]|1[0-2])$');
      COMMENT ON COLUMN application.graduates IS
        'The month, yyyy-mm, in which the learner intends to graduate; null when nobody said.';

      CREATE TABLE holiday_notice (
        year              smallint    NOT NULL CHECK (year BETWEEN 2000 AND 2199),
        seq               int         NOT NULL CHECK (seq >= 0),
        source            text        NOT NULL,
        days_off          date[]      NOT NULL,
        working_days      date[]      NOT NULL,
        actor             text        NOT NULL,
        actor_institution uuid,
        recorded_at       timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (year, seq)
      );
      COMMENT ON TABLE holiday_notice IS
        'Days of a year that are worked or not against the usual week; the newest of a year counts.';
      COMMENT ON COLUMN holiday_notice.working_days IS 'Saturdays and Sundays that are worked (调休).';
      CREATE TRIGGER holiday_notice_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
        ON holiday_notice FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

      ALTER TABLE rule_event DROP CONSTRAINT rule_event_action_known;
      ALTER TABLE rule_event ADD CONSTRAINT rule_event_action_known CHECK (action IN (
        'create', 'replace', 'submit', 'approve', 'reject', 'publish', 'propose-retirement',
        'reject-retirement', 'retire'));
      ALTER TABLE rule_event DROP CONSTRAINT rule_event_day_of_effect;
      ALTER TABLE rule_event ADD CONSTRAINT rule_event_day_of_effect CHECK (
        (effective_on IS NOT NULL) = (action IN ('publish', 'propose-retirement', 'retire')));
    `);
  }

  down(): Promise<void> {
    return forwardOnly();
  }
}
