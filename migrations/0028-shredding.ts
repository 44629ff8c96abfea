import type { MigrationInterface, QueryRunner } from 'typeorm';
import { forwardOnly } from './forward-only.js';

/**
 * A feature that adds a table about learners adds a function `shred_of_FEATURE(bucket, learner)` in
 * its own migration; `shred_learner` calls them all, in the order of their names. A table of words
 * that only ever grows says with its trigger, `refuse_change('shreddable')`, that those words go
 * when the person is erased.
 */
export class Shredding1764000000028 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER FUNCTION shred_learner(smallint, uuid) RENAME TO shred_of_core;
      COMMENT ON FUNCTION shred_of_core IS
        'Destroys what leads back to a person in the tables up to migration 0026.';

      CREATE FUNCTION shred_learner(p_bucket smallint, p_learner uuid) RETURNS void
        LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = public, pg_temp
      AS $$
      DECLARE
        piece regprocedure;
      BEGIN
        PERFORM set_config('creditbank.shredding', 'on', true);
        FOR piece IN
          SELECT oid FROM pg_proc
           WHERE pronamespace = 'public'::regnamespace
             AND starts_with(proname, 'shred_of_') AND proowner = current_user::regrole
           ORDER BY proname
        LOOP
          EXECUTE format('SELECT %s($1, $2)', piece::regproc) USING p_bucket, p_learner;
          -- A piece may have switched it off behind itself.
          PERFORM set_config('creditbank.shredding', 'on', true);
        END LOOP;
        PERFORM set_config('creditbank.shredding', 'off', true);
      END $$;
      COMMENT ON FUNCTION shred_learner IS
        'Destroys what leads back to a person: calls every function shred_of_*(bucket, learner).';

      CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        -- What people wrote about an erased person goes; that they wrote something, and when, stays.
        IF TG_OP = 'UPDATE' AND current_setting('creditbank.shredding', true) = 'on'
           AND ('shreddable' = ANY(TG_ARGV)
                OR TG_TABLE_NAME IN ('application_event', 'application_vote', 'application_appeal',
                                     'outcome_revocation', 'finding'))
        THEN RETURN NULL; END IF;
        RAISE EXCEPTION 'ledger rows are append-only (% on %)', TG_OP, TG_TABLE_NAME
          USING ERRCODE = '0A000';
      END $$;
    `);
  }

  down(): Promise<void> {
    return forwardOnly();
  }
}
