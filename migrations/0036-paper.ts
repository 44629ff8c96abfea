import type { MigrationInterface, QueryRunner } from 'typeorm';
import { forwardOnly } from './forward-only.js';

/** Shares that ask for a PIN besides the code, and whose end can be moved. */
export class Paper1764000000036 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE share ADD COLUMN pin_sealed bytea;
      ALTER TABLE share ADD COLUMN pin_failures smallint NOT NULL DEFAULT 0
        CONSTRAINT share_pin_failures_counted CHECK (pin_failures BETWEEN 0 AND 10);
      COMMENT ON COLUMN share.pin_sealed IS
        'SHA-256 of the share''s id and the PIN, sealed with the share''s key; null when none is asked.';
      COMMENT ON COLUMN share.pin_failures IS
        'Wrong PINs since the last right one; at 10 the share opens to nobody until its owner sets one.';

      ALTER TABLE share_view DROP CONSTRAINT share_view_result_known;
      ALTER TABLE share_view ADD CONSTRAINT share_view_result_known
        CHECK (result IN ('shown', 'expired', 'revoked', 'pin-wrong', 'pin-locked'));

      CREATE FUNCTION shred_of_paper(p_bucket smallint, p_learner uuid) RETURNS void
        LANGUAGE sql
      AS $$
        UPDATE share SET pin_sealed = NULL
         WHERE bucket = p_bucket AND learner_id = p_learner AND pin_sealed IS NOT NULL
      $$;
      COMMENT ON FUNCTION shred_of_paper IS 'Destroys the PINs of a learner''s shares.';
    `);
  }

  down(): Promise<void> {
    return forwardOnly();
  }
}
