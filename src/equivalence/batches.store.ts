import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Problem } from '#libs/problems';
import type { Role } from '../platform/auth/index.js';
import { bucketOf } from '../platform/ids/index.js';
import { listOpenRecords } from '../platform/queue/index.js';
import type { AnswerStatus } from './answer.js';
import type { Batch } from './batch.js';

/** What the queue needs of a list: who sent it, with what right, and the sealed file. */
export interface SentBatch {
  readonly id: string;
  readonly institutionId: string;
  readonly actor: string;
  readonly roles: readonly Role[];
  readonly network: string;
  readonly programme: string | null;
  readonly on: string;
  readonly state: Batch['state'];
  readonly wrappedKey: Buffer;
  /** Null once its rows are stored. */
  readonly fileSealed: Buffer | null;
}

export type NewBatch = Omit<SentBatch, 'state' | 'fileSealed'> & {
  readonly fileName: string;
  readonly fileSealed: Buffer;
  readonly createdAt: Date;
  readonly destroyAt: Date;
};

export interface StoredRow {
  readonly position: number;
  readonly askedSealed: Buffer;
  readonly answerSealed: Buffer | null;
}

/** A row with its answer, and whom it was found to be about. */
export interface AnsweredStoredRow extends StoredRow {
  readonly answerSealed: Buffer;
  readonly learnerId: string | null;
}

const BATCH = `SELECT b.id, b.institution_id AS "institutionId", b.file_name AS "fileName", b.programme,
    b.on_day::text AS "on", b.state, b.problem, b.rows_total AS "rowsTotal",
    b.created_at AS "createdAt", b.started_at AS "startedAt", b.ended_at AS "endedAt",
    b.destroy_at AS "destroyAt", n.*
  FROM equivalence_batch b CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE status = 'matched')::int AS matched,
           count(*) FILTER (WHERE status = 'not-matched')::int AS "notMatched",
           count(*) FILTER (WHERE status = 'not-checked')::int AS "notChecked"
      FROM equivalence_row r WHERE r.batch_id = b.id) n`;

/** All SQL of lists. */
@Injectable()
export class BatchesStore {
  async insert(tx: EntityManager, batch: NewBatch): Promise<void> {
    await tx.query(
      `INSERT INTO equivalence_batch (id, institution_id, actor, roles, network, file_name,
         programme, on_day, state, wrapped_key, file_sealed, created_at, destroy_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'queued', $9, $10, $11, $12)`,
      [
        batch.id,
        batch.institutionId,
        batch.actor,
        batch.roles,
        batch.network,
        batch.fileName,
        batch.programme,
        batch.on,
        batch.wrappedKey,
        batch.fileSealed,
        batch.createdAt,
        batch.destroyAt,
      ],
    );
  }

  async find(tx: EntityManager, id: string): Promise<Batch | undefined> {
    const rows = await tx.query<Batch[]>(`${BATCH} WHERE b.id = $1`, [id]);
    return rows[0];
  }

  list(
    tx: EntityManager,
    institutionId: string,
    { before, limit }: { before: string | null; limit: number },
  ): Promise<Batch[]> {
    return tx.query(
      `${BATCH} WHERE b.institution_id = $1 AND ($2::uuid IS NULL OR b.id < $2)
        ORDER BY b.id DESC LIMIT $3`,
      [institutionId, before, limit],
    );
  }

  /** With its row locked: one worker at a time begins and ends it. */
  async findSent(tx: EntityManager, id: string): Promise<SentBatch | undefined> {
    const rows = await tx.query<SentBatch[]>(
      `SELECT id, institution_id AS "institutionId", actor, roles, network, programme,
              on_day::text AS "on", state, wrapped_key AS "wrappedKey", file_sealed AS "fileSealed"
         FROM equivalence_batch WHERE id = $1 FOR UPDATE`,
      [id],
    );
    return rows[0];
  }

  listOpen(tx: EntityManager): Promise<string[]> {
    return listOpenRecords(tx, 'equivalence_batch');
  }

  /** Stores the rows of a list in place of its file. */
  async begin(
    tx: EntityManager,
    id: string,
    { askedSealed, at }: { askedSealed: readonly Buffer[]; at: Date },
  ): Promise<void> {
    await tx.query(
      `INSERT INTO equivalence_row (batch_id, position, asked_sealed)
       SELECT $1, n - 1, asked FROM unnest($2::bytea[]) WITH ORDINALITY AS r (asked, n)`,
      [id, askedSealed],
    );
    await tx.query(
      `UPDATE equivalence_batch SET state = 'running', rows_total = $2, started_at = $3,
              file_sealed = NULL
        WHERE id = $1 AND state = 'queued'`,
      [id, askedSealed.length, at],
    );
  }

