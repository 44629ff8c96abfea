import type { EntityManager } from 'typeorm';

/** How far a long work is, as its record says. */
export interface WorkRecord {
  readonly id: string;
  /** Any other state is an end. */
  readonly state: 'queued' | 'running' | 'done' | 'cancelled';
  /** What is done up to; null before the first step. */
  readonly cursor: string | null;
}

/** A column of a statement over records: milliseconds since the work began, or that it took. */
export const ELAPSED_MS = `extract(epoch FROM coalesce(ended_at, clock_timestamp()) -
  coalesce(started_at, clock_timestamp())) * 1000`;

/**
 * The ids of records in a table that a stopped or crashed process left open. The name of the table is
 * the feature's own constant.
 */
export async function listOpenRecords(tx: EntityManager, table: string): Promise<string[]> {
  const rows = await tx.query<{ id: string }[]>(
    `SELECT id FROM ${table} WHERE state IN ('queued', 'running')`,
  );
  return rows.map(({ id }) => id);
}

/**
 * The SQL that tables of such records have in common: `state` goes from `queued` over `running` to an
 * end, and `cursor` moves meanwhile. What a step counts besides is the feature's.
 */
export class WorkRecords {
  readonly #table: string;

  /** @param table the feature's own constant */
  constructor(table: string) {
    this.#table = table;
  }

  /** Those that a stopped or crashed process left open. */
  listOpen(tx: EntityManager): Promise<string[]> {
    return listOpenRecords(tx, this.#table);
  }

  /** Locks a record where nobody has moved it on or ended it meanwhile. */
  async claim(tx: EntityManager, { id, state, cursor }: WorkRecord): Promise<boolean> {
    const rows = await tx.query<unknown[]>(
      `SELECT 1 FROM ${this.#table}
        WHERE id = $1 AND state = $2 AND cursor IS NOT DISTINCT FROM $3 FOR UPDATE`,
      [id, state, cursor],
    );
    return rows.length > 0;
  }

  async end(tx: EntityManager, id: string, state: 'done' | 'cancelled' = 'done'): Promise<void> {
    await tx.query(
      `UPDATE ${this.#table} SET state = $2, ended_at = clock_timestamp() WHERE id = $1`,
      [id, state],
    );
  }
}
