import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { bucketOf } from '../platform/ids/index.js';
import { type Candidacy, type CandidacyAction, type CandidacyEvent, stateAfter } from './scheme.js';

type CandidacyRow = Omit<Candidacy, 'state'> & { action: CandidacyAction };

/** A candidacy with the newest line of its history. */
const SELECT = `
  SELECT c.id, c.learner_id AS "learnerId", c.scheme_id AS "schemeId", c.place_id AS "placeId",
         c.institution_id AS "institutionId", c.round, encode(c.decision_hash, 'hex') AS "decisionHash",
         c.rules, c.created_at AS "createdAt", e.action, e.reason, e.proven,
         e.recorded_at AS "changedAt"
    FROM admission_candidacy c
    JOIN LATERAL (SELECT action, reason, proven, recorded_at FROM admission_event
                   WHERE bucket = c.bucket AND candidacy_id = c.id
                   ORDER BY seq DESC LIMIT 1) e ON true`;

/** All SQL of who applied and what was decided. INSERT and SELECT only. */
@Injectable()
export class CandidaciesStore {
  /** @returns false when this person has applied in this round already */
  async insert(
    tx: EntityManager,
    candidacy: Omit<Candidacy, 'state' | 'reason' | 'proven' | 'changedAt'>,
  ): Promise<boolean> {
    const rows = await tx.query<unknown[]>(
      `INSERT INTO admission_candidacy (bucket, id, learner_id, scheme_id, place_id, institution_id,
         round, decision_hash, rules, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, decode($8, 'hex'), $9, $10)
       ON CONFLICT (bucket, learner_id, scheme_id, round) DO NOTHING RETURNING 1`,
      [
        bucketOf(candidacy.id),
        candidacy.id,
        candidacy.learnerId,
        candidacy.schemeId,
        candidacy.placeId,
        candidacy.institutionId,
        candidacy.round,
        candidacy.decisionHash,
        candidacy.rules,
        candidacy.createdAt,
      ],
    );
    return rows.length > 0;
  }

  async addEvent(tx: EntityManager, id: string, event: CandidacyEvent): Promise<void> {
    await tx.query(
      `INSERT INTO admission_event (bucket, candidacy_id, seq, action, reason, proven, actor,
         institution_id, recorded_at)
       SELECT $1::smallint, $2::uuid, coalesce(max(seq), 0) + 1, $3, $4, $5::boolean, $6, $7::uuid, $8
         FROM admission_event WHERE bucket = $1 AND candidacy_id = $2`,
      [
        bucketOf(id),
        id,
        event.action,
        event.reason,
        event.proven,
        event.actor,
        event.institutionId,
        event.at,
      ],
    );
  }

  /** Whoever acts on a candidacy, or for a learner under a scheme, waits for the one before. */
  async lock(tx: EntityManager, what: string): Promise<void> {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('admission|' || $1, 0))`, [what]);
  }

  async find(tx: EntityManager, id: string): Promise<Candidacy | undefined> {
    const rows = await tx.query<CandidacyRow[]>(`${SELECT} WHERE c.bucket = $1 AND c.id = $2`, [
      bucketOf(id),
      id,
    ]);
    return rows[0] && toCandidacy(rows[0]);
  }

  /** Everything of a learner, of all accounts, newest first; of one scheme when it is named. */
  async listOf(
    tx: EntityManager,
    selves: readonly string[],
    schemeId: string | null,
  ): Promise<Candidacy[]> {
    const rows = await tx.query<CandidacyRow[]>(
      `${SELECT} WHERE (c.bucket, c.learner_id) IN (SELECT * FROM unnest($1::smallint[], $2::uuid[]))
          AND ($3::uuid IS NULL OR c.scheme_id = $3)
        ORDER BY c.created_at DESC, c.id DESC`,
      [selves.map(bucketOf), selves, schemeId],
    );
    return rows.map(toCandidacy);
  }

  /** Who applied for these places, in the order of applying. */
  async listOfPlaces(
    tx: EntityManager,
    placeIds: readonly string[],
    page: { after: string | null; limit: number },
  ): Promise<Candidacy[]> {
    const rows = await tx.query<CandidacyRow[]>(
      `${SELECT} WHERE c.place_id = ANY($1::uuid[]) AND ($2::uuid IS NULL OR c.id > $2)
        ORDER BY c.id LIMIT $3`,
      [placeIds, page.after, page.limit],
    );
    return rows.map(toCandidacy);
  }

  async listEvents(tx: EntityManager, id: string): Promise<CandidacyEvent[]> {
    return tx.query(
      `SELECT action, reason, proven, actor, institution_id AS "institutionId", recorded_at AS at
         FROM admission_event WHERE bucket = $1 AND candidacy_id = $2 ORDER BY seq`,
      [bucketOf(id), id],
    );
  }
}

function toCandidacy({ action, ...row }: CandidacyRow): Candidacy {
  return { ...row, state: stateAfter(action) };
}
