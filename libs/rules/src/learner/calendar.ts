import { firstDay, lastDay, parsePartialDate, type PartialDate } from '#libs/credit';
import type { Checker } from '../compile/checker.js';
import type { Block } from './lots.js';
import type { Calendar, Rulebook } from '../document/rulebook.js';

/** Periods that a cap or requirement can speak of. */
export type Period = 'academic-year' | 'semester';

export function isPeriod(per: string): per is Period {
  return per === 'academic-year' || per === 'semester';
}

/**
 * The period an outcome belongs to: `2026` is the year that begins in 2026, `2026/autumn` its
 * semester of that name. The day of completion decides, which is the end of a course (R34). Null when
 * the day is unknown, or a month or year reaches into two periods.
 */
export function periodOf(
  calendar: Calendar | undefined,
  per: Period,
  completed: PartialDate | null,
): string | null {
  if (!calendar || !completed) return null;
  const [first, last] = [firstDay(completed), lastDay(completed)].map((day) =>
    periodOfDay(calendar, per, day),
  );
  return first !== undefined && first === last ? first : null;
}

function periodOfDay({ yearStarts, semesters }: Calendar, per: Period, day: string): string {
  const [calendarYear, monthDay] = [Number(day.slice(0, 4)), day.slice(5)];
  const year = String(monthDay >= yearStarts ? calendarYear : calendarYear - 1);
  if (per === 'academic-year') return year;
  // Days before the start of the year belong to its end, so they are counted from it.
  const sinceStart = (other: string): string => (other >= yearStarts ? `0${other}` : `1${other}`);
  const semester = semesters.findLast(({ starts }) => sinceStart(starts) <= sinceStart(monthDay));
  return `${year}/${semester?.id ?? ''}`;
}

/** Periods that grants with these completion days belong to, each once. */
export function periodsOf(
  calendar: Calendar | undefined,
  per: Period,
  completed: readonly string[],
): string[] {
  const periods = completed.flatMap(
    (day) => periodOf(calendar, per, parsePartialDate(day) ?? null) ?? [],
  );
  return [...new Set(periods)];
}

/** In the last semester before a graduation nothing counts that is completed after its day (R34). */
export function cutOffBlock(
  calendar: Calendar | undefined,
  completed: PartialDate | null,
  graduates: string | undefined,
): Block | null {
  const day = cutOffDay(calendar, graduates);
  if (day === null || !completed || firstDay(completed) <= day) return null;
  return { code: 'lot-after-cut-off', params: { graduates: graduates ?? '', lastDay: day } };
}

/** The last day on which something can be completed for a graduation; null when none is set. */
export function cutOffDay(
  calendar: Calendar | undefined,
  graduates: string | undefined,
): string | null {
  if (!calendar || graduates === undefined) return null;
  const cutOff = calendar.cutOffs.find(({ graduation }) => graduation === graduates.slice(5, 7));
  return cutOff ? `${graduates.slice(0, 4)}-${cutOff.lastDay}` : null;
}

/** Refuses a calendar whose semesters do not cover the year, and periods without a calendar. */
export function checkCalendar(rulebook: Rulebook, check: Checker): void {
  const { calendar, caps, requirements } = rulebook;
  checkPeriods('/caps', caps, calendar, check);
  checkPeriods('/requirements', requirements, calendar, check);
  if (!calendar) return;
  const { yearStarts, semesters, cutOffs } = calendar;
  check.unique(
    '/calendar/semesters',
    semesters.map(({ id }) => id),
  );
  const [first] = semesters;
  if (first && first.starts !== yearStarts) {
    const params = { value: first.starts, range: yearStarts };
    check.fault('/calendar/semesters/0/starts', 'rulebook-number', params);
  }
  const place = (day: string): string => (day >= yearStarts ? `0${day}` : `1${day}`);
  semesters.forEach(({ starts }, index) => {
    const before = semesters[index - 1];
    if (before && place(starts) <= place(before.starts)) {
      const params = { value: starts, range: `> ${before.starts}` };
      check.fault(`/calendar/semesters/${index}/starts`, 'rulebook-number', params);
    }
  });
  check.unique(
    '/calendar/cutOffs',
    cutOffs.map(({ graduation }) => graduation),
    'graduation',
  );
}

function checkPeriods(
  base: string,
  counted: readonly { readonly per?: string }[],
  calendar: Calendar | undefined,
  check: Checker,
): void {
  counted.forEach(({ per = '' }, index) => {
    if (!isPeriod(per)) return;
    const isDefined = per === 'semester' ? calendar?.semesters.length : calendar;
    if (!isDefined) check.fault(`${base}/${index}/per`, 'rulebook-calendar-missing', { per });
  });
}
