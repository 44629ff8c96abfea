import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { ProblemCode } from '#libs/problems';
import { listOpenRecords } from '../platform/queue/index.js';
import type { BatchProblem, BatchState, RevocationBatch, Tally } from './batch.js';

interface BatchRow {
  id: string;
  institution_id: string;
  completed_from: string | null;
  completed_to: string | null;
  definition_id: string | null;
  reason: string;
  ordered_by: string | null;
  actor: string;
  state: BatchState;
  sweep: number;
  next_bucket: number;
  learners_total: number | null;
  items_total: number | null;
  learners: number;
  items: number;
  millicredits: string;
  conversions: number;
  awards: number;
  rights: number;
  reconsidered: number;
  created_at: Date;
  started_at: Date | null;
  ended_at: Date | null;
  elapsed_ms: string;
}

/** The last bucket of learners and one. */
export const END = 1024;

const BATCH = `SELECT *, completed_from::text AS completed_from, completed_to::text AS completed_to,
    extract(epoch FROM coalesce(ended_at, clock_timestamp()) -
      coalesce(started_at, clock_timestamp())) * 1000 AS elapsed_ms
  FROM revocation_batch`;

/** All SQL of provider-wide revocations. */
@Injectable()
export class BatchesStore {
  /** @returns false when there is one with this id already */
  async insert(
    tx: EntityManager,
    batch: Pick<
      RevocationBatch,
      | 'id'
      | 'institutionId'
      | 'completedFrom'
      | 'completedTo'
      | 'definitionId'
      | 'reason'
      | 'orderedBy'
      | 'actor'
    >,
  ): Promise<boolean> {
    const rows = await tx.query<unknown[]>(
      `INSERT INTO revocation_batch (id, institution_id, completed_from, completed_to, definition_id,
         reason, ordered_by, actor, state)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'queued') ON CONFLICT (id) DO NOTHING RETURNING 1`,
      [
        batch.id,
        batch.institutionId,
        batch.completedFrom,
        batch.completedTo,
        batch.definitionId,
        batch.reason,
        batch.orderedBy,
        batch.actor,
      ],
    );
    return rows.length > 0;
  }

  async find(tx: EntityManager, id: string): Promise<RevocationBatch | undefined> {
    const rows = await tx.query<BatchRow[]>(`${BATCH} WHERE id = $1`, [id]);
    return rows.map(toBatch)[0];
  }

  /** The newest first; `before` is the id of the last one seen. */
  async list(
    tx: EntityManager,
    { before, limit }: { before: string | null; limit: number },
  ): Promise<RevocationBatch[]> {
    const rows = await tx.query<BatchRow[]>(
      `${BATCH}
        WHERE $1::uuid IS NULL
           OR (created_at, id) < (SELECT created_at, id FROM revocation_batch WHERE id = $1)
        ORDER BY created_at DESC, id DESC LIMIT $2`,
      [before, limit],
    );
    return rows.map(toBatch);
  }

  /** Orders that a stopped or crashed process left open. */
  listOpen(tx: EntityManager): Promise<string[]> {
    return listOpenRecords(tx, 'revocation_batch');
  }

  /** `queued` becomes `running`; nothing when it is in another state. */
  async start(
    tx: EntityManager,
    id: string,
    totals: { learners: number; items: number },
  ): Promise<void> {
    await tx.query(
      `UPDATE revocation_batch
          SET state = 'running', started_at = clock_timestamp(), learners_total = $2, items_total = $3
        WHERE id = $1 AND state = 'queued'`,
      [id, totals.learners, totals.items],
    );
  }

  /** @returns false when it has begun or ended */
  async cancel(tx: EntityManager, id: string): Promise<boolean> {
    const [rows] = await tx.query<[unknown[], number]>(
      `UPDATE revocation_batch SET state = 'cancelled', ended_at = clock_timestamp()
        WHERE id = $1 AND state = 'queued' RETURNING 1`,
      [id],
    );
    return rows.length > 0;
  }

