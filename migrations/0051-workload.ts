import type { MigrationInterface, QueryRunner } from 'typeorm';
import { forwardOnly } from './forward-only.js';

/**
 * The training workload of an institution: coefficients with a day and a source, statements that stay
 * as they were closed, and the income that an institution states beside them. No row moves money.
 * Nobody is named: people stand in a statement under a pseudonym that nothing leads back from.
 */
export class Workload1764000000051 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE workload_coefficient (
        id           uuid        PRIMARY KEY,
        code         text        NOT NULL,
        from_day     date        NOT NULL,
        value        numeric     NOT NULL CHECK (value >= 0),
        source       text        NOT NULL,
        proposed_by  text        NOT NULL,
        confirmed_by text        NOT NULL,
        recorded_at  timestamptz NOT NULL
      );
      SELECT make_append_only('workload_coefficient');
      COMMENT ON TABLE workload_coefficient IS
        'How trainings are weighed from a day on, laid down by two people of the authority.';

      CREATE TABLE workload_income (
        id             uuid        PRIMARY KEY,
        institution_id uuid        NOT NULL REFERENCES institution (id),
        project        text        NOT NULL,
        on_day         date        NOT NULL,
        amount_fen     bigint      NOT NULL CHECK (amount_fen >= 0),
        source         text        NOT NULL,
        actor          text        NOT NULL,
        recorded_at    timestamptz NOT NULL
      );
      CREATE INDEX workload_income_of_institution ON workload_income (institution_id, on_day);
      SELECT make_append_only('workload_income');
      COMMENT ON TABLE workload_income IS
        'Training income as an institution states it; a newer one of the project and day counts instead.';

      CREATE TABLE workload_statement (
        id             uuid        PRIMARY KEY,
        institution_id uuid        NOT NULL REFERENCES institution (id),
        period         text        NOT NULL,
        from_day       date        NOT NULL,
        to_day         date        NOT NULL CHECK (to_day >= from_day),
        hours_per_fte  numeric,
        content        text        NOT NULL,
        hash           bytea       NOT NULL CHECK (octet_length(hash) = 32),
        actor          text        NOT NULL,
        closed_at      timestamptz NOT NULL,
        CONSTRAINT workload_statement_once UNIQUE (institution_id, period)
      );
      SELECT make_append_only('workload_statement');
      COMMENT ON COLUMN workload_statement.content IS
        'What the statement says, as the canonical JSON that the hash is of.';

      CREATE TABLE workload_item (
        statement_id uuid     NOT NULL REFERENCES workload_statement (id),
        position     int      NOT NULL CHECK (position >= 0),
        lot_id       uuid     NOT NULL,
        person       text     NOT NULL,
        outcome      text     NOT NULL,
        day          date     NOT NULL,
        reason       text     NOT NULL CHECK (reason IN (
                       'counted', 'hours-unknown', 'recorded-later', 'taken-back', 'weighed-anew')),
        kind         text     NOT NULL,
        level        text     NOT NULL,
        mode         text     NOT NULL,
        coefficient  text     NOT NULL,
        minutes      bigint   NOT NULL,
        weighed      bigint   NOT NULL,
        log_index    bigint,
        PRIMARY KEY (statement_id, position)
      );
      CREATE INDEX workload_item_of_lot ON workload_item (lot_id);
      SELECT make_append_only('workload_item');
      COMMENT ON TABLE workload_item IS
        'The trainings of a closed statement: a pseudonym for the person, the entry for the proof.';
      COMMENT ON COLUMN workload_item.weighed IS 'Thousandths of a minute times the coefficient.';
    `);
  }

  down(): Promise<void> {
    return forwardOnly();
  }
}
