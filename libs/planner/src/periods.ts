import { previousDay } from '#libs/credit';
import type { Calendar } from '#libs/rules';

/** A semester, or a year where the calendar has no semesters; both days belong to it. */
export interface PeriodDays {
  readonly starts: string;
  readonly ends: string;
}

/** The period of a day and those after it, so many in all. */
export function periodsFrom(calendar: Calendar, on: string, count: number): PeriodDays[] {
  const { yearStarts, semesters } = calendar;
  const starts = semesters.length > 0 ? semesters.map((semester) => semester.starts) : [yearStarts];
  const calendarYear = Number(on.slice(0, 4));
  const firstYear = on.slice(5) >= yearStarts ? calendarYear : calendarYear - 1;
  const years = Array.from({ length: count + 2 }, (_, index) => firstYear + index);
  // Days before the start of the year belong to its end, so they are in the next calendar year.
  const days = years.flatMap((year) =>
    starts.map((start) => `${start >= yearStarts ? year : year + 1}-${start}`),
  );
  return days
    .flatMap((day, at): PeriodDays[] => {
      const next = days[at + 1];
      return next === undefined ? [] : [{ starts: day, ends: previousDay(next) }];
    })
    .filter(({ ends }) => ends >= on)
    .slice(0, count);
}
