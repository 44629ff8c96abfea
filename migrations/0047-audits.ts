import type { MigrationInterface, QueryRunner } from 'typeorm';
import { forwardOnly } from './forward-only.js';

/** When the service checked its own books, who asked, and what came of it. */
export class Audits1764000000047 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE audit_run (
        id            uuid        PRIMARY KEY,
        asked_by      text,
        asked_by_name text,
        asked_at      timestamptz NOT NULL
      );
      COMMENT ON TABLE audit_run IS
        'A check of the books against the public log. What came of it stands beside it.';
      COMMENT ON COLUMN audit_run.asked_by IS 'Null when nobody did: the check of every day.';

      CREATE TABLE audit_result (
        run_id     uuid        PRIMARY KEY REFERENCES audit_run (id),
        outcome    text        NOT NULL CHECK (outcome IN ('clean', 'faulty', 'not-done')),
        log_size   bigint,
        log_root   bytea       CHECK (octet_length(log_root) = 32),
        entries    bigint,
        waiting    bigint,
        found      int         NOT NULL,
        findings   jsonb       NOT NULL,
        started_at timestamptz,
        ended_at   timestamptz NOT NULL,
        CONSTRAINT audit_result_says_what_it_saw CHECK ((outcome = 'not-done') = (log_size IS NULL))
      );
      COMMENT ON TABLE audit_result IS
        'The one result of a check: the key lets no second one in, and none is changed.';
      COMMENT ON COLUMN audit_result.findings IS 'The first of them; "found" counts all.';

      SELECT make_append_only('audit_run'), make_append_only('audit_result');
    `);
  }

  down(): Promise<void> {
    return forwardOnly();
  }
}
