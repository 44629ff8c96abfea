import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { History } from '../history/index.js';
import type { Principal } from '../platform/auth/index.js';
import { Database } from '../platform/database/index.js';
import { notFound, refusal } from '../platform/http/index.js';
import type { HolidayNoticeDto, NewHolidayNoticeDto } from './holidays.dto.js';
import { type HolidayNotice, HolidaysStore } from './holidays.store.js';
import { type WorkCalendar, isWeekend } from './working-days.js';

/** The longest promise is 250 working days: it ends in the next year, or early in the one after. */
const YEARS_AHEAD = 2;

/** Working days as the notice of each year makes them; Monday to Friday where there is none yet. */
@Injectable()
export class Holidays {
  constructor(
    private readonly database: Database,
    private readonly store: HolidaysStore,
    private readonly history: History,
  ) {}

  /** The calendar that counts promises which begin on `day`, `yyyy-mm-dd`. */
  async calendar(tx: EntityManager, day: string): Promise<WorkCalendar> {
    const from = Number(day.slice(0, 4));
    const notices = await this.store.listNewest(tx, { from, to: from + YEARS_AHEAD });
    return {
      daysOff: new Set(notices.flatMap(({ daysOff }) => daysOff)),
      workingDays: new Set(notices.flatMap(({ workingDays }) => workingDays)),
    };
  }

  /** Throws `not-found` for a year of which nothing is known. */
  show(year: string): Promise<HolidayNoticeDto> {
    return this.database.read((tx) => this.#find(tx, yearOf(year)));
  }

  /** Writes down what is known of a year; what was known before stays in the table. */
  put(principal: Principal, year: string, notice: NewHolidayNoticeDto): Promise<HolidayNoticeDto> {
    const about = yearOf(year);
    requireSound(about, notice);
    return this.database.transaction(async (tx) => {
      const [before = null] = await this.store.listNewest(tx, { from: about, to: about });
      await this.store.insert(tx, { year: about, ...notice }, principal);
      const after = await this.#find(tx, about);
      await this.history.record(tx, principal, {
        // Every institution's promises count by it.
        institutionId: null,
        subject: { kind: 'holidays', id: String(about) },
        action: before ? 'replaced' : 'announced',
        before: before && toDto(before),
        after,
      });
      return after;
    });
  }

  async #find(tx: EntityManager, year: number): Promise<HolidayNoticeDto> {
    const [notice] = await this.store.listNewest(tx, { from: year, to: year });
    if (!notice) throw notFound();
    return toDto(notice);
  }
}

function yearOf(text: string): number {
  if (!/^2[01]\d\d$/.test(text)) throw notFound();
  return Number(text);
}

/** A slip of the pen would move every promise. */
function requireSound(year: number, { daysOff, workingDays }: NewHolidayNoticeDto): void {
  const days = [...daysOff, ...workingDays];
  const outside = days.find((day) => !day.startsWith(`${year}-`));
  if (outside !== undefined)
    throw refusal('holiday-outside-year', { day: outside, year: String(year) });
  const twice = days.find((day, i) => days.indexOf(day) !== i);
  if (twice !== undefined) throw refusal('holiday-twice', { day: twice });
  const usual = workingDays.find((day) => !isWeekend(day));
  if (usual !== undefined) throw refusal('holiday-worked-anyway', { day: usual });
}

function toDto({
  year,
  source,
  daysOff,
  workingDays,
  recordedAt,
}: HolidayNotice): HolidayNoticeDto {
  return {
    year,
    source,
    daysOff: [...daysOff],
    workingDays: [...workingDays],
    recordedAt: recordedAt.toISOString(),
  };
}
