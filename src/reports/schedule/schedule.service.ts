import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { nextDue, periodDue } from '#libs/reports';
import { History } from '../../history/index.js';
import type { Principal } from '../../platform/auth/index.js';
import { Clock } from '../../platform/clock/index.js';
import { Database } from '../../platform/database/index.js';
import { newId } from '../../platform/ids/index.js';
import type { NewScheduleDto, ScheduleDto } from '../reports.dto.js';
import { ScheduleStore, type StoredSchedule } from './schedule.store.js';

/** On which days of the year a report appears by itself. */
@Injectable()
export class ReportSchedules {
  constructor(
    private readonly database: Database,
    private readonly store: ScheduleStore,
    private readonly history: History,
    private readonly clock: Clock,
  ) {}

  /** What counts now; without any days nothing appears by itself. */
  show(): Promise<ScheduleDto> {
    return this.database.read(async (tx) => this.#toDto(await this.store.findInForce(tx)));
  }

  /** Lays another schedule down; the one before stays written and no longer counts. */
  set(principal: Principal, wanted: NewScheduleDto): Promise<ScheduleDto> {
    return this.database.transaction((tx) => this.setWithin(tx, principal, wanted));
  }

  /** {@link set} inside a transaction of the caller. */
  async setWithin(
    tx: EntityManager,
    principal: Principal,
    { days, periodKind }: NewScheduleDto,
  ): Promise<ScheduleDto> {
    const before = this.#toDto(await this.store.findInForce(tx));
    const schedule: StoredSchedule = {
      id: newId(),
      days: [...new Set(days)].sort(),
      periodKind,
      actor: principal.id,
      actorName: principal.name,
      actorInstitution: principal.institutionId,
      recordedAt: this.clock.now(),
    };
    await this.store.insert(tx, schedule);
    const after = this.#toDto(schedule);
    await this.history.record(tx, principal, {
      institutionId: principal.institutionId,
      subject: { kind: 'report-schedule', id: schedule.id },
      action: 'set',
      before,
      after,
    });
    return after;
  }

  #toDto(schedule: StoredSchedule | undefined): ScheduleDto {
    if (!schedule) {
      return { days: [], periodKind: 'year', setAt: null, setBy: null, next: null };
    }
    const day = nextDue(schedule, this.clock.today());
    return {
      days: [...schedule.days],
      periodKind: schedule.periodKind,
      setAt: schedule.recordedAt.toISOString(),
      setBy: schedule.actorName,
      next: day === null ? null : { day, period: periodDue(schedule, day).id },
    };
  }
}
