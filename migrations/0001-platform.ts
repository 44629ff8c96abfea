import type { MigrationInterface, QueryRunner } from 'typeorm';
import { forwardOnly } from './forward-only.js';

/** Work to do is a row written with its cause; the queue is only the way it travels. */
export class Platform1764000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE task (
        id           uuid        PRIMARY KEY,
        kind         text        NOT NULL,
        payload      jsonb       NOT NULL,
        priority     int         NOT NULL DEFAULT 0,
        created_at   timestamptz NOT NULL DEFAULT now(),
        relayed_at   timestamptz,
        done_at      timestamptz,
        failed_at    timestamptz,
        last_error   text
      );
      CREATE INDEX task_open ON task (created_at) WHERE done_at IS NULL AND failed_at IS NULL;
      COMMENT ON TABLE task IS
        'Work accepted and not yet finished. An emptied queue is refilled from here.';
    `);
  }

  down(): Promise<void> {
    return forwardOnly();
  }
}
