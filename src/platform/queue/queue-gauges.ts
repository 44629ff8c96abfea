import { Injectable } from '@nestjs/common';
import { Database } from '../database/index.js';
import { Gauges } from '../telemetry/index.js';

/** How much work waits, and how long the oldest has. */
@Injectable()
export class QueueGauges {
  constructor(gauges: Gauges, database: Database) {
    gauges.add({
      name: 'creditbank_tasks_open',
      help: 'Tasks that are accepted and not done, by kind.',
      read: () =>
        database.read((tx) =>
          tx.query(
            `SELECT kind AS label, count(*)::int AS value FROM task
              WHERE done_at IS NULL AND failed_at IS NULL GROUP BY kind`,
          ),
        ),
    });
    gauges.add({
      name: 'creditbank_tasks_given_up',
      help: 'Tasks that wait for a person.',
      read: () =>
        database.read((tx) =>
          tx.query(
            `SELECT count(*)::int AS value FROM task
              WHERE failed_at IS NOT NULL AND closed_at IS NULL AND done_at IS NULL`,
          ),
        ),
    });
    gauges.add({
      name: 'creditbank_task_oldest_seconds',
      help: 'Age of the oldest task that is not done.',
      read: () =>
        database.read((tx) =>
          tx.query(
            `SELECT coalesce(extract(epoch FROM now() - min(created_at)), 0)::float8 AS value
               FROM task WHERE done_at IS NULL AND failed_at IS NULL`,
          ),
        ),
    });
  }
}
