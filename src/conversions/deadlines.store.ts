import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { bucketOf } from '../platform/ids/index.js';
import type { ApplicationState } from './application-states.js';

/** Promised days of one institution that have passed. */
export interface OverdueCount {
  readonly institutionId: string;
  readonly count: number;
  /** The longest promised of them, `yyyy-mm-dd`. */
  readonly oldestDueOn: string;
}

/** An application whose promised day has passed, without the learner. */
export interface OverdueApplication {
  readonly id: string;
  readonly programme: string;
  readonly state: ApplicationState;
  readonly dueOn: string;
  readonly daysOverdue: number;
}

/** How much waits for the people of an institution. */
export interface WaitingCount {
  readonly waiting: number;
  readonly overdue: number;
  /** When any of its applications last changed; null when there are none. */
  readonly changedAt: Date | null;
}

/** All SQL of promised days. */
@Injectable()
export class DeadlinesStore {
  /** Applications whose promised day is near or over and that were not reminded of it, by id. */
  async listToRemind(
    tx: EntityManager,
    page: { day: string; near: string; after: string | null; limit: number },
  ): Promise<string[]> {
    const { day, near, after, limit } = page;
    const rows = await tx.query<{ id: string }[]>(
      `SELECT id FROM application
        WHERE due_on <= $2 AND reminders < CASE WHEN due_on < $1 THEN 2 ELSE 1 END
          AND ($3::uuid IS NULL OR id > $3)
        ORDER BY id LIMIT $4`,
      [day, near, after, limit],
    );
    return rows.map(({ id }) => id);
  }

  /** @returns false when that reminder was there; the caller holds the application's lock */
  async markReminded(tx: EntityManager, id: string, reminder: 1 | 2): Promise<boolean> {
    const [, count] = await tx.query<[unknown, number]>(
      'UPDATE application SET reminders = $3 WHERE bucket = $1 AND id = $2 AND reminders < $3',
      [bucketOf(id), id, reminder],
    );
    return count === 1;
  }

  /** What waits for the people of an institution, the nearest promised day first. */
  listWaiting(
    tx: EntityManager,
    institutionId: string,
    { after, limit }: { after: { dueOn: string; id: string } | null; limit: number },
  ): Promise<{ id: string; dueOn: string }[]> {
    return tx.query(
      `SELECT id, due_on::text AS "dueOn" FROM application
        WHERE institution_id = $1 AND state IN ('in-review', 'appealed')
          AND ($2::date IS NULL OR (due_on, id) > ($2, $3::uuid))
        ORDER BY due_on, id LIMIT $4`,
      [institutionId, after?.dueOn ?? null, after?.id ?? null, limit],
    );
  }

  /** How much waits for the people of an institution, and when anything of it changed. */
  async countWaiting(
    tx: EntityManager,
    institutionId: string,
    today: string,
  ): Promise<WaitingCount> {
    const rows = await tx.query<WaitingCount[]>(
      `SELECT count(*) FILTER (WHERE state IN ('in-review', 'appealed'))::int AS waiting,
              count(*) FILTER (WHERE state IN ('in-review', 'appealed') AND due_on < $2)::int
                AS overdue,
              max(changed_at) AS "changedAt"
         FROM application WHERE institution_id = $1 AND state <> 'draft'`,
      [institutionId, today],
    );
    return rows[0] ?? { waiting: 0, overdue: 0, changedAt: null };
  }

  /** By institution, the longest overdue first. */
  async countOverdue(tx: EntityManager, today: string): Promise<OverdueCount[]> {
    return tx.query(
      `SELECT institution_id AS "institutionId", count(*)::int AS count,
              min(due_on)::text AS "oldestDueOn"
         FROM application WHERE due_on < $1
        GROUP BY institution_id ORDER BY min(due_on), institution_id`,
      [today],
    );
  }

  /** Of one institution, the longest overdue first. */
  async listOverdue(
    tx: EntityManager,
    page: {
      institutionId: string;
      today: string;
      after: { dueOn: string; id: string } | null;
      limit: number;
    },
  ): Promise<OverdueApplication[]> {
    const { institutionId, today, after, limit } = page;
    return tx.query(
      `SELECT id, programme, state, due_on::text AS "dueOn",
              ($1::date - due_on) AS "daysOverdue"
         FROM application
        WHERE due_on < $1::date AND institution_id = $2
          AND ($3::date IS NULL OR (due_on, id) > ($3::date, $4::uuid))
        ORDER BY due_on, id LIMIT $5`,
      [today, institutionId, after?.dueOn ?? null, after?.id ?? null, limit],
    );
  }
}
