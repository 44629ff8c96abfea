import type { MigrationInterface, QueryRunner } from 'typeorm';
import { forwardOnly } from './forward-only.js';

/**
 * Words that people write about people. They are sealed under a key of the row they belong to; rows
 * from before keep theirs as they are until the person is erased.
 */
export class Words1764000000033 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE access_log
        DROP CONSTRAINT access_log_ground_known,
        ADD CONSTRAINT access_log_ground_known CHECK (ground IN (
          'roster', 'oversight', 'application', 'consent', 'share', 'file', 'counter', 'guardian',
          'none'));
      COMMENT ON COLUMN access_log.ground IS
        'Why it was shown; file: the office had sent it itself; none: somebody asked without a right, '
        'and nothing was shown.';
      COMMENT ON COLUMN access_log.reference IS
        'The consent, share, application, file, counter session or guardianship it rests on.';

      ALTER TABLE consent ADD COLUMN wrapped_key bytea NOT NULL DEFAULT '\\x';
      COMMENT ON COLUMN consent.wrapped_key IS
        'Opens purpose and record; empty for a consent from before they were sealed, and after an '
        'erasure.';

      CREATE FUNCTION shred_of_words(p_bucket smallint, p_learner uuid) RETURNS void
        LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = public, pg_temp
      AS $$
      BEGIN
        UPDATE consent SET wrapped_key = '\\x'
         WHERE bucket = p_bucket AND learner_id = p_learner;
      END $$;
    `);
  }

  down(): Promise<void> {
    return forwardOnly();
  }
}
