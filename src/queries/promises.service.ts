import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Holidays, addWorkingDays, workingDaysUntil } from '../holidays/index.js';
import { Clock } from '../platform/clock/index.js';

/** Working days that a school has for its answer, whoever asks. */
const ANSWER_WORKING_DAYS = 10;

/** By when a school is to answer, and how long that still is. */
@Injectable()
export class QueryPromises {
  constructor(
    private readonly holidays: Holidays,
    private readonly clock: Clock,
  ) {}

  /** The day that is promised with a question of today. */
  async dueOn(tx: EntityManager): Promise<string> {
    const today = this.clock.today();
    return addWorkingDays(today, ANSWER_WORKING_DAYS, await this.holidays.calendar(tx, today));
  }

  /** Working days from today until each promised day; negative for days that have passed. */
  async leftUntil(tx: EntityManager): Promise<(dueOn: string) => number> {
    const today = this.clock.today();
    // A promise that was broken long ago began in a year before this one.
    const lastYear = `${Number(today.slice(0, 4)) - 1}-01-01`;
    const calendar = await this.holidays.calendar(tx, lastYear);
    return (dueOn) => workingDaysUntil(today, dueOn, calendar);
  }
}
