import type { MigrationInterface, QueryRunner } from 'typeorm';
import { forwardOnly } from './forward-only.js';

/** Regulations and their published versions. A published version never changes. */
export class Rulebook1764000000008 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE regulation (
        id             text        PRIMARY KEY,
        programme      text        NOT NULL,
        institution_id uuid        NOT NULL REFERENCES institution (id),
        created_at     timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX regulation_programme ON regulation (programme);
      COMMENT ON TABLE regulation IS 'The parent of rule versions: one regulation, one programme.';

      CREATE TABLE rule_version (
        regulation_id  text        NOT NULL REFERENCES regulation (id),
        version        int         NOT NULL CHECK (version > 0),
        hash           bytea       NOT NULL CONSTRAINT rule_version_hash_once UNIQUE
                                   CHECK (octet_length(hash) = 32),
        title_zh       text        NOT NULL,
        title_en       text        NOT NULL,
        in_force_from  date        NOT NULL,
        in_force_to    date,
        document       text        NOT NULL,
        source         text        NOT NULL,
        published_at   timestamptz NOT NULL DEFAULT now(),
        published_by   text        NOT NULL,
        CONSTRAINT rule_version_once PRIMARY KEY (regulation_id, version)
      );
      COMMENT ON COLUMN rule_version.document IS
        'Canonical JSON, exactly the bytes that the hash is taken of.';
      CREATE TRIGGER rule_version_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON rule_version
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

      CREATE TABLE programme (
        code           text        PRIMARY KEY,
        institution_id uuid        NOT NULL REFERENCES institution (id),
        title_zh       text        NOT NULL,
        title_en       text        NOT NULL,
        total_credits  text        NOT NULL,
        review         text        NOT NULL CHECK (review IN ('required', 'none'))
      );
      COMMENT ON TABLE programme IS 'Targets of conversion, as the newest published version names them.';
    `);
  }

  down(): Promise<void> {
    return forwardOnly();
  }
}
