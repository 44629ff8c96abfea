import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

/** What a notice says of one year. */
export interface HolidayNotice {
  readonly year: number;
  /** Who published it and where, in words. */
  readonly source: string;
  readonly daysOff: readonly string[];
  readonly workingDays: readonly string[];
  readonly recordedAt: Date;
}

/** All SQL of notices. INSERT and SELECT only. */
@Injectable()
export class HolidaysStore {
  /** Newest of each year in the range, both ends included. */
  async listNewest(
    tx: EntityManager,
    { from, to }: { from: number; to: number },
  ): Promise<HolidayNotice[]> {
    return tx.query(
      `SELECT DISTINCT ON (year) year, source, days_off::text[] AS "daysOff",
              working_days::text[] AS "workingDays", recorded_at AS "recordedAt"
         FROM holiday_notice WHERE year BETWEEN $1 AND $2 ORDER BY year, seq DESC`,
      [from, to],
    );
  }

  /** Two who write about one year come one after the other, until the transaction ends. */
  async insert(
    tx: EntityManager,
    notice: Omit<HolidayNotice, 'recordedAt'>,
    by: { id: string; institutionId: string | null },
  ): Promise<void> {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('holidays', $1))`, [notice.year]);
    await tx.query(
      `INSERT INTO holiday_notice (year, seq, source, days_off, working_days, actor,
         actor_institution)
       SELECT $1, coalesce(max(seq) + 1, 0), $2, $3, $4, $5, $6
         FROM holiday_notice WHERE year = $1`,
      [notice.year, notice.source, notice.daysOff, notice.workingDays, by.id, by.institutionId],
    );
  }
}
