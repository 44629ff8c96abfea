import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { bucketOf } from '../platform/ids/index.js';
import type { QueryState } from './life.js';
import type { LearnerQuery, LearnerQuerySummary } from './learner-query.js';
import { QueryLives, livesOf } from './lives.store.js';

const TABLE = 'learner_query';

const SUMMARY = livesOf(
  TABLE,
  `q.id, q.number, q.learner_id AS "learnerId", q.school_id AS "schoolId", q.kind,
   q.outcome_id AS "outcomeId", q.outcome_code AS "outcomeCode", q.course, q.on_day::text AS "on",
   q.created_at AS "createdAt"`,
);

/** SQL of what learners ask; {@link QueryLives} has what happens to it. INSERT and SELECT only. */
@Injectable()
export class LearnerQueriesStore {
  constructor(private readonly lives: QueryLives) {}

  /** Of one learner one question comes after the other, until the transaction ends. */
  async lockLearner(tx: EntityManager, learnerId: string): Promise<void> {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('learner-query|' || $1, 0))`, [
      learnerId,
    ]);
  }

  async insert(tx: EntityManager, query: LearnerQuery): Promise<void> {
    const { id } = query;
    await this.lives.makeKey(tx, query);
    await tx.query(
      `INSERT INTO learner_query (bucket, id, number, learner_id, school_id, kind, outcome_id,
         outcome_code, course, on_day, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        bucketOf(id),
        id,
        query.number,
        query.learnerId,
        query.schoolId,
        query.kind,
        query.outcomeId,
        query.outcomeCode,
        await this.lives.seal(tx, { table: TABLE, id }, query.course),
        query.on,
        query.createdAt,
      ],
    );
  }

  async find(tx: EntityManager, id: string): Promise<LearnerQuerySummary | undefined> {
    const rows = await tx.query<LearnerQuerySummary[]>(
      `${SUMMARY} WHERE q.bucket = $1 AND q.id = $2`,
      [bucketOf(id), id],
    );
    return (await this.#opened(tx, rows))[0];
  }

  /** What a learner has asked, by all accounts; newest first. */
  async listOfLearner(
    tx: EntityManager,
    learnerIds: readonly string[],
    page: { state: QueryState | null; after: [string, string] | null; limit: number },
  ): Promise<LearnerQuerySummary[]> {
    const rows = await tx.query<LearnerQuerySummary[]>(
      `SELECT * FROM (${SUMMARY} WHERE (q.bucket, q.learner_id) IN
           (SELECT * FROM unnest($1::smallint[], $2::uuid[]))) s
        WHERE ($3::text IS NULL OR s.state = $3)
          AND ($4::timestamptz IS NULL OR (s."createdAt", s.id) < ($4, $5::uuid))
        ORDER BY s."createdAt" DESC, s.id DESC LIMIT $6`,
      [
        learnerIds.map(bucketOf),
        learnerIds,
        page.state,
        ...(page.after ?? [null, null]),
        page.limit,
      ],
    );
    return this.#opened(tx, rows);
  }

  /** What a school is asked in one state: by promised day, the longest waiting first. */
  async listOfSchool(
    tx: EntityManager,
    schoolId: string,
    page: { state: QueryState; after: [string, string] | null; limit: number },
  ): Promise<LearnerQuerySummary[]> {
    const rows = await tx.query<LearnerQuerySummary[]>(
      `SELECT * FROM (${SUMMARY} WHERE q.school_id = $1) s
        WHERE s.state = $2
          AND ($3::text IS NULL OR (s."dueOn", s.id) > ($3, $4::uuid))
        ORDER BY s."dueOn", s.id LIMIT $5`,
      [schoolId, page.state, ...(page.after ?? [null, null]), page.limit],
    );
    return this.#opened(tx, rows);
  }

  /** How many questions of a learner wait, in all and about one outcome. */
  async countOpen(
    tx: EntityManager,
    learnerIds: readonly string[],
    outcomeId: string | null,
  ): Promise<{ all: number; same: number }> {
    const rows = await tx.query<{ all: number; same: number }[]>(
      `SELECT count(*)::int AS "all", count(*) FILTER (WHERE s."outcomeId" = $3)::int AS same
         FROM (${SUMMARY} WHERE (q.bucket, q.learner_id) IN
           (SELECT * FROM unnest($1::smallint[], $2::uuid[]))) s
        WHERE s.state = 'asked'`,
      [learnerIds.map(bucketOf), learnerIds, outcomeId],
    );
    return rows[0] ?? { all: 0, same: 0 };
  }

  async #opened(
    tx: EntityManager,
    rows: readonly LearnerQuerySummary[],
  ): Promise<LearnerQuerySummary[]> {
    const opened: LearnerQuerySummary[] = [];
    for (const row of rows) {
      const course = row.course && (await this.lives.opener(tx, row.id))(row.course);
      opened.push({ ...row, course });
    }
    return opened;
  }
}
