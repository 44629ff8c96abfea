import type { MigrationInterface, QueryRunner } from 'typeorm';
import { forwardOnly } from './forward-only.js';

/**
 * Keys that are replaced while the service runs, and two more kinds of document. No key stands here,
 * only keyed digests that name them. Rows say which version of the index key files them, so that a
 * rotation knows when none is left.
 */
export class Keys1764000000025 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE key_version (
        kind       text        NOT NULL CHECK (kind IN ('master', 'index')),
        version    smallint    NOT NULL CHECK (version > 0),
        key_id     bytea       NOT NULL CHECK (octet_length(key_id) = 8),
        cipher     text        CHECK (cipher IN ('intl', 'gm')),
        state      text        NOT NULL DEFAULT 'current'
                     CONSTRAINT key_version_state_known
                     CHECK (state IN ('current', 'retiring', 'retired')),
        created_at timestamptz NOT NULL DEFAULT now(),
        retired_at timestamptz,
        PRIMARY KEY (kind, version),
        CONSTRAINT key_version_index_has_cipher CHECK ((kind = 'index') = (cipher IS NOT NULL))
      );
      CREATE UNIQUE INDEX key_version_one_current ON key_version (kind) WHERE state = 'current';
      COMMENT ON TABLE key_version IS
        'Which keys outside the database its contents need; a start without one of them is refused.';

      CREATE TABLE key_rotation (
        kind      text        NOT NULL,
        version   smallint    NOT NULL,
        holder    text        NOT NULL,
        last_key  text,
        rows_done bigint      NOT NULL DEFAULT 0,
        ended_at  timestamptz,
        PRIMARY KEY (kind, version, holder),
        FOREIGN KEY (kind, version) REFERENCES key_version (kind, version)
      );
      COMMENT ON TABLE key_rotation IS
        'How far the rows of a holder are under the new version; last_key is where to go on.';

      CREATE TABLE bank_secret (
        name        text  PRIMARY KEY,
        wrapped_key bytea NOT NULL
      );
      COMMENT ON TABLE bank_secret IS
        'Keys that can never change, for example of ids made from rows of files; sealed by the master key.';

      ALTER TABLE learner_identity ADD COLUMN index_version smallint NOT NULL DEFAULT 1;
      ALTER TABLE learner_person ADD COLUMN check_version smallint NOT NULL DEFAULT 1;
      ALTER TABLE share_code ADD COLUMN index_version smallint NOT NULL DEFAULT 1;

      ALTER TABLE learner_identity DROP CONSTRAINT learner_identity_kind_known;
      ALTER TABLE learner_identity ADD CONSTRAINT learner_identity_kind_known CHECK (kind IN (
        'resident-id', 'passport', 'hk-macao-permit', 'taiwan-permit', 'hmt-residence-permit',
        'foreign-permanent-resident', 'foreign-student-number', 'sh-credit-bank-id',
        'abc-account-id'));
      -- The school that numbered the document is part of the index, and no longer to be guessed.
      ALTER TABLE learner_identity ADD COLUMN school_id uuid;
    `);
  }

  down(): Promise<void> {
    return forwardOnly();
  }
}
