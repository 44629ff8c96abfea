import { previousDay } from '#libs/credit';
import { type Period, schoolYearWith, yearWith } from '#libs/indicators';

/** When reports appear by themselves. */
export interface Schedule {
  /** Days of the year, `mm-dd`; none: no report appears by itself. */
  readonly days: readonly string[];
  readonly periodKind: Period['kind'];
}

/**
 * The newest day up to today on which a report was due, `yyyy-mm-dd`; null when none was since the
 * schedule was laid down. A service that was down on the day makes up for it; of several missed days
 * only the newest, because the figures would be those of today anyway.
 *
 * @param since the day on which the schedule was laid down; a report is due after it
 */
export function dueDay({ days }: Schedule, since: string, today: string): string | null {
  const year = Number(today.slice(0, 4));
  const due = [year, year - 1]
    .flatMap((one) => days.map((day) => `${one}-${day}`))
    .filter((day) => day > since && day <= today)
    .sort();
  return due.at(-1) ?? null;
}

/** The first day after today on which a report is due; null when there is none. */
export function nextDue({ days }: Schedule, today: string): string | null {
  const year = Number(today.slice(0, 4));
  const coming = [year, year + 1]
    .flatMap((one) => days.map((day) => `${one}-${day}`))
    .filter((day) => day > today)
    .sort();
  return coming[0] ?? null;
}

/**
 * The period that a report of a day is about: the one in which the last day of the month before
 * lies. A report of 10 January is about the year that is over, one of 10 July about the running one.
 */
export function periodDue({ periodKind }: Schedule, day: string): Period {
  const end = previousDay(`${day.slice(0, 8)}01`);
  return periodKind === 'year' ? yearWith(end) : schoolYearWith(end);
}
