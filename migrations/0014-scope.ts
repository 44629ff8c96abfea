import type { MigrationInterface, QueryRunner } from 'typeorm';
import { forwardOnly } from './forward-only.js';

/** The first day of an outcome, so that its hours can be checked against the calendar. */
export class Scope1764000000014 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE learning_outcome ADD COLUMN started_on text;
      COMMENT ON COLUMN learning_outcome.started_on IS 'yyyy-MM-dd; null when nobody said.';
    `);
  }

  down(): Promise<void> {
    return forwardOnly();
  }
}
