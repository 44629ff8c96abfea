import type { MigrationInterface, QueryRunner } from 'typeorm';
import { forwardOnly } from './forward-only.js';

/**
 * Taking back what was wrongly recorded, with everything that rests on it. What was granted is never
 * unwritten: a reversal stands beside it.
 */
export class Revocation1764000000013 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE outcome_revocation (
        bucket         smallint    NOT NULL,
        learner_id     uuid        NOT NULL,
        lot_id         uuid        NOT NULL,
        seq            int         NOT NULL CHECK (seq >= 0),
        action         text        NOT NULL CONSTRAINT outcome_revocation_action_known
                         CHECK (action IN ('revoke', 'redeposit')),
        revocation_id  uuid        NOT NULL,
        batch_id       uuid,
        institution_id uuid,
        actor          text        NOT NULL,
        reason         text        NOT NULL,
        appeal         text,
        recorded_at    timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (bucket, learner_id, lot_id, seq),
        CONSTRAINT outcome_revocation_in_turn CHECK ((action = 'revoke') = (seq % 2 = 0)),
        CONSTRAINT outcome_revocation_appeal CHECK ((action = 'redeposit') = (appeal IS NOT NULL))
      );
      COMMENT ON TABLE outcome_revocation IS
        'Outcomes taken back and, after a won appeal, given back; the newest line of an outcome counts. '
        'Also for outcomes without credit, of which the ledger has no entries.';
      COMMENT ON COLUMN outcome_revocation.revocation_id IS
        'One for everything that was taken back together; a redeposit names the one it undoes.';
      COMMENT ON COLUMN outcome_revocation.institution_id IS
        'Who took it back: the institution that had posted it, or an authority.';

      -- What was taken back before this table existed.
      INSERT INTO outcome_revocation (bucket, learner_id, lot_id, seq, action, revocation_id,
         institution_id, actor, reason, recorded_at)
      SELECT DISTINCT ON (e.bucket, e.learner_id, e.lot_id) e.bucket, e.learner_id, e.lot_id, 0,
             'revoke', e.posting_id, p.institution_id, p.actor, coalesce(e.reason, ''), e.recorded_at
        FROM entry e JOIN posting p USING (posting_id)
       WHERE e.kind = 5 ORDER BY e.bucket, e.learner_id, e.lot_id, e.lot_seq;

      CREATE TABLE booked_grant_reversal (
        bucket         smallint    NOT NULL,
        application_id uuid        NOT NULL,
        pos            int         NOT NULL,
        learner_id     uuid        NOT NULL,
        revocation_id  uuid        NOT NULL,
        recorded_at    timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (bucket, application_id, pos),
        FOREIGN KEY (bucket, application_id, pos)
          REFERENCES booked_grant (bucket, application_id, pos)
      );
      CREATE INDEX booked_grant_reversal_of_learner
        ON booked_grant_reversal (bucket, learner_id, revocation_id);
      COMMENT ON TABLE booked_grant_reversal IS
        'A booked grant that no longer stands, because what it rested on was taken back.';

      ALTER TABLE application DROP CONSTRAINT application_state_known;
      ALTER TABLE application ADD CONSTRAINT application_state_known CHECK (state IN (
        'submitted', 'evaluating', 'in-review', 'booked', 'rejected', 'returned', 'withdrawn',
        'refused', 'revoked'));

      CREATE TABLE revocation_batch (
        id              uuid        PRIMARY KEY,
        institution_id  uuid        NOT NULL REFERENCES institution (id),
        completed_from  date,
        completed_to    date,
        definition_id   uuid        REFERENCES outcome_definition (id),
        reason          text        NOT NULL,
        ordered_by      uuid,
        actor           text        NOT NULL,
        state           text        NOT NULL CONSTRAINT revocation_batch_state_known
                          CHECK (state IN ('queued', 'running', 'done', 'cancelled')),
        sweep           int         NOT NULL DEFAULT 1,
        next_bucket     smallint    NOT NULL DEFAULT 0 CHECK (next_bucket BETWEEN 0 AND 1024),
        swept           int         NOT NULL DEFAULT 0,
        learners_total  int,
        items_total     int,
        learners        int         NOT NULL DEFAULT 0,
        items           int         NOT NULL DEFAULT 0,
        millicredits    bigint      NOT NULL DEFAULT 0,
        conversions     int         NOT NULL DEFAULT 0,
        awards          int         NOT NULL DEFAULT 0,
        rights          int         NOT NULL DEFAULT 0,
        reconsidered    int         NOT NULL DEFAULT 0,
        created_at      timestamptz NOT NULL DEFAULT now(),
        started_at      timestamptz,
        ended_at        timestamptz,
        CONSTRAINT revocation_batch_days_in_order CHECK (completed_from <= completed_to)
      );
      COMMENT ON TABLE revocation_batch IS
        'An order to take back what one institution posted, and how far it has come.';
      COMMENT ON COLUMN revocation_batch.next_bucket IS
        'Every bucket before this one is done in this sweep; 1024 ends the sweep.';
      COMMENT ON COLUMN revocation_batch.swept IS
        'Items taken back in this sweep: another sweep follows until one finds nothing.';

      CREATE TABLE revocation_batch_problem (
        batch_id    uuid        NOT NULL REFERENCES revocation_batch (id),
        learner_id  uuid        NOT NULL,
        code        text        NOT NULL,
        recorded_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (batch_id, learner_id)
      );
      COMMENT ON TABLE revocation_batch_problem IS
        'Learners whose outcomes could not be taken back yet; a later sweep tries again.';

      CREATE TRIGGER outcome_revocation_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
        ON outcome_revocation FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
      CREATE TRIGGER booked_grant_reversal_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
        ON booked_grant_reversal FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
    `);
  }

  down(): Promise<void> {
    return forwardOnly();
  }
}
