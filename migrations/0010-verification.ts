import type { MigrationInterface, QueryRunner } from 'typeorm';
import { forwardOnly } from './forward-only.js';

/** Proofs that a learner hands out, the way from a code to them, and who looked. */
export class Verification1764000000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE share (
        bucket       smallint    NOT NULL,
        id           uuid        NOT NULL,
        learner_id   uuid        NOT NULL,
        purpose      text        NOT NULL,
        receiver     text,
        days         int         NOT NULL CHECK (days BETWEEN 1 AND 180),
        wrapped_key  bytea       NOT NULL,
        code_sealed  bytea       NOT NULL,
        created_at   timestamptz NOT NULL,
        expires_at   timestamptz NOT NULL,
        revoked_at   timestamptz,
        PRIMARY KEY (bucket, id),
        CONSTRAINT share_ends_after_start CHECK (expires_at > created_at)
      );
      CREATE INDEX share_of_learner ON share (bucket, learner_id, created_at, id);
      COMMENT ON COLUMN share.code_sealed IS
        'The code for its owner to see again; a stranger''s code is found by share_code alone.';

      -- Keyed by the code's keyed hash, because it is the way from the code to the bucket.
      CREATE TABLE share_code (
        code_index bytea    PRIMARY KEY CHECK (octet_length(code_index) = 32),
        bucket     smallint NOT NULL,
        share_id   uuid     NOT NULL
      );

      CREATE TABLE share_view (
        bucket         smallint    NOT NULL,
        share_id       uuid        NOT NULL,
        id             uuid        NOT NULL,
        result         text        NOT NULL CONSTRAINT share_view_result_known
                         CHECK (result IN ('shown', 'expired', 'revoked')),
        viewer         text        NOT NULL CONSTRAINT share_view_viewer_known
                         CHECK (viewer IN ('public', 'institution', 'learner')),
        institution_id uuid,
        network        text        NOT NULL,
        viewed_at      timestamptz NOT NULL,
        PRIMARY KEY (bucket, share_id, id),
        FOREIGN KEY (bucket, share_id) REFERENCES share (bucket, id)
      );
      COMMENT ON COLUMN share_view.network IS
        'loopback, private, or the network of the address (IPv4 /16, IPv6 /32); never the address.';
      CREATE TRIGGER share_view_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
        ON share_view FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
    `);
  }

  down(): Promise<void> {
    return forwardOnly();
  }
}
