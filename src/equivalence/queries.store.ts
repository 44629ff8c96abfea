import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { MissingDto } from '../conversions/index.js';
import { bucketOf } from '../platform/ids/index.js';
import type { QueryAction, QueryFinding, QueryState } from './query.js';

export interface Query {
  readonly id: string;
  /** `2026-000123` */
  readonly number: string;
  readonly learnerId: string;
  readonly answerId: string;
  /** The office that asks. */
  readonly institutionId: string;
  readonly schoolId: string;
  readonly programme: string;
  readonly on: string;
  readonly missing: MissingDto | null;
  readonly createdAt: Date;
}

export interface QueryEvent {
  readonly action: QueryAction;
  readonly finding: QueryFinding | null;
  readonly words: string | null;
  readonly dueOn: string | null;
  readonly actor: string;
  readonly institutionId: string | null;
  readonly at: Date;
}

/** A query as lists show it. */
export interface QuerySummary extends Query {
  readonly state: QueryState;
  readonly dueOn: string;
}

const COLUMNS = `q.id, q.number, q.learner_id AS "learnerId", q.answer_id AS "answerId",
  q.institution_id AS "institutionId", q.school_id AS "schoolId", q.programme,
  q.on_day::text AS "on", q.missing, q.created_at AS "createdAt"`;

/** The last question with its promised day, and the last thing that was done. */
const SUMMARY = `SELECT ${COLUMNS}, p.due_on::text AS "dueOn",
    CASE l.action WHEN 'answer' THEN 'answered' WHEN 'close' THEN 'closed' ELSE 'asked' END AS state
  FROM equivalence_query q
  CROSS JOIN LATERAL (
    SELECT e.action FROM equivalence_query_event e
     WHERE e.bucket = q.bucket AND e.query_id = q.id AND e.action <> 'remind'
     ORDER BY e.seq DESC LIMIT 1) l
  CROSS JOIN LATERAL (
    SELECT e.due_on, e.seq FROM equivalence_query_event e
     WHERE e.bucket = q.bucket AND e.query_id = q.id AND e.due_on IS NOT NULL
     ORDER BY e.seq DESC LIMIT 1) p`;

/** All SQL of queries. INSERT and SELECT only, but for the counter of numbers. */
@Injectable()
export class QueriesStore {
  /** The next number of a year; whoever asks at the same time waits. */
  async nextNumber(tx: EntityManager, year: number): Promise<string> {
    const rows = await tx.query<{ last: number }[]>(
      `INSERT INTO equivalence_number AS n (year, last) VALUES ($1, 1)
       ON CONFLICT (year) DO UPDATE SET last = n.last + 1 RETURNING last`,
      [year],
    );
    return `${year}-${String(rows[0]?.last ?? 0).padStart(6, '0')}`;
  }

  /** @returns false when this school has been asked about this answer */
  async insert(tx: EntityManager, query: Query): Promise<boolean> {
    const rows = await tx.query<unknown[]>(
      `INSERT INTO equivalence_query (bucket, id, number, learner_id, answer_id, institution_id,
         school_id, programme, on_day, missing, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
       ON CONFLICT (bucket, answer_id, school_id) DO NOTHING RETURNING 1`,
      [
        bucketOf(query.id),
        query.id,
        query.number,
        query.learnerId,
        query.answerId,
        query.institutionId,
        query.schoolId,
        query.programme,
        query.on,
        query.missing === null ? null : JSON.stringify(query.missing),
        query.createdAt,
      ],
    );
    return rows.length > 0;
  }

  /** Makes those who act on one query come one after the other, until the transaction ends. */
  async lock(tx: EntityManager, id: string): Promise<void> {
    await tx.query(
      `SELECT pg_advisory_xact_lock(hashtextextended('equivalence-query|' || $1, 0))`,
      [id],
    );
  }

  async addEvent(tx: EntityManager, id: string, event: QueryEvent): Promise<void> {
    await tx.query(
      `INSERT INTO equivalence_query_event (bucket, query_id, seq, action, finding, words, due_on,
         actor, institution_id, recorded_at)
       SELECT $1, $2, coalesce(max(seq), 0) + 1, $3, $4, $5, $6, $7, $8, $9
         FROM equivalence_query_event WHERE bucket = $1 AND query_id = $2`,
      [
        bucketOf(id),
        id,
        event.action,
        event.finding,
        event.words,
        event.dueOn,
        event.actor,
        event.institutionId,
        event.at,
      ],
    );
  }

  async find(tx: EntityManager, id: string): Promise<QuerySummary | undefined> {
    const rows = await tx.query<QuerySummary[]>(`${SUMMARY} WHERE q.bucket = $1 AND q.id = $2`, [
      bucketOf(id),
      id,
    ]);
    return rows[0];
  }

  listEvents(tx: EntityManager, id: string): Promise<QueryEvent[]> {
    return tx.query(
      `SELECT action, finding, words, due_on::text AS "dueOn", actor,
              institution_id AS "institutionId", recorded_at AS at
         FROM equivalence_query_event WHERE bucket = $1 AND query_id = $2 ORDER BY seq`,
      [bucketOf(id), id],
    );
  }

  /** What an institution asked or was asked, or what is asked about a learner; newest first. */
  list(
    tx: EntityManager,
    query: {
      owner: { officeId: string } | { schoolId: string } | { learnerId: string };
      state: QueryState | null;
      before: string | null;
      limit: number;
    },
  ): Promise<QuerySummary[]> {
    const { owner, state, before, limit } = query;
    const [column, id] =
      'officeId' in owner
        ? ['q.institution_id', owner.officeId]
        : 'schoolId' in owner
          ? ['q.school_id', owner.schoolId]
          : ['q.learner_id', owner.learnerId];
    return tx.query(
      `SELECT * FROM (${SUMMARY} WHERE ${column} = $1) s
        WHERE ($2::text IS NULL OR s.state = $2) AND ($3::uuid IS NULL OR s.id < $3)
        ORDER BY s.id DESC LIMIT $4`,
      [id, state, before, limit],
    );
  }

  /** Queries whose promised day has passed and that nobody was reminded of since the question. */
  async listOverdue(
    tx: EntityManager,
    { day, limit }: { day: string; limit: number },
  ): Promise<string[]> {
    const rows = await tx.query<{ id: string }[]>(
      `${SUMMARY} WHERE p.due_on < $1 AND l.action IN ('ask', 'ask-again')
          AND NOT EXISTS (SELECT FROM equivalence_query_event e WHERE e.bucket = q.bucket
                             AND e.query_id = q.id AND e.action = 'remind' AND e.seq > p.seq)
        ORDER BY q.id LIMIT $2`,
      [day, limit],
    );
    return rows.map(({ id }) => id);
  }
}
