/** A calendar date as precisely as its source knew it: `2026`, `2026-06` or `2026-06-30`. */
export type PartialDate = string & { readonly __kind: 'partial-date' };

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Reads `yyyy`, `yyyyMM`, `yyyyMMdd` and the same with `-`, `/` or `.` between the parts.
 * Chinese exchange sheets often carry only `yyyyMM`; the missing day stays missing.
 * Returns undefined for an impossible date (`2026-02-30`) or any other text.
 */
export function parsePartialDate(text: string): PartialDate | undefined {
  const trimmed = text.trim();
  const match =
    /^(\d{4})(?:([-/.]?)(\d{2})(?:\2(\d{2}))?)?$/.exec(trimmed) ??
    /^(\d{4})([-/.])(\d{1,2})(?:\2(\d{1,2}))?$/.exec(trimmed);
  if (!match) return undefined;
  const [, year, , month, day] = match;
  if (Number(year) < 1900) return undefined;
  if (month === undefined) return year as PartialDate;
  if (Number(month) < 1 || Number(month) > 12) return undefined;
  const yearMonth = `${year}-${month.padStart(2, '0')}`;
  if (day === undefined) return yearMonth as PartialDate;
  if (Number(day) < 1 || Number(day) > daysInMonth(Number(year), Number(month))) return undefined;
  return `${yearMonth}-${day.padStart(2, '0')}` as PartialDate;
}

/** The first day the date can mean: `2026-06` begins on `2026-06-01`. */
export function firstDay(date: PartialDate): string {
  return date.length === 4 ? `${date}-01-01` : date.length === 7 ? `${date}-01` : date;
}

/** The last day the date can mean: `2026-06` ends on `2026-06-30`. */
export function lastDay(date: PartialDate): string {
  if (date.length === 4) return `${date}-12-31`;
  if (date.length > 7) return date;
  const [year, month] = date.split('-').map(Number) as [number, number];
  return `${date}-${String(daysInMonth(year, month)).padStart(2, '0')}`;
}

/**
 * Adds whole months to a full date; a day that the target month lacks becomes its last day
 * (31 January + 1 month = 28 or 29 February).
 */
export function addMonths(day: string, months: number): string {
  const [year, month, dayOfMonth] = day.split('-').map(Number) as [number, number, number];
  const index = year * 12 + (month - 1) + months;
  const targetYear = Math.floor(index / 12);
  const targetMonth = (index % 12) + 1;
  const targetDay = Math.min(dayOfMonth, daysInMonth(targetYear, targetMonth));
  const pad = (value: number): string => String(value).padStart(2, '0');
  return `${String(targetYear).padStart(4, '0')}-${pad(targetMonth)}-${pad(targetDay)}`;
}

/** How many days a span has, both ends included; 0 or less when it ends before it begins. */
export function daysOfSpan(first: string, last: string): number {
  const dayNumber = (day: string): number => Date.parse(`${day}T00:00:00Z`) / DAY_MS;
  return dayNumber(last) - dayNumber(first) + 1;
}

/** The day after a day. */
export function nextDay(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10);
}

/** The day before a day, `yyyy-mm-dd`. */
export function previousDay(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - DAY_MS).toISOString().slice(0, 10);
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}