  /** The next rows without an answer. */
  listUnanswered(tx: EntityManager, id: string, limit: number): Promise<StoredRow[]> {
    return tx.query(
      `SELECT position, asked_sealed AS "askedSealed", NULL AS "answerSealed" FROM equivalence_row
        WHERE batch_id = $1 AND answer_sealed IS NULL ORDER BY position LIMIT $2`,
      [id, limit],
    );
  }

  listRows(tx: EntityManager, id: string): Promise<StoredRow[]> {
    return tx.query(
      `SELECT position, asked_sealed AS "askedSealed", answer_sealed AS "answerSealed"
         FROM equivalence_row WHERE batch_id = $1 ORDER BY position`,
      [id],
    );
  }

  /** Rows that have their answer, in the order of the list, after a position. */
  listAnswered(
    tx: EntityManager,
    id: string,
    { status, after, limit }: { status: AnswerStatus | null; after: number; limit: number },
  ): Promise<AnsweredStoredRow[]> {
    return tx.query(
      `SELECT position, asked_sealed AS "askedSealed", answer_sealed AS "answerSealed",
              learner_id AS "learnerId"
         FROM equivalence_row
        WHERE batch_id = $1 AND answer_sealed IS NOT NULL AND position > $2
          AND ($3::text IS NULL OR status = $3)
        ORDER BY position LIMIT $4`,
      [id, after, status, limit],
    );
  }

  async findKey(tx: EntityManager, id: string): Promise<Buffer | undefined> {
    const rows = await tx.query<{ key: Buffer }[]>(
      `SELECT wrapped_key AS key FROM equivalence_batch
        WHERE id = $1 AND state IN ('running', 'done')`,
      [id],
    );
    return rows[0]?.key;
  }

  /** @returns false when the row has its answer, or is gone */
  async putAnswer(
    tx: EntityManager,
    row: { batchId: string; position: number },
    answer: { sealed: Buffer; status: AnswerStatus; learnerId: string | null },
  ): Promise<boolean> {
    const { sealed, status, learnerId } = answer;
    const [rows] = await tx.query<[unknown[], number]>(
      `UPDATE equivalence_row SET answer_sealed = $3, status = $4, bucket = $5, learner_id = $6
        WHERE batch_id = $1 AND position = $2 AND answer_sealed IS NULL RETURNING 1`,
      [
        row.batchId,
        row.position,
        sealed,
        status,
        learnerId === null ? null : bucketOf(learnerId),
        learnerId,
      ],
    );
    return rows.length > 0;
  }

  async end(tx: EntityManager, id: string, result: { sealed: Buffer; at: Date }): Promise<void> {
    await tx.query(
      `UPDATE equivalence_batch SET state = 'done', result_sealed = $2, ended_at = $3
        WHERE id = $1 AND state = 'running'`,
      [id, result.sealed, result.at],
    );
  }

  async fail(tx: EntityManager, id: string, { problem, at }: { problem: Problem; at: Date }) {
    await tx.query(
      `UPDATE equivalence_batch SET state = 'failed', problem = $2, ended_at = $3, file_sealed = NULL
        WHERE id = $1 AND state IN ('queued', 'running')`,
      [id, JSON.stringify(problem), at],
    );
  }

  async findResult(
    tx: EntityManager,
    id: string,
  ): Promise<{ wrappedKey: Buffer; sealed: Buffer } | undefined> {
    const rows = await tx.query<{ wrappedKey: Buffer; sealed: Buffer }[]>(
      `SELECT wrapped_key AS "wrappedKey", result_sealed AS sealed FROM equivalence_batch
        WHERE id = $1 AND state = 'done'`,
      [id],
    );
    return rows[0];
  }

  /** Lists whose time is over: the key goes, and with it everything they said. */
  async destroyOver(tx: EntityManager, now: Date): Promise<number> {
    const rows = await tx.query<{ id: string }[]>(
      `SELECT id FROM equivalence_batch WHERE destroy_at <= $1 AND state <> 'destroyed'
        ORDER BY id LIMIT 200 FOR UPDATE`,
      [now],
    );
    const ids = rows.map(({ id }) => id);
    await tx.query('DELETE FROM equivalence_row WHERE batch_id = ANY($1)', [ids]);
    await tx.query(
      `UPDATE equivalence_batch SET state = 'destroyed', wrapped_key = '\\x', file_name = '',
              file_sealed = NULL, result_sealed = NULL, ended_at = coalesce(ended_at, $2)
        WHERE id = ANY($1)`,
      [ids, now],
    );
    return ids.length;
  }
}
