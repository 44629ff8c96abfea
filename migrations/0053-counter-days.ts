import type { MigrationInterface, QueryRunner } from 'typeorm';
import { forwardOnly } from './forward-only.js';

/** An office asks whom its counters served on a day. */
export class CounterDays1764000000053 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX representation_of_counter ON representation (institution_id, begins_at, id)
        WHERE kind = 'counter'
    `);
  }

  down(): Promise<void> {
    return forwardOnly();
  }
}
