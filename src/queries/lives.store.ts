import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Keyring, Words } from '../platform/crypto/index.js';
import { bucketOf } from '../platform/ids/index.js';
import type { QueryAction, QueryFinding, QueryState } from './life.js';

/** Where queries stand: what offices ask, and what learners ask. Each has its events beside it. */
export const QUERY_TABLES = ['equivalence_query', 'learner_query'] as const;

export type QueryTable = (typeof QUERY_TABLES)[number];

/** Something that was done about a query. */
export interface QueryEvent {
  readonly action: QueryAction;
  readonly finding: QueryFinding | null;
  /** What was said; null where nothing was, and after an erasure. */
  readonly words: string | null;
  /** The day that was promised with a question. */
  readonly dueOn: string | null;
  /** The outcome that was posted or corrected, as the answer says. */
  readonly outcomeId: string | null;
  readonly actor: string;
  readonly institutionId: string | null;
  readonly at: Date;
}

/** An event; what is left out was not there. */
export function eventOf(
  by: Pick<QueryEvent, 'actor' | 'institutionId' | 'at'>,
  said: Pick<QueryEvent, 'action'> &
    Partial<Pick<QueryEvent, 'finding' | 'words' | 'dueOn' | 'outcomeId'>>,
): QueryEvent {
  return { finding: null, words: null, dueOn: null, outcomeId: null, ...said, ...by };
}

/** Where a query is in its life. */
export interface QueryLife {
  readonly state: QueryState;
  /** The day promised with the last question. */
  readonly dueOn: string;
}

/** Opens what is stored; null stays null. */
export type Opener = (stored: string | null) => string | null;

/** Queries with the last question and its day, and the last thing that was done; `q` is the query. */
export function livesOf(table: QueryTable, columns: string): string {
  return `SELECT ${columns}, p.due_on::text AS "dueOn",
    CASE l.action WHEN 'answer' THEN 'answered' WHEN 'close' THEN 'closed' ELSE 'asked' END AS state
  FROM ${table} q
  CROSS JOIN LATERAL (
    SELECT e.action FROM ${table}_event e
     WHERE e.bucket = q.bucket AND e.query_id = q.id AND e.action <> 'remind'
     ORDER BY e.seq DESC LIMIT 1) l
  CROSS JOIN LATERAL (
    SELECT e.due_on, e.seq FROM ${table}_event e
     WHERE e.bucket = q.bucket AND e.query_id = q.id AND e.due_on IS NOT NULL
     ORDER BY e.seq DESC LIMIT 1) p`;
}

/**
 * SQL of the life that all queries share: numbers, events, promised days. What people write is sealed
 * under a key of each query's own; words from before they were sealed are as they were.
 */
@Injectable()
export class QueryLives {
  constructor(
    private readonly keyring: Keyring,
    private readonly words: Words,
  ) {}

  /** The next number of a year, `2026-000123`; whoever asks at the same time waits. */
  async nextNumber(tx: EntityManager, year: number): Promise<string> {
    const rows = await tx.query<{ last: number }[]>(
      `INSERT INTO equivalence_number AS n (year, last) VALUES ($1, 1)
       ON CONFLICT (year) DO UPDATE SET last = n.last + 1 RETURNING last`,
      [year],
    );
    return `${year}-${String(rows[0]?.last ?? 0).padStart(6, '0')}`;
  }

  /** Makes the key of a new query; a query without one cannot be given words. */
  async makeKey(
    tx: EntityManager,
    { id, learnerId }: { id: string; learnerId: string },
  ): Promise<void> {
    await tx.query(
      'INSERT INTO query_key (bucket, query_id, learner_id, wrapped_key) VALUES ($1, $2, $3, $4)',
      [bucketOf(id), id, learnerId, this.keyring.newDataKey().wrapped],
    );
  }

  /** Only a query from before words were sealed has no key: what is added to it is as the rest is. */
  async seal<T extends string | null>(
    tx: EntityManager,
    { table, id }: { table: QueryTable; id: string },
    text: T,
  ): Promise<string | T> {
    if (text === null) return text;
    const key = await this.#keyOf(tx, id);
    if (key) return this.words.seal(key, text, contextOf(id));
    if (table === 'equivalence_query') return text;
    throw new Error(`no key of query ${id}`);
  }

  async opener(tx: EntityManager, id: string): Promise<Opener> {
    const key = await this.#keyOf(tx, id);
    return (stored) => stored && this.words.open(key, stored, contextOf(id));
  }

  /** Makes those who act on one query come one after the other, until the transaction ends. */
  async lock(tx: EntityManager, id: string): Promise<void> {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('query|' || $1, 0))`, [id]);
  }

  async find(tx: EntityManager, table: QueryTable, id: string): Promise<QueryLife | undefined> {
    const rows = await tx.query<QueryLife[]>(
      `${livesOf(table, 'q.id')} WHERE q.bucket = $1 AND q.id = $2`,
      [bucketOf(id), id],
    );
    return rows[0];
  }

  async addEvent(
    tx: EntityManager,
    table: QueryTable,
    id: string,
    event: QueryEvent,
  ): Promise<void> {
    const words = await this.seal(tx, { table, id }, event.words);
    await tx.query(
      `INSERT INTO ${table}_event (bucket, query_id, seq, action, finding, words, due_on,
         outcome_id, actor, institution_id, recorded_at)
       SELECT $1, $2, coalesce(max(seq), 0) + 1, $3, $4, $5, $6, $7, $8, $9, $10
         FROM ${table}_event WHERE bucket = $1 AND query_id = $2`,
      [
        bucketOf(id),
        id,
        event.action,
        event.finding,
        words,
        event.dueOn,
        event.outcomeId,
        event.actor,
        event.institutionId,
        event.at,
      ],
    );
  }

  async listEvents(tx: EntityManager, table: QueryTable, id: string): Promise<QueryEvent[]> {
    const open = await this.opener(tx, id);
    const rows = await tx.query<QueryEvent[]>(
      `SELECT action, finding, words, due_on::text AS "dueOn", outcome_id AS "outcomeId", actor,
              institution_id AS "institutionId", recorded_at AS at
         FROM ${table}_event WHERE bucket = $1 AND query_id = $2 ORDER BY seq`,
      [bucketOf(id), id],
    );
    return rows.map((event) => ({ ...event, words: open(event.words) }));
  }

  /** Queries whose promised day has passed and that nobody was reminded of since the question. */
  async listOverdue(
    tx: EntityManager,
    table: QueryTable,
    { day, limit }: { day: string; limit: number },
  ): Promise<string[]> {
    const rows = await tx.query<{ id: string }[]>(
      `${livesOf(table, 'q.id')} WHERE p.due_on < $1 AND l.action IN ('ask', 'ask-again')
          AND NOT EXISTS (SELECT FROM ${table}_event e WHERE e.bucket = q.bucket
                             AND e.query_id = q.id AND e.action = 'remind' AND e.seq > p.seq)
        ORDER BY q.id LIMIT $2`,
      [day, limit],
    );
    return rows.map(({ id }) => id);
  }

  async #keyOf(tx: EntityManager, id: string): Promise<Buffer | null> {
    const rows = await tx.query<{ key: Buffer }[]>(
      'SELECT wrapped_key AS key FROM query_key WHERE bucket = $1 AND query_id = $2',
      [bucketOf(id), id],
    );
    return rows[0]?.key ?? null;
  }
}

function contextOf(queryId: string): string {
  return `query:${queryId}:words`;
}