  /** Adds what one learner's transaction did; it is there exactly when the rest of it is. */
  async count(
    tx: EntityManager,
    id: string,
    { tally, isNewLearner }: { tally: Tally; isNewLearner: boolean },
  ): Promise<void> {
    await tx.query(
      `UPDATE revocation_batch
          SET learners = learners + $2, items = items + $3, swept = swept + $3,
              millicredits = millicredits + $4, conversions = conversions + $5,
              awards = awards + $6, rights = rights + $7, reconsidered = reconsidered + $8
        WHERE id = $1`,
      [
        id,
        isNewLearner ? 1 : 0,
        tally.items,
        tally.millicredits.toString(),
        tally.conversions,
        tally.awards,
        tally.rights,
        tally.reconsidered,
      ],
    );
  }

  /** Moves on, unless another worker has. */
  async advance(
    tx: EntityManager,
    { id, sweep, nextBucket }: RevocationBatch,
    to: number,
  ): Promise<void> {
    await tx.query(
      `UPDATE revocation_batch SET next_bucket = $4
        WHERE id = $1 AND sweep = $2 AND next_bucket = $3`,
      [id, sweep, nextBucket, to],
    );
  }

  /** Ends a sweep: another follows when this one found something, or failed with somebody. */
  async endSweep(
    tx: EntityManager,
    { id, sweep }: RevocationBatch,
    mostForProblems: number,
  ): Promise<void> {
    await tx.query(
      `UPDATE revocation_batch b
          SET sweep = CASE WHEN again THEN sweep + 1 ELSE sweep END,
              next_bucket = CASE WHEN again THEN 0 ELSE next_bucket END,
              swept = 0,
              state = CASE WHEN again THEN state ELSE 'done' END,
              ended_at = CASE WHEN again THEN NULL ELSE clock_timestamp() END
         FROM (SELECT swept > 0 OR (sweep < $4 AND EXISTS (
                 SELECT 1 FROM revocation_batch_problem WHERE batch_id = $1)) AS again
                 FROM revocation_batch WHERE id = $1) x
        WHERE id = $1 AND sweep = $2 AND next_bucket = $3 AND state = 'running'`,
      [id, sweep, END, mostForProblems],
    );
  }

  async putProblem(tx: EntityManager, id: string, problem: BatchProblem): Promise<void> {
    await tx.query(
      `INSERT INTO revocation_batch_problem (batch_id, learner_id, code) VALUES ($1, $2, $3)
       ON CONFLICT (batch_id, learner_id)
         DO UPDATE SET code = excluded.code, recorded_at = clock_timestamp()`,
      [id, problem.learnerId, problem.code],
    );
  }

  async clearProblem(tx: EntityManager, id: string, learnerId: string): Promise<void> {
    await tx.query('DELETE FROM revocation_batch_problem WHERE batch_id = $1 AND learner_id = $2', [
      id,
      learnerId,
    ]);
  }

  async listProblems(tx: EntityManager, id: string, limit: number): Promise<BatchProblem[]> {
    const rows = await tx.query<{ learner_id: string; code: ProblemCode }[]>(
      `SELECT learner_id, code FROM revocation_batch_problem
        WHERE batch_id = $1 ORDER BY recorded_at, learner_id LIMIT $2`,
      [id, limit],
    );
    return rows.map((row) => ({ learnerId: row.learner_id, code: row.code }));
  }
}

function toBatch(row: BatchRow): RevocationBatch {
  return {
    id: row.id,
    institutionId: row.institution_id,
    completedFrom: row.completed_from,
    completedTo: row.completed_to,
    definitionId: row.definition_id,
    reason: row.reason,
    orderedBy: row.ordered_by,
    actor: row.actor,
    state: row.state,
    sweep: row.sweep,
    nextBucket: row.next_bucket,
    learnersTotal: row.learners_total,
    itemsTotal: row.items_total,
    learners: row.learners,
    items: row.items,
    millicredits: BigInt(row.millicredits),
    conversions: row.conversions,
    awards: row.awards,
    rights: row.rights,
    reconsidered: row.reconsidered,
    createdAt: row.created_at,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    elapsedMs: Number(row.elapsed_ms),
  };
}
