import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { newId } from '../platform/ids/index.js';

/** All SQL of how many people an office may ask about. */
@Injectable()
export class QuotasStore {
  async insert(
    tx: EntityManager,
    quota: { institutionId: string; rowsPerDay: number; actor: string; at: Date },
  ): Promise<void> {
    await tx.query(
      `INSERT INTO equivalence_quota (id, institution_id, rows_per_day, actor, recorded_at)
       VALUES ($1, $2, $3, $4, $5)`,
      [newId(), quota.institutionId, quota.rowsPerDay, quota.actor, quota.at],
    );
  }

  /** What the authority has set; undefined where it has set nothing. */
  async findRowsPerDay(tx: EntityManager, institutionId: string): Promise<number | undefined> {
    const rows = await tx.query<{ most: number }[]>(
      `SELECT rows_per_day AS most FROM equivalence_quota WHERE institution_id = $1
        ORDER BY id DESC LIMIT 1`,
      [institutionId],
    );
    return rows[0]?.most;
  }

  /** What was set for offices, by their id. */
  async listRowsPerDay(tx: EntityManager): Promise<ReadonlyMap<string, number>> {
    const rows = await tx.query<{ id: string; most: number }[]>(
      `SELECT DISTINCT ON (institution_id) institution_id AS id, rows_per_day AS most
         FROM equivalence_quota ORDER BY institution_id, id DESC`,
    );
    return new Map(rows.map(({ id, most }) => [id, most]));
  }

  /** What offices have asked on a day, by their id. */
  async listUsed(tx: EntityManager, day: string): Promise<ReadonlyMap<string, number>> {
    const rows = await tx.query<{ id: string; used: number }[]>(
      'SELECT institution_id AS id, used FROM equivalence_use WHERE day = $1',
      [day],
    );
    return new Map(rows.map(({ id, used }) => [id, used]));
  }

  async findUsed(tx: EntityManager, institutionId: string, day: string): Promise<number> {
    const rows = await tx.query<{ used: number }[]>(
      'SELECT used FROM equivalence_use WHERE institution_id = $1 AND day = $2',
      [institutionId, day],
    );
    return rows[0]?.used ?? 0;
  }

  /**
   * Counts `count` more, unless that would be more than `most`. One statement: of two that race the
   * second sees what the first took.
   *
   * @returns false when there are not so many left
   */
  async take(
    tx: EntityManager,
    use: { institutionId: string; day: string; count: number; most: number },
  ): Promise<boolean> {
    const { institutionId, day, count, most } = use;
    if (count > most) return false;
    const rows = await tx.query<unknown[]>(
      `INSERT INTO equivalence_use AS u (institution_id, day, used) VALUES ($1, $2, $3)
       ON CONFLICT (institution_id, day) DO UPDATE SET used = u.used + excluded.used
         WHERE u.used + excluded.used <= $4
       RETURNING 1`,
      [institutionId, day, count, most],
    );
    return rows.length > 0;
  }
}
