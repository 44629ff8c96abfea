import type { MigrationInterface, QueryRunner } from 'typeorm';
import { forwardOnly } from './forward-only.js';

/** The edges: the request behind a task, and counters of limits that all processes share. */
export class Edges1764000000023 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE task ADD COLUMN request_id text;
      COMMENT ON COLUMN task.request_id IS 'Request-Id of the request that caused the task.';

      CREATE UNLOGGED TABLE rate_limit (
        key    varchar(255) PRIMARY KEY,
        points integer      NOT NULL DEFAULT 0,
        expire bigint
      );
      COMMENT ON TABLE rate_limit IS
        'Counters of rate-limiter-flexible: keyed hashes of addresses, names and keys, for minutes. '
        'Unlogged: a server that crashed begins to count anew.';
      CREATE INDEX rate_limit_expires ON rate_limit (expire);
    `);
  }

  down(): Promise<void> {
    return forwardOnly();
  }
}
