import type { MigrationInterface, QueryRunner } from 'typeorm';
import { forwardOnly } from './forward-only.js';

/** Keys by which files for other banks are signed; the private half is sealed. */
export class Exchange1764000000039 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE exchange_key (
        id             uuid        PRIMARY KEY,
        public_key     text        NOT NULL,
        wrapped_key    bytea       NOT NULL,
        private_sealed bytea       NOT NULL,
        created_at     timestamptz NOT NULL,
        retired_at     timestamptz
      );
      CREATE UNIQUE INDEX exchange_key_one_current ON exchange_key ((true))
        WHERE retired_at IS NULL;
      COMMENT ON TABLE exchange_key IS
        'RSA keys of XML signatures. A retired one signs nothing and is still known.';
    `);
  }

  down(): Promise<void> {
    return forwardOnly();
  }
}
