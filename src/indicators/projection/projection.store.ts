import type { EntityManager } from 'typeorm';
import type { KnownContribution, Measure } from '#libs/indicators';
import { bucketOf } from '../../platform/ids/index.js';

/** One at a time brings the figures up to date; `shred_of_indicators` takes it too. */
const LOCK = 7_203_042;

/** What is added to a sum on a day. */
export interface TallyDelta {
  readonly measure: Measure;
  readonly day: string;
  readonly institutionId: string;
  readonly category: string;
  readonly count: bigint;
  readonly minutes: bigint;
}

export interface FeedRow {
  readonly bucket: number;
  readonly id: string;
  readonly learners: string[];
}

interface ContributionRow {
  learner_id: string;
  lot_id: string;
  measure: Measure;
  category: string;
  day: string;
  until: string | null;
  institution_id: string;
  minutes: string;
  recorded_ms: string;
  from_ms: string;
  to_ms: string | null;
}

const COLUMNS = `learner_id, lot_id, measure, category, day::text, until::text, institution_id, minutes,
  (extract(epoch FROM recorded_at) * 1000)::bigint AS recorded_ms,
  (extract(epoch FROM known_from) * 1000)::bigint AS from_ms,
  (extract(epoch FROM known_to) * 1000)::bigint AS to_ms`;
const OF_ACCOUNTS = '(bucket, learner_id) IN (SELECT * FROM unnest($1::smallint[], $2::uuid[]))';
/** What is known now, as sums by day: what ends on a day is taken off on it. */
const SUMS = `
  SELECT measure, day, institution_id, category, sum(count) AS count, sum(minutes) AS minutes FROM (
    SELECT measure, day, institution_id, category, 1 AS count, minutes
      FROM indicator_contribution WHERE known_to IS NULL
    UNION ALL
    SELECT measure, until, institution_id, category, -1, -minutes
      FROM indicator_contribution WHERE known_to IS NULL AND until IS NOT NULL) AS c
   GROUP BY measure, day, institution_id, category`;

/** All SQL of what the indicators keep. Everything here can be made anew from the books. */
export class ProjectionStore {
  /** Waits for whoever is at it; the lock ends with the transaction. */
  async lock(tx: EntityManager): Promise<void> {
    await tx.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
  }

  /** False while somebody else is at it. */
  async tryLock(tx: EntityManager): Promise<boolean> {
    const [row] = await tx.query<{ locked: boolean }[]>(
      'SELECT pg_try_advisory_xact_lock($1) AS locked',
      [LOCK],
    );
    return row?.locked ?? false;
  }

  listFeed(tx: EntityManager, limit: number): Promise<FeedRow[]> {
    return tx.query<FeedRow[]>(
      'SELECT bucket, id, learners FROM indicator_feed ORDER BY recorded_at, id LIMIT $1',
      [limit],
    );
  }

  async deleteFeed(tx: EntityManager, rows: readonly FeedRow[]): Promise<void> {
    await tx.query(
      `DELETE FROM indicator_feed WHERE (bucket, id) IN
         (SELECT * FROM unnest($1::smallint[], $2::uuid[]))`,
      [rows.map(({ bucket }) => bucket), rows.map(({ id }) => id)],
    );
  }

  /** Since when something has been waiting to be looked at; null when nothing is. */
  async waitingSince(tx: EntityManager): Promise<Date | null> {
    const [row] = await tx.query<{ since: Date | null }[]>(
      'SELECT min(recorded_at) AS since FROM indicator_feed',
    );
    return row?.since ?? null;
  }

  async listContributions(
    tx: EntityManager,
    accounts: readonly string[],
  ): Promise<KnownContribution[]> {
    const rows = await tx.query<ContributionRow[]>(
      `SELECT ${COLUMNS} FROM indicator_contribution WHERE ${OF_ACCOUNTS}`,
      [accounts.map(bucketOf), accounts],
    );
    return rows.map(toContribution);
  }

  /** Exactly these, each by its key. */
  async deleteContributions(
    tx: EntityManager,
    contributions: readonly KnownContribution[],
  ): Promise<void> {
    const column = <T>(of: (one: KnownContribution) => T): T[] => contributions.map(of);
    await tx.query(
      `DELETE FROM indicator_contribution
        WHERE (bucket, learner_id, lot_id, measure, category, day, known_from) IN
         (SELECT * FROM unnest($1::smallint[], $2::uuid[], $3::uuid[], $4::text[], $5::text[],
            $6::date[], $7::timestamptz[]))`,
      [
        column(({ learnerId }) => bucketOf(learnerId)),
        column(({ learnerId }) => learnerId),
        column(({ lotId }) => lotId),
        column(({ measure }) => measure),
        column(({ category }) => category),
        column(({ day }) => day),
        column(({ knownFrom }) => momentText(knownFrom)),
      ],
    );
  }

