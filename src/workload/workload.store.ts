import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { DatedCoefficient, Stated } from '#libs/workload';

/** A coefficient as two people laid it down. */
export interface StoredCoefficient extends DatedCoefficient {
  readonly id: string;
  readonly source: string;
  readonly proposedBy: string;
  readonly confirmedBy: string;
  readonly recordedAt: Date;
}

/** Income of a training project, as the institution states it. */
export interface StoredIncome {
  readonly id: string;
  readonly institutionId: string;
  readonly project: string;
  readonly on: string;
  /** In fen, 1/100 yuan. */
  readonly amountFen: string;
  readonly source: string;
  readonly actor: string;
  readonly recordedAt: Date;
}

/** Why a training stands in a statement. */
export type ItemReason =
  'counted' | 'hours-unknown' | 'recorded-later' | 'taken-back' | 'weighed-anew';

/** A training in a closed statement. */
export interface StatementItem {
  readonly position: number;
  readonly lotId: string;
  /** Tells people apart within the institution and leads back to nobody. */
  readonly person: string;
  readonly outcome: string;
  readonly day: string;
  readonly reason: ItemReason;
  readonly kind: string;
  readonly level: string;
  readonly mode: string;
  readonly coefficient: string;
  readonly minutes: bigint;
  /** Thousandths of a minute. */
  readonly weighed: bigint;
  readonly logIndex: number | null;
}

/** A closed statement. */
export interface StoredStatement {
  readonly id: string;
  readonly institutionId: string;
  readonly period: string;
  readonly from: string;
  readonly to: string;
  readonly hoursPerFte: string | null;
  /** Canonical JSON, whose SHA-256 is {@link hash}. */
  readonly content: string;
  readonly hash: Buffer;
  readonly actor: string;
  readonly closedAt: Date;
}

const STATEMENT = `SELECT id, institution_id AS "institutionId", period, from_day::text AS "from",
  to_day::text AS "to", trim_scale(hours_per_fte)::text AS "hoursPerFte", content, hash, actor,
  closed_at AS "closedAt" FROM workload_statement`;

type ItemRow = Omit<StatementItem, 'minutes' | 'weighed' | 'logIndex'> & {
  readonly minutes: string;
  readonly weighed: string;
  readonly logIndex: string | null;
};

/** SQL of coefficients, statements and income. INSERT and SELECT only. */
@Injectable()
export class WorkloadStore {
  /** The oldest first, so that of two about the same day the later stands behind. */
  coefficients(tx: EntityManager): Promise<StoredCoefficient[]> {
    return tx.query<StoredCoefficient[]>(
      `SELECT id, code, from_day::text AS "from", trim_scale(value)::text AS value, source,
              proposed_by AS "proposedBy", confirmed_by AS "confirmedBy",
              recorded_at AS "recordedAt"
         FROM workload_coefficient ORDER BY recorded_at, id`,
    );
  }

  async insertCoefficient(tx: EntityManager, one: StoredCoefficient): Promise<void> {
    await tx.query(
      `INSERT INTO workload_coefficient (id, code, from_day, value, source, proposed_by,
              confirmed_by, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        one.id,
        one.code,
        one.from,
        one.value,
        one.source,
        one.proposedBy,
        one.confirmedBy,
        one.recordedAt,
      ],
    );
  }

  /** Of each project and day the newest that an institution stated about a span of days. */
  incomeOf(
    tx: EntityManager,
    institutionId: string,
    { from, to }: { from: string; to: string },
  ): Promise<StoredIncome[]> {
    return tx.query<StoredIncome[]>(
      `SELECT * FROM (
         SELECT DISTINCT ON (project, on_day) id, institution_id AS "institutionId", project,
                on_day::text AS "on", amount_fen::text AS "amountFen", source, actor,
                recorded_at AS "recordedAt"
           FROM workload_income WHERE institution_id = $1 AND on_day BETWEEN $2 AND $3
          ORDER BY project, on_day, recorded_at DESC, id DESC) AS newest
        ORDER BY "on", project`,
      [institutionId, from, to],
    );
  }

  async insertIncome(tx: EntityManager, one: StoredIncome): Promise<void> {
    await tx.query(
      `INSERT INTO workload_income (id, institution_id, project, on_day, amount_fen, source, actor,
              recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        one.id,
        one.institutionId,
        one.project,
        one.on,
        one.amountFen,
        one.source,
        one.actor,
        one.recordedAt,
      ],
    );
  }

