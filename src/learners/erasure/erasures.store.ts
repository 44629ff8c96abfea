import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { bucketOf } from '../../platform/ids/index.js';

/** Why a person's data goes (PIPL articles 47 and 15), as the record of it says. */
export const ERASURE_GROUNDS = [
  'request',
  'consent-withdrawn',
  'purpose-ended',
  'retention-ended',
  'unlawful',
] as const;

export type ErasureGround = (typeof ERASURE_GROUNDS)[number];

export interface ErasureEvent {
  readonly learnerId: string;
  readonly seq: number;
  readonly action: 'requested' | 'cancelled' | 'shredded';
  readonly ground: ErasureGround | null;
  readonly actor: string;
  readonly institutionId: string | null;
  /** Of a request: when the data will be destroyed. */
  readonly dueAt: Date | null;
  readonly recordedAt: Date;
}

const COLUMNS = `learner_id AS "learnerId", seq, action, ground, actor,
  institution_id AS "institutionId", due_at AS "dueAt", recorded_at AS "recordedAt"`;

/** SQL of erasure. */
@Injectable()
export class ErasuresStore {
  /** Locks the person; undefined when there is none, or none any more. */
  async lock(tx: EntityManager, learnerId: string): Promise<{ frozenAt: Date | null } | undefined> {
    const rows = await tx.query<{ frozenAt: Date | null }[]>(
      `SELECT frozen_at AS "frozenAt" FROM learner_person
        WHERE bucket = $1 AND learner_id = $2 FOR UPDATE`,
      [bucketOf(learnerId), learnerId],
    );
    return rows[0];
  }

  async setFrozen(tx: EntityManager, learnerId: string, at: Date | null): Promise<void> {
    await tx.query(
      'UPDATE learner_person SET frozen_at = $3 WHERE bucket = $1 AND learner_id = $2',
      [bucketOf(learnerId), learnerId, at],
    );
  }

  async addEvent(tx: EntityManager, event: Omit<ErasureEvent, 'seq'>): Promise<void> {
    await tx.query(
      `INSERT INTO erasure_event (bucket, learner_id, seq, action, ground, actor, institution_id,
              due_at, recorded_at)
       SELECT $1, $2, coalesce(max(seq), 0) + 1, $3, $4, $5, $6, $7, $8 FROM erasure_event
        WHERE bucket = $1 AND learner_id = $2`,
      [
        bucketOf(event.learnerId),
        event.learnerId,
        event.action,
        event.ground,
        event.actor,
        event.institutionId,
        event.dueAt,
        event.recordedAt,
      ],
    );
  }

  listEvents(tx: EntityManager, learnerId: string): Promise<ErasureEvent[]> {
    return tx.query(
      `SELECT ${COLUMNS} FROM erasure_event WHERE bucket = $1 AND learner_id = $2 ORDER BY seq`,
      [bucketOf(learnerId), learnerId],
    );
  }

  /** Frozen people whose period is over. */
  async listDue(tx: EntityManager, now: Date, limit: number): Promise<string[]> {
    const rows = await tx.query<{ id: string }[]>(
      `SELECT p.learner_id AS id FROM learner_person p
        CROSS JOIN LATERAL (
          SELECT due_at FROM erasure_event e WHERE e.bucket = p.bucket
             AND e.learner_id = p.learner_id AND e.action = 'requested'
           ORDER BY seq DESC LIMIT 1) r
        WHERE p.frozen_at IS NOT NULL AND r.due_at <= $1
        ORDER BY p.bucket, p.learner_id LIMIT $2`,
      [now, limit],
    );
    return rows.map(({ id }) => id);
  }

  async shred(tx: EntityManager, learnerId: string): Promise<void> {
    await tx.query('SELECT shred_learner($1::smallint, $2::uuid)', [
      bucketOf(learnerId),
      learnerId,
    ]);
  }

  /** Erased people in the order in which they went, behind a place in that order. */
  listShredded(
    tx: EntityManager,
    page: { after: [string, string] | null; limit: number },
  ): Promise<{ learnerId: string; at: string }[]> {
    return tx.query(
      `SELECT learner_id AS "learnerId", to_char(recorded_at AT TIME ZONE 'UTC',
              'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at
         FROM erasure_event WHERE action = 'shredded'
          AND ($1::timestamptz IS NULL OR (recorded_at, learner_id) > ($1, $2::uuid))
        ORDER BY recorded_at, learner_id LIMIT $3`,
      [...(page.after ?? [null, null]), page.limit],
    );
  }
}
