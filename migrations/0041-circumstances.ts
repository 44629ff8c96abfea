import type { MigrationInterface, QueryRunner } from 'typeorm';
import { forwardOnly } from './forward-only.js';

/**
 * What the plan's indicators ask and no completion said so far: under which circumstances something
 * was learned, as the school states it, and which outcomes mark a step in a life. Nothing is
 * filled in for what was recorded before: unknown stays null.
 */
export class Circumstances1764000000041 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE learning_outcome ADD COLUMN circumstances text
        CONSTRAINT learning_outcome_circumstances_said CHECK (circumstances <> '');
      COMMENT ON COLUMN learning_outcome.circumstances IS
        'Words of a closed list in alphabetical order, parted by spaces; null when nothing was said.';

      ALTER TABLE outcome_definition ADD COLUMN milestone text
        CONSTRAINT outcome_definition_milestone_known CHECK (milestone IN (
          'secondary-graduation', 'onward-transfer', 'onward-matched', 'onward-exempt',
          'onward-other', 'gate-3-2', 'gate-five-year', 'dual-qualified-teacher',
          'chinese-language'));
      COMMENT ON COLUMN outcome_definition.milestone IS
        'The step in a life that the outcome marks; null for what is just learned.';
    `);
  }

  down(): Promise<void> {
    return forwardOnly();
  }
}