  async insertContributions(
    tx: EntityManager,
    contributions: readonly KnownContribution[],
  ): Promise<void> {
    const column = <T>(of: (one: KnownContribution) => T): T[] => contributions.map(of);
    await tx.query(
      `INSERT INTO indicator_contribution (bucket, learner_id, lot_id, measure, category, day, until,
         institution_id, minutes, recorded_at, known_from, known_to)
       SELECT * FROM unnest($1::smallint[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::date[],
         $7::date[], $8::uuid[], $9::bigint[], $10::timestamptz[], $11::timestamptz[],
         $12::timestamptz[])`,
      [
        column(({ learnerId }) => bucketOf(learnerId)),
        column(({ learnerId }) => learnerId),
        column(({ lotId }) => lotId),
        column(({ measure }) => measure),
        column(({ category }) => category),
        column(({ day }) => day),
        column(({ until }) => until),
        column(({ institutionId }) => institutionId),
        column(({ minutes }) => minutes.toString()),
        column(({ recordedAt }) => momentText(recordedAt)),
        column(({ knownFrom }) => momentText(knownFrom)),
        column(({ knownTo }) => (knownTo === null ? null : momentText(knownTo))),
      ],
    );
  }

  async addToTally(tx: EntityManager, deltas: readonly TallyDelta[]): Promise<void> {
    await tx.query(
      `INSERT INTO indicator_tally AS t (measure, day, institution_id, category, count, minutes)
       SELECT * FROM unnest($1::text[], $2::date[], $3::uuid[], $4::text[], $5::bigint[], $6::bigint[])
       ON CONFLICT (measure, day, institution_id, category) DO UPDATE
          SET count = t.count + EXCLUDED.count, minutes = t.minutes + EXCLUDED.minutes`,
      [
        deltas.map(({ measure }) => measure),
        deltas.map(({ day }) => day),
        deltas.map(({ institutionId }) => institutionId),
        deltas.map(({ category }) => category),
        deltas.map(({ count }) => count.toString()),
        deltas.map(({ minutes }) => minutes.toString()),
      ],
    );
  }

  /** Sums everything up anew. The caller holds the lock. */
  async renewTally(tx: EntityManager): Promise<void> {
    await tx.query('DELETE FROM indicator_tally');
    await tx.query(
      `INSERT INTO indicator_tally (measure, day, institution_id, category, count, minutes) ${SUMS}`,
    );
  }

  /** Sums that are not what the contributions come to. */
  async wrongSums(tx: EntityManager, limit: number): Promise<string[]> {
    const rows = await tx.query<{ said: string }[]>(
      `SELECT concat_ws(' ', measure, day, institution_id, category) || ': '
              || coalesce(t.count, 0) || ' / ' || coalesce(t.minutes, 0) || ' is kept, '
              || coalesce(s.count, 0) || ' / ' || coalesce(s.minutes, 0) || ' follows' AS said
         FROM indicator_tally t FULL JOIN (${SUMS}) s USING (measure, day, institution_id, category)
        WHERE coalesce(t.count, 0) <> coalesce(s.count, 0)
           OR coalesce(t.minutes, 0) <> coalesce(s.minutes, 0)
        ORDER BY 1 LIMIT $1`,
      [limit],
    );
    return rows.map(({ said }) => said);
  }

  async countContributions(tx: EntityManager): Promise<number> {
    const [row] = await tx.query<{ n: string }[]>(
      'SELECT count(*) AS n FROM indicator_contribution',
    );
    return Number(row?.n ?? 0);
  }
}

function momentText(ms: number): string {
  return new Date(ms).toISOString();
}

function toContribution(row: ContributionRow): KnownContribution {
  return {
    learnerId: row.learner_id,
    lotId: row.lot_id,
    measure: row.measure,
    category: row.category,
    day: row.day,
    until: row.until,
    institutionId: row.institution_id,
    minutes: BigInt(row.minutes),
    recordedAt: Number(row.recorded_ms),
    knownFrom: Number(row.from_ms),
    knownTo: row.to_ms === null ? null : Number(row.to_ms),
  };
}
