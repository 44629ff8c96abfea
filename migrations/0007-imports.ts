import type { MigrationInterface, QueryRunner } from 'typeorm';
import { forwardOnly } from './forward-only.js';

/**
 * A file as it was sent, sealed under a key of its own, and what became of its rows. The file is
 * the only copy of a row until it is posted; checking and committing read it again from here.
 */
export class Imports1764000000007 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE import_file (
        id               uuid        PRIMARY KEY,
        institution_id   uuid        NOT NULL REFERENCES institution (id),
        actor            text        NOT NULL,
        file_name        text        NOT NULL,
        byte_length      bigint      NOT NULL DEFAULT 0,
        digest           bytea       CHECK (octet_length(digest) = 32),
        wrapped_key      bytea       NOT NULL,
        asked_format     text,
        asked_encoding   text,
        format           text,
        encoding         text,
        shape            text,
        sheet            text,
        ignored_sheets   text[]      NOT NULL DEFAULT '{}',
        ignored_columns  text[]      NOT NULL DEFAULT '{}',
        state            text        NOT NULL DEFAULT 'receiving'
                         CONSTRAINT import_file_state_known CHECK (state IN (
                           'receiving', 'received', 'checking', 'checked',
                           'committing', 'committed', 'failed')),
        problem          jsonb,
        rows_expected    int,
        run              int         NOT NULL DEFAULT 0,
        failures         int         NOT NULL DEFAULT 0,
        lease_until      timestamptz,
        created_at       timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT import_file_whole CHECK (state = 'receiving' OR digest IS NOT NULL)
      );
      CREATE INDEX import_file_of_institution ON import_file (institution_id, id DESC);
      CREATE INDEX import_file_moving ON import_file (id)
        WHERE state IN ('receiving', 'received', 'checking', 'committing');
      COMMENT ON COLUMN import_file.run IS
        'Counts the workers that took this file up; only the latest may write progress.';

      CREATE TABLE import_chunk (
        import_id uuid  NOT NULL REFERENCES import_file (id) ON DELETE CASCADE,
        position  int   NOT NULL,
        sealed    bytea NOT NULL,
        PRIMARY KEY (import_id, position)
      );
      -- Sealed bytes do not compress; trying costs time at every write.
      ALTER TABLE import_chunk ALTER COLUMN sealed SET STORAGE EXTERNAL;

      CREATE TABLE import_phase (
        import_id          uuid        NOT NULL REFERENCES import_file (id) ON DELETE CASCADE,
        phase              text        NOT NULL CHECK (phase IN ('check', 'commit')),
        position           int         NOT NULL DEFAULT 0,
        rows_read          int         NOT NULL DEFAULT 0,
        rows_good          int         NOT NULL DEFAULT 0,
        rows_faulty        int         NOT NULL DEFAULT 0,
        rows_known         int         NOT NULL DEFAULT 0,
        outcomes_good      int         NOT NULL DEFAULT 0,
        outcomes_known     int         NOT NULL DEFAULT 0,
        faults             int         NOT NULL DEFAULT 0,
        started_at         timestamptz NOT NULL DEFAULT now(),
        rows_at_start      int         NOT NULL DEFAULT 0,
        updated_at         timestamptz NOT NULL DEFAULT now(),
        ended_at           timestamptz,
        PRIMARY KEY (import_id, phase)
      );
      COMMENT ON COLUMN import_phase.rows_good IS
        'Rows that fit (check) or were posted (commit). rows_known: posted before this import.';
      COMMENT ON COLUMN import_phase.position IS
        'Steps of the mapper that are done for good, whatever happens to the worker.';

      CREATE TABLE import_fault (
        import_id   uuid  NOT NULL REFERENCES import_file (id) ON DELETE CASCADE,
        phase       text  NOT NULL,
        seq         int   NOT NULL,
        row_number  int   NOT NULL,
        column_name text,
        value_shown text,
        code        text  NOT NULL,
        params      jsonb,
        members     jsonb,
        PRIMARY KEY (import_id, phase, seq)
      );
      CREATE INDEX import_fault_by_code ON import_fault (import_id, phase, code, seq);
      CREATE INDEX import_fault_by_row ON import_fault (import_id, phase, row_number, seq);
      COMMENT ON COLUMN import_fault.value_shown IS
        'Masked: no identity number and no name can be read from it.';
    `);
  }

  down(): Promise<void> {
    return forwardOnly();
  }
}
