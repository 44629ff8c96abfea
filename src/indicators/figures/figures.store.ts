import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Measure, Period, Sum } from '#libs/indicators';

/** What one institution has in one category. */
export interface InstitutionSum extends Sum {
  readonly institutionId: string;
}

/** Which contributions a figure is counted from. */
export interface Counting {
  readonly measure: Measure;
  readonly timing: 'flow' | 'stock';
  readonly period: Period;
  /** The last day that is looked at: the end of the period, or today. */
  readonly day: string;
  /** Null: what is known now. */
  readonly knownAt: Date | null;
}

/** One contribution with the outcome behind it. */
export interface SourceRow {
  readonly learnerId: string;
  readonly lotId: string;
  readonly institutionId: string;
  readonly definitionId: string;
  readonly category: string;
  readonly day: string;
  readonly knownFrom: Date;
  readonly recordedAt: Date;
  /** Whether the ledger holds entries of it: it earned credit. */
  readonly hasEntries: boolean;
}

interface SumRow {
  institutionId: string;
  category: string;
  count: string;
  minutes: string;
}

/** $1 measure, $2 first day, $3 last day: what happened in the period, or stood on its last day. */
const WITHIN: Readonly<Record<Counting['timing'], string>> = {
  flow: 'c.measure = $1 AND c.day BETWEEN $2 AND $3',
  stock:
    'c.measure = $1 AND c.day <= $3 AND (c.until IS NULL OR c.until > $3) AND $2::date IS NOT NULL',
};
/** $4 moment, or null for now. */
const KNOWN = `(CASE WHEN $4::timestamptz IS NULL THEN c.known_to IS NULL
  ELSE c.known_from <= $4 AND (c.known_to IS NULL OR c.known_to > $4) END)`;

/** Reads what the indicators keep. */
@Injectable()
export class FiguresStore {
  /** Sums of what is known now come from the tally, others from the contributions themselves. */
  async sums(tx: EntityManager, counting: Counting): Promise<InstitutionSum[]> {
    const { measure, timing, knownAt } = counting;
    const span = spanOf(counting);
    const rows =
      knownAt === null
        ? await tx.query<SumRow[]>(
            `SELECT institution_id AS "institutionId", category, sum(count) AS count,
                    sum(minutes) AS minutes
               FROM indicator_tally
              WHERE measure = $1 AND day <= $3 AND ($4 OR day >= $2)
              GROUP BY institution_id, category HAVING sum(count) <> 0`,
            [measure, ...span, timing === 'stock'],
          )
        : await tx.query<SumRow[]>(
            `SELECT institution_id AS "institutionId", category, count(*) AS count,
                    sum(minutes) AS minutes
               FROM indicator_contribution c WHERE ${WITHIN[timing]} AND ${KNOWN}
              GROUP BY institution_id, category`,
            [measure, ...span, knownAt],
          );
    return rows.map(toSum);
  }

  /** Like {@link sums} of a cohort that was frozen: what was recorded later is apart. */
  async frozenSums(
    tx: EntityManager,
    counting: Counting,
    frozenAt: Date,
  ): Promise<{ within: InstitutionSum[]; late: InstitutionSum[] }> {
    const rows = await tx.query<(SumRow & { late: boolean })[]>(
      `SELECT institution_id AS "institutionId", category, recorded_at > $5 AS late,
              count(*) AS count, sum(minutes) AS minutes
         FROM indicator_contribution c WHERE ${WITHIN[counting.timing]} AND ${KNOWN}
        GROUP BY institution_id, category, 3`,
      [counting.measure, ...spanOf(counting), counting.knownAt, frozenAt],
    );
    return {
      within: rows.filter(({ late }) => !late).map(toSum),
      late: rows.filter(({ late }) => late).map(toSum),
    };
  }

  /** The contributions themselves, by day and outcome, behind `after`. */
  listSources(
    tx: EntityManager,
    counting: Counting,
    page: { institutionId: string | null; after: [string, string] | null; limit: number },
  ): Promise<SourceRow[]> {
    return tx.query<SourceRow[]>(
      `SELECT c.learner_id AS "learnerId", c.lot_id AS "lotId",
              c.institution_id AS "institutionId", o.definition_id AS "definitionId", c.category,
              c.day::text AS day, c.known_from AS "knownFrom", c.recorded_at AS "recordedAt",
              o.no_credit_reason IS NULL AS "hasEntries"
         FROM indicator_contribution c
         JOIN learning_outcome o ON o.bucket = c.bucket AND o.learner_id = c.learner_id
              AND o.lot_id = c.lot_id
        WHERE ${WITHIN[counting.timing]} AND ${KNOWN}
          AND ($5::uuid IS NULL OR c.institution_id = $5)
          AND ($6::date IS NULL OR (c.day, c.lot_id) > ($6, $7::uuid))
        ORDER BY c.day, c.lot_id LIMIT $8`,
      [
        counting.measure,
        ...spanOf(counting),
        counting.knownAt,
        page.institutionId,
        ...(page.after ?? [null, null]),
        page.limit,
      ],
    );
  }
}

function spanOf({ period, day }: Counting): [string, string] {
  return [period.from, day < period.to ? day : period.to];
}

function toSum({ institutionId, category, count, minutes }: SumRow): InstitutionSum {
  return { institutionId, category, count: BigInt(count), minutes: BigInt(minutes) };
}
