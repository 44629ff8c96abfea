import type { MigrationInterface, QueryRunner } from 'typeorm';
import { forwardOnly } from './forward-only.js';

/**
 * Outcomes of one import lie together in time, so a BRIN index finds them as well as the tree did
 * that every posted row had to enter.
 */
export class ImportLookup1764000000015 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX learning_outcome_import;
      CREATE INDEX learning_outcome_of_import ON learning_outcome USING brin (import_id)
        WITH (pages_per_range = 32, autosummarize = on);
    `);
  }

  down(): Promise<void> {
    return forwardOnly();
  }
}
