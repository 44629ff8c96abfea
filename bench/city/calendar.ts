const DAY_MS = 86_400_000;

/** Days are `yyyy-mm-dd`, and a completion may know no more than its month. */
export function dayOf(year: number, month: number, day: number): string {
  return `${year}-${two(month)}-${two(day)}`;
}

/** The last day that a date can mean. */
export function endOf(date: string): string {
  if (date.length === 10) return date;
  const [year, month] = date.split('-').map(Number) as [number, number];
  return dayOf(year, month, daysIn(year, month));
}

/** The same day of another month, or the last of that month where it has no such day. */
export function monthsAfter(day: string, months: number): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const count = year * 12 + month - 1 + months;
  const [newYear, newMonth] = [Math.floor(count / 12), (count % 12) + 1];
  return dayOf(newYear, newMonth, Math.min(date, daysIn(newYear, newMonth)));
}

export function daysAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}

/** A span that figures are compared for; both ends belong to it. */
export interface Span {
  readonly id: string;
  readonly from: string;
  readonly to: string;
}

/** Both lie behind us as a whole, so nothing in them depends on the day of the run. */
export const SPANS: readonly Span[] = [
  { id: '2025', from: '2025-01-01', to: '2025-12-31' },
  { id: '2025-2026', from: '2025-09-01', to: '2026-08-31' },
];
