import type { EntityManager } from 'typeorm';

/** A figure about a day, as somebody entered it. */
export interface DatedFigure {
  readonly id: string;
  readonly code: string;
  readonly institutionId: string | null;
  /** The day that it is about, `yyyy-mm-dd`. */
  readonly on: string;
  /** A decimal string. */
  readonly value: string;
  readonly source: string;
  readonly actor: string;
  readonly recordedAt: Date;
}

/**
 * The SQL of a table of such figures, which all have the same columns. INSERT and SELECT only: a newer
 * figure about the same day counts instead. The name of the table is the feature's own constant.
 */
export class DatedFigures<F extends DatedFigure> {
  readonly #table: string;
  readonly #select: string;

  constructor(table: string) {
    this.#table = table;
    this.#select = `SELECT id, code, institution_id AS "institutionId", on_day::text AS "on",
      trim_scale(value)::text AS value, source, actor, recorded_at AS "recordedAt" FROM ${table}`;
  }

  async insert(
    tx: EntityManager,
    figure: F & { readonly actorInstitution: string | null },
  ): Promise<void> {
    await tx.query(
      `INSERT INTO ${this.#table} (id, code, institution_id, on_day, value, source, actor,
         actor_institution, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        figure.id,
        figure.code,
        figure.institutionId,
        figure.on,
        figure.value,
        figure.source,
        figure.actor,
        figure.actorInstitution,
        figure.recordedAt,
      ],
    );
  }

  /**
   * Of each code and institution what counted on a day, as was known at a moment or with null is
   * known now; of one institution, or with null of all. In the order of the codes.
   */
  listInForce(
    tx: EntityManager,
    scope: {
      readonly on: string;
      readonly knownAt: Date | null;
      readonly institutionId: string | null;
    },
  ): Promise<F[]> {
    return tx.query<F[]>(
      `SELECT * FROM (
         SELECT DISTINCT ON (code, "institutionId") * FROM (${this.#select}) AS i
          WHERE "on" <= $1 AND ($2::timestamptz IS NULL OR "recordedAt" <= $2)
            AND ($3::uuid IS NULL OR "institutionId" = $3)
          ORDER BY code, "institutionId", "on" DESC, "recordedAt" DESC, id DESC) AS newest
        ORDER BY code, "institutionId" NULLS FIRST`,
      [scope.on, scope.knownAt, scope.institutionId],
    );
  }

  /** Everything that was ever entered, the newest first, behind `after`; null filters nothing. */
  list(
    tx: EntityManager,
    page: {
      readonly code: string | null;
      readonly institutionId: string | null;
      readonly after: readonly [moment: string, id: string] | null;
      readonly limit: number;
    },
  ): Promise<F[]> {
    return tx.query<F[]>(
      `${this.#select}
        WHERE ($1::text IS NULL OR code = $1) AND ($2::uuid IS NULL OR institution_id = $2)
          AND ($3::timestamptz IS NULL OR
               (date_trunc('milliseconds', recorded_at), id) < ($3, $4::uuid))
        ORDER BY date_trunc('milliseconds', recorded_at) DESC, id DESC LIMIT $5`,
      [page.code, page.institutionId, ...(page.after ?? [null, null]), page.limit],
    );
  }
}
