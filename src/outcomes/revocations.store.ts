import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { bucketOf } from '../platform/ids/index.js';

/** One line in the history of an outcome that was taken back or given back. */
export interface RevocationLine {
  readonly learnerId: string;
  readonly lotId: string;
  readonly action: 'revoke' | 'redeposit';
  readonly revocationId: string;
  readonly batchId: string | null;
  readonly institutionId: string | null;
  readonly actor: string;
  readonly reason: string;
  readonly appeal: string | null;
}

/** Which outcomes of an institution somebody wants to take back. */
export interface OutcomeScope {
  readonly institutionId: string;
  /** Days of completion, `yyyy-mm-dd`, both included; null is open. */
  readonly completedFrom: string | null;
  readonly completedTo: string | null;
  readonly definitionId: string | null;
}

/** Outcomes in scope, of one learner. */
export interface LearnerInScope {
  readonly learnerId: string;
  readonly lotIds: string[];
}

interface LineRow {
  learner_id: string;
  lot_id: string;
  action: 'revoke' | 'redeposit';
  revocation_id: string;
  batch_id: string | null;
  institution_id: string | null;
  actor: string;
  reason: string;
  appeal: string | null;
}

/** A date known to the month or the year has a first and a last day. */
const FIRST_DAY = `(o.completed_on || substring('0000-01-01' FROM length(o.completed_on) + 1))::date`;
const LAST_DAY = `(CASE length(o.completed_on) WHEN 10 THEN ${FIRST_DAY}
  WHEN 7 THEN (${FIRST_DAY} + interval '1 month' - interval '1 day')::date
  ELSE (${FIRST_DAY} + interval '1 year' - interval '1 day')::date END)`;
const NEWEST = `SELECT action FROM outcome_revocation r
  WHERE r.bucket = o.bucket AND r.learner_id = o.learner_id AND r.lot_id = o.lot_id
  ORDER BY seq DESC LIMIT 1`;
/** $1 institution, $2 definition: outcomes of theirs that stand. */
const STANDING = `o.institution_id = $1 AND ($2::uuid IS NULL OR o.definition_id = $2)
  AND (${NEWEST}) IS DISTINCT FROM 'revoke'`;
/** $3 first day, $4 last day: only what certainly was completed in between. */
const WITHIN = `($3::date IS NULL OR ${FIRST_DAY} >= $3) AND ($4::date IS NULL OR ${LAST_DAY} <= $4)`;
const TOUCHING = `($3::date IS NULL OR ${LAST_DAY} >= $3) AND ($4::date IS NULL OR ${FIRST_DAY} <= $4)`;

/** An outcome as somebody knew it: the newest line about it then, -1 when there was none. */
export interface SeenLot {
  readonly learnerId: string;
  readonly lotId: string;
  readonly seq: number;
}

/** All SQL of taking outcomes back. INSERT and SELECT only. */
@Injectable()
export class RevocationsStore {
  /** The caller holds the learner's lock, so the numbers are free. */
  async insert(tx: EntityManager, lines: readonly RevocationLine[]): Promise<void> {
    for (const line of lines) {
      await tx.query(
        `INSERT INTO outcome_revocation (bucket, learner_id, lot_id, seq, action, revocation_id,
           batch_id, institution_id, actor, reason, appeal)
         SELECT $1, $2, $3, coalesce(max(seq) + 1, 0), $4, $5, $6, $7, $8, $9, $10
           FROM outcome_revocation WHERE bucket = $1 AND learner_id = $2 AND lot_id = $3`,
        [
          bucketOf(line.learnerId),
          line.learnerId,
          line.lotId,
          line.action,
          line.revocationId,
          line.batchId,
          line.institutionId,
          line.actor,
          line.reason,
          line.appeal,
        ],
      );
    }
  }

  /** Lots of some learners that are taken back now. */
  async revokedLots(tx: EntityManager, learnerIds: readonly string[]): Promise<Set<string>> {
    const rows = await tx.query<{ lot_id: string }[]>(
      `SELECT lot_id FROM outcome_revocation
        WHERE (bucket, learner_id) IN (SELECT * FROM unnest($1::smallint[], $2::uuid[]))
        GROUP BY bucket, learner_id, lot_id HAVING max(seq) % 2 = 0`,
      [learnerIds.map(bucketOf), learnerIds],
    );
    return new Set(rows.map((row) => row.lot_id));
  }

  /** The number of the newest line about each lot; lots without any are not in the answer. */
  async newestLines(
    tx: EntityManager,
    places: readonly Pick<SeenLot, 'learnerId' | 'lotId'>[],
  ): Promise<Map<string, number>> {
    const rows = await tx.query<{ lot_id: string; seq: number }[]>(
      `SELECT lot_id, max(seq) AS seq FROM outcome_revocation
        WHERE (bucket, learner_id, lot_id) IN (
          SELECT * FROM unnest($1::smallint[], $2::uuid[], $3::uuid[]))
        GROUP BY lot_id`,
      [
        places.map(({ learnerId }) => bucketOf(learnerId)),
        places.map(({ learnerId }) => learnerId),
        places.map(({ lotId }) => lotId),
      ],
    );
    return new Map(rows.map(({ lot_id, seq }) => [lot_id, seq]));
  }

