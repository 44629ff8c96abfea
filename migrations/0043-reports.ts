import type { MigrationInterface, QueryRunner } from 'typeorm';
import { forwardOnly } from './forward-only.js';

/**
 * What schools state of their conditions, and the monitoring reports. A report is kept as the bytes
 * that were signed and stands in a log of its own, so that neither it nor its place can change.
 */
export class Reports1764000000043 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE school_condition (
        id                uuid        PRIMARY KEY,
        institution_id    uuid        NOT NULL REFERENCES institution (id),
        code              text        NOT NULL,
        on_day            date        NOT NULL,
        value             numeric     NOT NULL CHECK (value >= 0),
        source            text        NOT NULL,
        actor             text        NOT NULL,
        actor_institution uuid,
        recorded_at       timestamptz NOT NULL
      );
      CREATE INDEX school_condition_of_code
        ON school_condition (institution_id, code, on_day, recorded_at);
      COMMENT ON TABLE school_condition IS
        'Figures of school conditions with day and source; a newer one about the same day counts.';

      CREATE TABLE school_standard (
        id             uuid        PRIMARY KEY,
        institution_id uuid        NOT NULL REFERENCES institution (id),
        standard       text,
        from_day       date        NOT NULL,
        actor          text        NOT NULL,
        recorded_at    timestamptz NOT NULL
      );
      COMMENT ON TABLE school_standard IS
        'Which national standard counts for a school from a day on; null: none any more.';

      CREATE TABLE report_schedule (
        id                uuid        PRIMARY KEY,
        days              text[]      NOT NULL,
        period_kind       text        NOT NULL CHECK (period_kind IN ('year', 'school-year')),
        actor             text        NOT NULL,
        actor_name        text        NOT NULL,
        actor_institution uuid,
        recorded_at       timestamptz NOT NULL
      );
      COMMENT ON TABLE report_schedule IS
        'On which days of the year a report appears by itself; the newest row counts.';

      CREATE TABLE report (
        number        bigint      PRIMARY KEY CHECK (number >= 0),
        id            uuid        NOT NULL UNIQUE,
        period        text        NOT NULL,
        scheduled_for date        CONSTRAINT report_of_a_day_once UNIQUE,
        published_at  timestamptz NOT NULL,
        body          text        NOT NULL,
        hash          bytea       NOT NULL CHECK (octet_length(hash) = 32),
        tree_root     bytea       NOT NULL CHECK (octet_length(tree_root) = 32)
      );
      COMMENT ON TABLE report IS 'Monitoring reports, as they were signed (RFC 8785).';
      COMMENT ON COLUMN report.scheduled_for IS 'Of which day of the schedule; null for one made by hand.';
      COMMENT ON COLUMN report.tree_root IS 'Root of the log of reports with this one as its last.';

      CREATE TABLE report_tile (
        level  smallint NOT NULL CHECK (level BETWEEN 0 AND 63),
        index  bigint   NOT NULL CHECK (index >= 0),
        hashes bytea    NOT NULL,
        PRIMARY KEY (level, index),
        CONSTRAINT report_tile_holds_hashes CHECK (
          octet_length(hashes) % 32 = 0 AND octet_length(hashes) BETWEEN 32 AND 8192)
      );
      CREATE TRIGGER report_tile_grows BEFORE UPDATE ON report_tile
        FOR EACH ROW EXECUTE FUNCTION log_tile_grows();
      CREATE TRIGGER report_tile_stays BEFORE DELETE OR TRUNCATE ON report_tile
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

      SELECT make_append_only('school_condition'), make_append_only('school_standard'),
             make_append_only('report_schedule'), make_append_only('report');
    `);
  }

  down(): Promise<void> {
    return forwardOnly();
  }
}
