import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Schedule } from '#libs/reports';

/** When reports appear by themselves, and who said so. */
export interface StoredSchedule extends Schedule {
  readonly id: string;
  readonly actor: string;
  readonly actorName: string;
  /** Who publishes: the institution of whoever laid it down; null for the bank. */
  readonly actorInstitution: string | null;
  readonly recordedAt: Date;
}

/** All SQL of the schedule of reports. INSERT and SELECT only. */
@Injectable()
export class ScheduleStore {
  async insert(tx: EntityManager, schedule: StoredSchedule): Promise<void> {
    await tx.query(
      `INSERT INTO report_schedule (id, days, period_kind, actor, actor_name, actor_institution,
         recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [
        schedule.id,
        schedule.days,
        schedule.periodKind,
        schedule.actor,
        schedule.actorName,
        schedule.actorInstitution,
        schedule.recordedAt,
      ],
    );
  }

  /** The one that counts; undefined when none was ever laid down. */
  async findInForce(tx: EntityManager): Promise<StoredSchedule | undefined> {
    const rows = await tx.query<StoredSchedule[]>(
      `SELECT id, days, period_kind AS "periodKind", actor, actor_name AS "actorName",
              actor_institution AS "actorInstitution", recorded_at AS "recordedAt"
         FROM report_schedule ORDER BY recorded_at DESC, id DESC LIMIT 1`,
    );
    return rows[0];
  }
}
