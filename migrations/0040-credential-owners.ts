import type { MigrationInterface, QueryRunner } from 'typeorm';
import { forwardOnly } from './forward-only.js';

/**
 * A person with several accounts gets credentials under one of them about outcomes that were posted to
 * another. Revocations stand beside the outcome, so a credential says whose outcomes it rests on.
 */
export class CredentialOwners1764000000040 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE credential_lot ADD COLUMN learner_id uuid;
      UPDATE credential_lot l SET learner_id = coalesce((
          SELECT o.learner_id
            FROM learner_person p, unnest(coalesce(p.one_with, ARRAY[p.learner_id])) AS self,
                 learning_outcome o
           WHERE p.bucket = c.bucket AND p.learner_id = c.learner_id
             AND o.bucket = bucket_of(self) AND o.learner_id = self AND o.lot_id = l.lot_id),
          c.learner_id)
        FROM credential c WHERE c.bucket = l.bucket AND c.id = l.credential_id;
      ALTER TABLE credential_lot ALTER COLUMN learner_id SET NOT NULL;
      CREATE INDEX credential_lot_of_learner ON credential_lot (learner_id);
      COMMENT ON COLUMN credential_lot.learner_id IS
        'The account to which the outcome was posted; mostly that of the credential.';
    `);
    await this.#shredding(runner);
  }

  down(): Promise<void> {
    return forwardOnly();
  }

  async #shredding(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE OR REPLACE FUNCTION shred_of_credentials(p_bucket smallint, p_learner uuid) RETURNS void
        LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = public, pg_temp
      AS $$
      DECLARE
        v_ids uuid[];
      BEGIN
        SELECT array_agg(id) INTO v_ids FROM (
          SELECT id FROM credential WHERE bucket = p_bucket AND learner_id = p_learner
          UNION SELECT credential_id FROM credential_lot WHERE learner_id = p_learner) AS c;
        UPDATE status_place SET withdrawn_at = coalesce(withdrawn_at, now())
         WHERE credential_id = ANY (v_ids);
        DELETE FROM credential_lot
         WHERE bucket IN (SELECT bucket_of(id) FROM unnest(v_ids) AS id) AND credential_id = ANY (v_ids);
        DELETE FROM credential
         WHERE bucket IN (SELECT bucket_of(id) FROM unnest(v_ids) AS id) AND id = ANY (v_ids);
      END $$;
      COMMENT ON FUNCTION shred_of_credentials IS
        'Credentials of an erased person, and those about outcomes of that person, are revoked for '
        'everybody who keeps a copy, and forgotten.';
    `);
  }
}