  /** Which of these lots were taken back after the line that was seen, by their place in the list. */
  async revokedSince(tx: EntityManager, seen: readonly SeenLot[]): Promise<Set<number>> {
    const rows = await tx.query<{ place: string }[]>(
      `SELECT s.place FROM unnest($1::smallint[], $2::uuid[], $3::uuid[], $4::int[])
           WITH ORDINALITY AS s (bucket, learner_id, lot_id, seq, place)
        WHERE EXISTS (SELECT FROM outcome_revocation r
          WHERE r.bucket = s.bucket AND r.learner_id = s.learner_id AND r.lot_id = s.lot_id
            AND r.action = 'revoke' AND r.seq > s.seq)`,
      [
        seen.map(({ learnerId }) => bucketOf(learnerId)),
        seen.map(({ learnerId }) => learnerId),
        seen.map(({ lotId }) => lotId),
        seen.map(({ seq }) => seq),
      ],
    );
    return new Set(rows.map(({ place }) => Number(place) - 1));
  }

  /** The newest line of an outcome. */
  async findNewest(
    tx: EntityManager,
    learnerId: string,
    lotId: string,
  ): Promise<RevocationLine | undefined> {
    const rows = await tx.query<LineRow[]>(
      `SELECT * FROM outcome_revocation WHERE bucket = $1 AND learner_id = $2 AND lot_id = $3
        ORDER BY seq DESC LIMIT 1`,
      [bucketOf(learnerId), learnerId, lotId],
    );
    return rows.map(toLine)[0];
  }

  async isTouchedBy(tx: EntityManager, learnerId: string, batchId: string): Promise<boolean> {
    const rows = await tx.query<unknown[]>(
      `SELECT 1 FROM outcome_revocation
        WHERE bucket = $1 AND learner_id = $2 AND batch_id = $3 LIMIT 1`,
      [bucketOf(learnerId), learnerId, batchId],
    );
    return rows.length > 0;
  }

  /**
   * Standing outcomes in scope whose learner lives in a range of buckets, by learner. What `batchId`
   * took before and an appeal gave back is left alone: an order takes each outcome once.
   */
  async listInScope(
    tx: EntityManager,
    scope: OutcomeScope,
    where: { fromBucket: number; toBucket: number; batchId: string | null; learnerId?: string },
  ): Promise<LearnerInScope[]> {
    return tx.query(
      `SELECT o.learner_id AS "learnerId", array_agg(o.lot_id ORDER BY o.lot_id) AS "lotIds"
         FROM learning_outcome o
        WHERE o.bucket BETWEEN $5 AND $6 AND ($8::uuid IS NULL OR o.learner_id = $8)
          AND ${STANDING} AND ${WITHIN}
          AND ($7::uuid IS NULL OR NOT EXISTS (
            SELECT 1 FROM outcome_revocation b WHERE b.bucket = o.bucket
               AND b.learner_id = o.learner_id AND b.lot_id = o.lot_id AND b.batch_id = $7))
        GROUP BY o.bucket, o.learner_id ORDER BY o.bucket, o.learner_id`,
      [
        ...valuesOf(scope),
        where.fromBucket,
        where.toBucket,
        where.batchId,
        where.learnerId ?? null,
      ],
    );
  }

  /** How many learners and outcomes are in scope, and how many outcomes may or may not be. */
  async countInScope(
    tx: EntityManager,
    scope: OutcomeScope,
  ): Promise<{ learners: number; items: number; undecided: number }> {
    const rows = await tx.query<{ learners: number; items: number; undecided: number }[]>(
      `SELECT count(DISTINCT o.learner_id) FILTER (WHERE ${WITHIN})::int AS learners,
              count(*) FILTER (WHERE ${WITHIN})::int AS items,
              count(*) FILTER (WHERE NOT (${WITHIN}))::int AS undecided
         FROM learning_outcome o WHERE ${STANDING} AND ${TOUCHING}`,
      valuesOf(scope),
    );
    return rows[0] as { learners: number; items: number; undecided: number };
  }
}

function valuesOf(scope: OutcomeScope): (string | null)[] {
  return [scope.institutionId, scope.definitionId, scope.completedFrom, scope.completedTo];
}

function toLine(row: LineRow): RevocationLine {
  return {
    learnerId: row.learner_id,
    lotId: row.lot_id,
    action: row.action,
    revocationId: row.revocation_id,
    batchId: row.batch_id,
    institutionId: row.institution_id,
    actor: row.actor,
    reason: row.reason,
    appeal: row.appeal,
  };
}
