import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { bucketOf } from '../platform/ids/index.js';
import type { Enrolment, NewEvent, StoredEvent } from './pathway-record.js';

const ENROLMENT = `n.id, n.learner_id AS "learnerId", n.pathway_id AS "pathwayId", n.code, n.intake,
  n.enrolled_at AS "enrolledAt"`;

const EVENT = `enrolment_id AS "enrolmentId", seq, event, gate, verdict, from_state AS "from",
  to_state AS "to", by_rule AS "by", gives, major, evidence, answer, day::text AS day,
  institution_id AS "institutionId", recorded_at AS "recordedAt"`;

/** Which enrolments a list shows; null narrows nothing. */
export interface EnrolmentFilter {
  readonly code: string;
  readonly pathwayId: string | null;
  readonly intake: number | null;
  /** Only those that this institution knows of. */
  readonly readerId: string | null;
  readonly after: string | null;
  /** Null: all of them. */
  readonly limit: number | null;
}

/** SQL of learners in pathways. INSERT and SELECT only. */
@Injectable()
export class EnrolmentsStore {
  async insert(tx: EntityManager, enrolment: Enrolment): Promise<void> {
    const { id, learnerId, pathwayId, code, intake, enrolledAt } = enrolment;
    await tx.query(
      `INSERT INTO pathway_enrolment (bucket, id, learner_id, pathway_id, code, intake, enrolled_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [bucketOf(id), id, learnerId, pathwayId, code, intake, enrolledAt],
    );
  }

  /** Adds an event behind those that are there; two that race for a number fail on its key. */
  async addEvent(tx: EntityManager, event: NewEvent, at: Date): Promise<void> {
    const { enrolmentId } = event;
    await tx.query(
      `INSERT INTO pathway_event (bucket, enrolment_id, seq, event, gate, verdict, from_state,
         to_state, by_rule, gives, major, evidence, answer, day, actor, institution_id, recorded_at)
       SELECT $1, $2, coalesce(max(seq), 0) + 1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14,
              $15, $16
         FROM pathway_event WHERE bucket = $1 AND enrolment_id = $2`,
      [
        bucketOf(enrolmentId),
        enrolmentId,
        event.event,
        event.gate,
        event.verdict,
        event.from,
        event.to,
        event.by,
        event.gives,
        event.major,
        event.evidence,
        event.answer === null ? null : JSON.stringify(event.answer),
        event.day,
        event.actor,
        event.institutionId,
        at,
      ],
    );
  }

  /** Lets an institution know of an enrolment from now on. */
  async addReader(
    tx: EntityManager,
    enrolmentId: string,
    institutionId: string,
    since: Date,
  ): Promise<void> {
    await tx.query(
      `INSERT INTO pathway_reader (bucket, enrolment_id, institution_id, since)
       VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
      [bucketOf(enrolmentId), enrolmentId, institutionId, since],
    );
  }

  async find(tx: EntityManager, id: string): Promise<Enrolment | undefined> {
    const rows = await tx.query<Enrolment[]>(
      `SELECT ${ENROLMENT} FROM pathway_enrolment n WHERE n.bucket = $1 AND n.id = $2`,
      [bucketOf(id), id],
    );
    return rows[0];
  }

  /** By id, behind `after`. */
  list(tx: EntityManager, filter: EnrolmentFilter): Promise<Enrolment[]> {
    return tx.query<Enrolment[]>(
      `SELECT ${ENROLMENT} FROM pathway_enrolment n
        WHERE n.code = $1 AND ($2::uuid IS NULL OR n.pathway_id = $2)
          AND ($3::int IS NULL OR n.intake = $3)
          AND ($4::uuid IS NULL OR EXISTS (SELECT FROM pathway_reader r
                WHERE r.bucket = n.bucket AND r.enrolment_id = n.id AND r.institution_id = $4))
          AND ($5::uuid IS NULL OR n.id > $5)
        ORDER BY n.id LIMIT $6`,
      [filter.code, filter.pathwayId, filter.intake, filter.readerId, filter.after, filter.limit],
    );
  }

  /** Of some accounts, the newest first. */
  listOf(tx: EntityManager, learnerIds: readonly string[]): Promise<Enrolment[]> {
    return tx.query<Enrolment[]>(
      `SELECT ${ENROLMENT} FROM pathway_enrolment n
        WHERE (n.bucket, n.learner_id) IN (SELECT * FROM unnest($1::smallint[], $2::uuid[]))
        ORDER BY n.enrolled_at DESC, n.id`,
      [learnerIds.map(bucketOf), learnerIds],
    );
  }

  async countOf(tx: EntityManager, code: string, intake: number): Promise<number> {
    const rows = await tx.query<{ n: number }[]>(
      'SELECT count(*)::int AS n FROM pathway_enrolment WHERE code = $1 AND intake = $2',
      [code, intake],
    );
    return rows[0]?.n ?? 0;
  }

  /** Whether an institution knows of an enrolment. */
  async isReader(tx: EntityManager, enrolmentId: string, institutionId: string): Promise<boolean> {
    const rows = await tx.query<unknown[]>(
      `SELECT 1 FROM pathway_reader
        WHERE bucket = $1 AND enrolment_id = $2 AND institution_id = $3`,
      [bucketOf(enrolmentId), enrolmentId, institutionId],
    );
    return rows.length > 0;
  }

  /** Events of many enrolments, of each the oldest first. */
  async eventsOf(
    tx: EntityManager,
    enrolmentIds: readonly string[],
  ): Promise<Map<string, StoredEvent[]>> {
    const rows = await tx.query<StoredEvent[]>(
      `SELECT ${EVENT} FROM pathway_event
        WHERE (bucket, enrolment_id) IN (SELECT * FROM unnest($1::smallint[], $2::uuid[]))
        ORDER BY enrolment_id, seq`,
      [enrolmentIds.map(bucketOf), enrolmentIds],
    );
    const events = new Map<string, StoredEvent[]>();
    for (const row of rows) {
      const of = events.get(row.enrolmentId);
      if (of) of.push(row);
      else events.set(row.enrolmentId, [row]);
    }
    return events;
  }
}
