import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

export interface OpenTask {
  readonly id: string;
  readonly kind: string;
  readonly payload: unknown;
  readonly priority: number;
  /** The request that caused it; null when none did. */
  readonly requestId: string | null;
}

/** A task with how it went. */
export interface Task {
  readonly id: string;
  readonly kind: string;
  /** Ids of what it is about. */
  readonly payload: Record<string, unknown>;
  readonly requestId: string | null;
  /** How often it failed. */
  readonly attempts: number;
  /** What stopped it last. */
  readonly error: string | null;
  readonly createdAt: Date;
  readonly doneAt: Date | null;
  readonly failedAt: Date | null;
  /** {@link failedAt} with all its digits, for cursors. */
  readonly failedAtText: string | null;
  readonly closedAt: Date | null;
}

/** What a person did about a task that gave up. */
export interface TaskEvent {
  readonly action: 'retry' | 'close';
  readonly actor: string;
  readonly institutionId: string | null;
  readonly note: string | null;
  /** How often it had failed, and what had stopped it. */
  readonly attempts: number;
  readonly error: string;
  readonly recordedAt: Date;
}

interface TaskRow {
  id: string;
  kind: string;
  payload: Record<string, unknown>;
  request_id: string | null;
  attempts: number;
  last_error: string | null;
  created_at: Date;
  done_at: Date | null;
  failed_at: Date | null;
  failed_at_text: string | null;
  closed_at: Date | null;
}

const COLUMNS = `id, kind, payload, request_id, attempts, last_error, created_at, done_at, failed_at,
  to_char(failed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS failed_at_text,
  closed_at`;

/** How much work of one kind is not done. */
export interface KindOfWork {
  readonly kind: string;
  readonly open: number;
  /** When the oldest of the open ones was asked for. */
  readonly oldestAt: Date | null;
  readonly givenUp: number;
}

