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

export function isWeekend(day: string): boolean {
  return new Date(`${day}T00:00:00Z`).getUTCDay() % 6 === 0;
}