  /** One after the other for each institution, until the transaction ends. */
  async lock(tx: EntityManager, institutionId: string): Promise<void> {
    await tx.query(`SELECT pg_advisory_xact_lock(7203051, hashtext($1))`, [institutionId]);
  }

  statements(tx: EntityManager, institutionId: string): Promise<StoredStatement[]> {
    return tx.query<StoredStatement[]>(
      `${STATEMENT} WHERE institution_id = $1 ORDER BY closed_at DESC, id DESC`,
      [institutionId],
    );
  }

  async findStatement(tx: EntityManager, id: string): Promise<StoredStatement | undefined> {
    return (await tx.query<StoredStatement[]>(`${STATEMENT} WHERE id = $1`, [id]))[0];
  }

  async insertStatement(
    tx: EntityManager,
    statement: StoredStatement,
    items: readonly StatementItem[],
  ): Promise<void> {
    await tx.query(
      `INSERT INTO workload_statement (id, institution_id, period, from_day, to_day, hours_per_fte,
              content, hash, actor, closed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        statement.id,
        statement.institutionId,
        statement.period,
        statement.from,
        statement.to,
        statement.hoursPerFte,
        statement.content,
        statement.hash,
        statement.actor,
        statement.closedAt,
      ],
    );
    await tx.query(
      `INSERT INTO workload_item (statement_id, position, lot_id, person, outcome, day, reason, kind,
              level, mode, coefficient, minutes, weighed, log_index)
       SELECT $1, i.* FROM unnest($2::int[], $3::uuid[], $4::text[], $5::text[], $6::date[],
         $7::text[], $8::text[], $9::text[], $10::text[], $11::text[], $12::bigint[],
         $13::bigint[], $14::bigint[]) AS i`,
      [
        statement.id,
        items.map((one) => one.position),
        items.map((one) => one.lotId),
        items.map((one) => one.person),
        items.map((one) => one.outcome),
        items.map((one) => one.day),
        items.map((one) => one.reason),
        items.map((one) => one.kind),
        items.map((one) => one.level),
        items.map((one) => one.mode),
        items.map((one) => one.coefficient),
        items.map((one) => one.minutes.toString()),
        items.map((one) => one.weighed.toString()),
        items.map((one) => one.logIndex),
      ],
    );
  }

  async items(
    tx: EntityManager,
    statementId: string,
    page: { after: number; limit: number | null },
  ): Promise<StatementItem[]> {
    const rows = await tx.query<ItemRow[]>(
      `SELECT position, lot_id AS "lotId", person, outcome, day::text AS day, reason, kind, level,
              mode, coefficient, minutes, weighed, log_index AS "logIndex"
         FROM workload_item WHERE statement_id = $1 AND position > $2 ORDER BY position LIMIT $3`,
      [statementId, page.after, page.limit],
    );
    return rows.map((row) => ({
      ...row,
      minutes: BigInt(row.minutes),
      weighed: BigInt(row.weighed),
      logIndex: row.logIndex === null ? null : Number(row.logIndex),
    }));
  }

  /** What all statements of an institution said of each lot together, and of the newest its words. */
  async stated(
    tx: EntityManager,
    institutionId: string,
  ): Promise<(Stated & Pick<StatementItem, 'person' | 'outcome' | 'kind' | 'level' | 'mode'>)[]> {
    const rows = await tx.query<
      (Pick<StatementItem, 'lotId' | 'day' | 'person' | 'outcome' | 'kind' | 'level' | 'mode'> & {
        readonly minutes: string;
        readonly weighed: string;
      })[]
    >(
      `SELECT i.lot_id AS "lotId", max(i.day)::text AS day, sum(i.minutes) AS minutes,
              sum(i.weighed) AS weighed,
              (array_agg(i.person ORDER BY s.closed_at DESC))[1] AS person,
              (array_agg(i.outcome ORDER BY s.closed_at DESC))[1] AS outcome,
              (array_agg(i.kind ORDER BY s.closed_at DESC))[1] AS kind,
              (array_agg(i.level ORDER BY s.closed_at DESC))[1] AS level,
              (array_agg(i.mode ORDER BY s.closed_at DESC))[1] AS mode
         FROM workload_item i JOIN workload_statement s ON s.id = i.statement_id
        WHERE s.institution_id = $1 GROUP BY i.lot_id`,
      [institutionId],
    );
    return rows.map((row) => ({
      ...row,
      minutes: BigInt(row.minutes),
      weighed: BigInt(row.weighed),
    }));
  }
}
