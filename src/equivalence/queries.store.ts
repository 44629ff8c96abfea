import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { MissingDto } from '../conversions/index.js';
import { bucketOf } from '../platform/ids/index.js';
import { QueryLives, type QueryLife, type QueryState, livesOf } from '../queries/index.js';

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

/** How many queries stand where. */
export interface OpenQueries {
  readonly asked: number;
  readonly overdue: number;
  readonly answered: number;
  readonly changedAt: Date | null;
}

/** A query as lists show it. */
export type QuerySummary = Query & QueryLife;

const COLUMNS = `q.bucket, q.id, q.number, q.learner_id AS "learnerId", q.answer_id AS "answerId",
  q.institution_id AS "institutionId", q.school_id AS "schoolId", q.programme,
  q.on_day::text AS "on", q.missing, q.created_at AS "createdAt"`;

const SUMMARY = livesOf('equivalence_query', COLUMNS);

/** SQL of what offices ask; `QueryLives` has what happens to it. INSERT and SELECT only. */
@Injectable()
export class QueriesStore {
  constructor(private readonly lives: QueryLives) {}

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
    if (rows.length === 0) return false;
    await this.lives.makeKey(tx, query);
    return true;
  }

  async find(tx: EntityManager, id: string): Promise<QuerySummary | undefined> {
    const rows = await tx.query<QuerySummary[]>(`${SUMMARY} WHERE q.bucket = $1 AND q.id = $2`, [
      bucketOf(id),
      id,
    ]);
    return rows[0];
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

  /** How many queries an institution asked or was asked stand where, and when one last moved. */
  async countOpen(
    tx: EntityManager,
    owner: { officeId: string } | { schoolId: string },
    today: string,
  ): Promise<OpenQueries> {
    const [column, id] =
      'officeId' in owner ? ['q.institution_id', owner.officeId] : ['q.school_id', owner.schoolId];
    const rows = await tx.query<OpenQueries[]>(
      `SELECT count(*) FILTER (WHERE s.state = 'asked')::int AS asked,
              count(*) FILTER (WHERE s.state = 'asked' AND s."dueOn" < $2::text)::int AS overdue,
              count(*) FILTER (WHERE s.state = 'answered')::int AS answered,
              max(s."changedAt") AS "changedAt"
         FROM (SELECT i.*, (SELECT max(e.recorded_at) FROM equivalence_query_event e
                             WHERE e.bucket = i.bucket AND e.query_id = i.id) AS "changedAt"
                 FROM (${SUMMARY} WHERE ${column} = $1) i) s`,
      [id, today],
    );
    return rows[0] ?? { asked: 0, overdue: 0, answered: 0, changedAt: null };
  }
}
