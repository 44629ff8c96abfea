import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

export interface OpenTask {
  readonly id: string;
  readonly kind: string;
  readonly payload: unknown;
  readonly priority: number;
}

/** All SQL of the task table. */
@Injectable()
export class TaskStore {
  /** Takes tasks that were never handed to the queue and marks them handed over. */
  async takeNew(tx: EntityManager, kinds: string[]): Promise<OpenTask[]> {
    const [rows] = await tx.query<[OpenTask[], number]>(
      `UPDATE task SET relayed_at = now()
        WHERE id IN (SELECT id FROM task
                      WHERE done_at IS NULL AND failed_at IS NULL AND relayed_at IS NULL
                        AND kind = ANY($1)
                      ORDER BY created_at LIMIT 100 FOR UPDATE SKIP LOCKED)
        RETURNING id, kind, payload, priority`,
      [kinds],
    );
    return rows;
  }

  /** Open tasks handed over a while ago; the queue may have lost them. */
  listRelayed(tx: EntityManager, kinds: string[]): Promise<OpenTask[]> {
    return tx.query(
      `SELECT id, kind, payload, priority FROM task
        WHERE done_at IS NULL AND failed_at IS NULL AND kind = ANY($1)
          AND relayed_at < now() - interval '2 seconds'
        ORDER BY created_at LIMIT 1000`,
      [kinds],
    );
  }

  async markDone(tx: EntityManager, id: string): Promise<void> {
    await tx.query('UPDATE task SET done_at = now() WHERE id = $1', [id]);
  }

  async markFailed(tx: EntityManager, id: string, error: string): Promise<void> {
    await tx.query('UPDATE task SET failed_at = now(), last_error = $2 WHERE id = $1', [
      id,
      error.slice(0, 2000),
    ]);
  }
}
