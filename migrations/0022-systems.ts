import type { MigrationInterface, QueryRunner } from 'typeorm';
import { forwardOnly } from './forward-only.js';

/** Keys of systems with scopes and addresses, and the access tokens that they are exchanged for. */
export class Systems1764000000022 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE api_key
        ALTER COLUMN secret_hash DROP NOT NULL,
        ADD COLUMN public_key  jsonb,
        ADD COLUMN scopes      text[] CHECK (cardinality(scopes) > 0),
        ADD COLUMN addresses   text[] CHECK (cardinality(addresses) > 0),
        ADD COLUMN created_by  text,
        ADD COLUMN replaced_by uuid,
        ADD CONSTRAINT api_key_one_way CHECK ((secret_hash IS NULL) = (public_key IS NOT NULL));
      COMMENT ON COLUMN api_key.public_key IS
        'JWK of a client that signs (private_key_jwt) and has no secret; null for all others.';
      COMMENT ON COLUMN api_key.scopes IS 'Null: all that the roles may.';
      COMMENT ON COLUMN api_key.addresses IS 'CIDR; null: from everywhere.';
      COMMENT ON COLUMN api_key.replaced_by IS 'The key that took its place; it runs on for a while.';

      CREATE TABLE access_token (
        token_hash bytea       PRIMARY KEY CHECK (octet_length(token_hash) = 32),
        key_id     uuid        NOT NULL REFERENCES api_key (id),
        scopes     text[]      CHECK (cardinality(scopes) > 0),
        created_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz NOT NULL
      );
      CREATE INDEX access_token_end ON access_token (expires_at);

      CREATE TABLE client_assertion (
        assertion_hash bytea       PRIMARY KEY CHECK (octet_length(assertion_hash) = 32),
        expires_at     timestamptz NOT NULL
      );
      COMMENT ON TABLE client_assertion IS 'Signed assertions that were used: none works twice.';
    `);
  }

  down(): Promise<void> {
    return forwardOnly();
  }
}