/** Characters of an error that are kept. */
const MOST_OF_ERROR = 2_000;

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
        RETURNING id, kind, payload, priority, request_id AS "requestId"`,
      [kinds],
    );
    return rows;
  }

  /** Open tasks handed over a while ago; the queue may have lost them. */
  listRelayed(tx: EntityManager, kinds: string[]): Promise<OpenTask[]> {
    return tx.query(
      `SELECT id, kind, payload, priority, request_id AS "requestId" FROM task
        WHERE done_at IS NULL AND failed_at IS NULL AND kind = ANY($1)
          AND relayed_at < now() - interval '2 seconds'
        ORDER BY created_at LIMIT 1000`,
      [kinds],
    );
  }

  async markDone(tx: EntityManager, id: string): Promise<void> {
    await tx.query('UPDATE task SET done_at = now() WHERE id = $1', [id]);
  }

  /** Writes down that a try failed; the queue tries again. */
  async markAttempt(tx: EntityManager, id: string, error: string): Promise<void> {
    await tx.query('UPDATE task SET attempts = attempts + 1, last_error = $2 WHERE id = $1', [
      id,
      error.slice(0, MOST_OF_ERROR),
    ]);
  }

  /** Writes down that nobody tries again until a person says so. */
  async markFailed(tx: EntityManager, id: string, error: string): Promise<void> {
    await tx.query(
      `UPDATE task SET failed_at = now(), attempts = attempts + 1, last_error = $2
        WHERE id = $1 AND done_at IS NULL AND failed_at IS NULL`,
      [id, error.slice(0, MOST_OF_ERROR)],
    );
  }

  /** Tasks that gave up and that nobody has closed, in the order in which they did. */
  async listGivenUp(
    tx: EntityManager,
    page: { after: { failedAt: string; id: string } | null; limit: number },
  ): Promise<Task[]> {
    const { after, limit } = page;
    const rows = await tx.query<TaskRow[]>(
      `SELECT ${COLUMNS} FROM task
        WHERE failed_at IS NOT NULL AND closed_at IS NULL
          AND ($1::timestamptz IS NULL OR (failed_at, id) > ($1, $2::uuid))
        ORDER BY failed_at, id LIMIT $3`,
      [after?.failedAt ?? null, after?.id ?? null, limit],
    );
    return rows.map(toTask);
  }

  /** What is not done, by kind; kinds of which everything is done are not there. */
  async countByKind(tx: EntityManager): Promise<KindOfWork[]> {
    return tx.query(
      // Two parts, each with an index of its own: the table keeps what is done.
      `SELECT kind, (count(*) FILTER (WHERE NOT gave_up))::int AS open,
              min(created_at) FILTER (WHERE NOT gave_up) AS "oldestAt",
              (count(*) FILTER (WHERE gave_up))::int AS "givenUp"
         FROM (SELECT kind, created_at, false AS gave_up FROM task
                WHERE done_at IS NULL AND failed_at IS NULL
               UNION ALL
               SELECT kind, created_at, true FROM task
                WHERE failed_at IS NOT NULL AND closed_at IS NULL AND done_at IS NULL) undone
        GROUP BY kind ORDER BY kind`,
    );
  }

  async find(
    tx: EntityManager,
    id: string,
    reading: { isLocked: boolean },
  ): Promise<Task | undefined> {
    const rows = await tx.query<TaskRow[]>(
      `SELECT ${COLUMNS} FROM task WHERE id = $1 ${reading.isLocked ? 'FOR UPDATE' : ''}`,
      [id],
    );
    return rows.map(toTask)[0];
  }

  /** Lets the relay hand a task over as if it were new. The caller holds its lock. */
  async reopen(tx: EntityManager, id: string): Promise<void> {
    await tx.query('UPDATE task SET failed_at = NULL, relayed_at = NULL WHERE id = $1', [id]);
  }

  /** The caller holds the task's lock. */
  async close(tx: EntityManager, id: string): Promise<void> {
    await tx.query('UPDATE task SET closed_at = now() WHERE id = $1', [id]);
  }

  /** Who did what to a task that gave up, with what had stopped it. The caller holds its lock. */
  async addEvent(
    tx: EntityManager,
    { id, attempts, error }: Task,
    event: Omit<TaskEvent, 'attempts' | 'error' | 'recordedAt'>,
  ): Promise<void> {
    await tx.query(
      `INSERT INTO task_event (task_id, seq, action, actor, actor_institution, note, attempts, error)
       SELECT $1, coalesce(max(seq) + 1, 0), $2, $3, $4, $5, $6, $7
         FROM task_event WHERE task_id = $1`,
      [id, event.action, event.actor, event.institutionId, event.note, attempts, error ?? ''],
    );
  }

  async listEvents(tx: EntityManager, id: string): Promise<TaskEvent[]> {
    return tx.query(
      `SELECT action, actor, actor_institution AS "institutionId", note, attempts, error,
              recorded_at AS "recordedAt"
         FROM task_event WHERE task_id = $1 ORDER BY seq`,
      [id],
    );
  }

  /** The newest task of a kind about one application that is not done. */
  async findWaiting(
    tx: EntityManager,
    kind: string,
    applicationId: string,
  ): Promise<Task | undefined> {
    const rows = await tx.query<TaskRow[]>(
      `SELECT ${COLUMNS} FROM task
        WHERE done_at IS NULL AND payload ? 'applicationId'
          AND payload ->> 'applicationId' = $1 AND kind = $2
        ORDER BY created_at DESC, id DESC LIMIT 1`,
      [applicationId, kind],
    );
    return rows.map(toTask)[0];
  }

  /** How many open tasks of its kind come before a task, counted up to `most`. */
  async countBefore(tx: EntityManager, { id, kind }: Task, most: number): Promise<number> {
    const [row] = await tx.query<{ n: number }[]>(
      `SELECT count(*)::int AS n FROM (
         SELECT 1 FROM task t JOIN task own ON own.id = $1
          WHERE t.done_at IS NULL AND t.failed_at IS NULL AND t.kind = $2
            AND (t.priority, t.created_at, t.id) < (own.priority, own.created_at, own.id)
          LIMIT $3) earlier`,
      [id, kind, most],
    );
    return row?.n ?? 0;
  }
}

function toTask(row: TaskRow): Task {
  return {
    id: row.id,
    kind: row.kind,
    payload: row.payload,
    requestId: row.request_id,
    attempts: row.attempts,
    error: row.last_error,
    createdAt: row.created_at,
    doneAt: row.done_at,
    failedAt: row.failed_at,
    failedAtText: row.failed_at_text,
    closedAt: row.closed_at,
  };
}
