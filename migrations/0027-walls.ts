import type { MigrationInterface, QueryRunner } from 'typeorm';
import { forwardOnly } from './forward-only.js';

/**
 * What the walls between tenants ask (`src/platform/database/walls.ts` has the walls). The functions
 * run with the rights of the owner, because the roster itself stands behind a wall.
 */
export class Walls1764000000027 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION tenant_institution() RETURNS uuid LANGUAGE sql STABLE
        RETURN nullif(current_setting('creditbank.institution', true), '')::uuid;

      CREATE FUNCTION tenant_learner() RETURNS uuid LANGUAGE sql STABLE
        RETURN nullif(current_setting('creditbank.learner', true), '')::uuid;

      CREATE FUNCTION reaches_learner(of_bucket smallint, of_learner uuid) RETURNS boolean
        LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
      BEGIN
        RETURN of_learner = tenant_learner()
          OR EXISTS (SELECT FROM learner_institution m
                      WHERE m.bucket = of_bucket AND m.learner_id = of_learner
                        AND m.institution_id = tenant_institution())
          OR EXISTS (SELECT FROM application a
                      WHERE a.bucket = of_bucket AND a.learner_id = of_learner
                        AND a.institution_id = tenant_institution() AND a.state <> 'draft');
      END $$;
      COMMENT ON FUNCTION reaches_learner IS
        'Whether the tenant of this connection is the learner, or an institution that has the '
        'learner on its roster or an application of the learner before it.';
    `);
  }

  down(): Promise<void> {
    return forwardOnly();
  }
}
