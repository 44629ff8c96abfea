/** Days that are worked or not against the usual week, Monday to Friday. */
export interface WorkCalendar {
  /** Public holidays, and days that are off because another is worked. */
  readonly daysOff: ReadonlySet<string>;
  /** Saturdays and Sundays that are worked instead (调休). */
  readonly workingDays: ReadonlySet<string>;
}

/** @param day `yyyy-mm-dd` */
export function isWorkingDay(day: string, calendar: WorkCalendar): boolean {
  if (calendar.workingDays.has(day)) return true;
  return !calendar.daysOff.has(day) && !isWeekend(day);
}

/** The day on which `count` working days after `day` are over. */
export function addWorkingDays(day: string, count: number, calendar: WorkCalendar): string {
  const date = new Date(`${day}T00:00:00Z`);
  let reached = day;
  for (let left = count; left > 0;) {
    date.setUTCDate(date.getUTCDate() + 1);
    reached = date.toISOString().slice(0, 10);
    if (isWorkingDay(reached, calendar)) left -= 1;
  }
  return reached;
}

/**
 * How many working days lie behind `day` up to and with `until`; as a negative number when `until` is
 * the earlier one. The opposite of {@link addWorkingDays}.
 */
export function workingDaysUntil(day: string, until: string, calendar: WorkCalendar): number {
  if (until < day) {
    const passed = workingDaysUntil(until, day, calendar);
    // Not the zero with a sign.
    return passed === 0 ? 0 : -passed;
  }
  const date = new Date(`${day}T00:00:00Z`);
  let count = 0;
  for (let reached = day; reached < until;) {
    date.setUTCDate(date.getUTCDate() + 1);
    reached = date.toISOString().slice(0, 10);
    if (isWorkingDay(reached, calendar)) count += 1;
  }
  return count;
}

export function isWeekend(day: string): boolean {
  return new Date(`${day}T00:00:00Z`).getUTCDay() % 6 === 0;
}
