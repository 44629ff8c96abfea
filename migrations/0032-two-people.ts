import type { MigrationInterface, QueryRunner } from 'typeorm';
import { forwardOnly } from './forward-only.js';

/** What one person proposed and another decided; who committed a file; passwords that do not last. */
export class TwoPeople1764000000032 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE proposal (
        id               uuid        PRIMARY KEY,
        institution_id   uuid        REFERENCES institution (id),
        kind             text        NOT NULL CHECK (kind ~ '^[a-z]+(-[a-z]+)*$'),
        subject_id       text        NOT NULL,
        content          jsonb       NOT NULL,
        summary          jsonb       NOT NULL,
        why              text[]      NOT NULL,
        digest           bytea       NOT NULL CHECK (octet_length(digest) = 32),
        reason           text        NOT NULL,
        proposed_by      text        NOT NULL,
        proposed_by_name text        NOT NULL,
        proposed_at      timestamptz NOT NULL,
        expires_at       timestamptz NOT NULL CHECK (expires_at > proposed_at)
      );
      CREATE INDEX proposal_of_institution ON proposal (institution_id, id DESC);
      CREATE INDEX proposal_of_subject ON proposal (kind, subject_id, expires_at);
      COMMENT ON TABLE proposal IS
        'What one person may not do alone. It stays as it was proposed; another decides beside it.';
      COMMENT ON COLUMN proposal.institution_id IS
        'Whose people decide; null for people of the bank itself.';
      COMMENT ON COLUMN proposal.content IS 'What is carried out, by ids; no person is named in it.';
      COMMENT ON COLUMN proposal.digest IS
        'SHA-256 of everything that it would change, as the proposer saw it in the preview.';

      CREATE TABLE proposal_decision (
        proposal_id     uuid        PRIMARY KEY REFERENCES proposal (id),
        verdict         text        NOT NULL CHECK (verdict IN ('confirmed', 'refused', 'withdrawn')),
        result_id       text,
        reason          text,
        decided_by      text        NOT NULL,
        decided_by_name text        NOT NULL,
        decided_at      timestamptz NOT NULL,
        CONSTRAINT proposal_decision_says_why CHECK ((verdict = 'confirmed') = (reason IS NULL))
      );
      COMMENT ON TABLE proposal_decision IS
        'The one decision about a proposal: the key lets no second one in.';

      SELECT make_append_only('proposal'), make_append_only('proposal_decision');

      ALTER TABLE import_file
        ADD COLUMN oldest_new_on date,
        ADD COLUMN committed_by  text;
      COMMENT ON COLUMN import_file.oldest_new_on IS
        'Last possible day of the oldest completion that the dry run found fit to be posted.';

      ALTER TABLE account ADD COLUMN password_until timestamptz;
      COMMENT ON COLUMN account.password_until IS
        'A password that somebody else made signs in until then, and only to be changed.';
    `);
  }

  down(): Promise<void> {
    return forwardOnly();
  }
}
