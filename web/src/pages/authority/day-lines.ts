const DAY_MS = 24 * 60 * 60 * 1000;
const MOST_DAYS = 366;
const LINE = /^(\d{4}-\d{2}-\d{2})(?:\s*(?:~|～|-|–|—|至|到|to)\s*(\d{4}-\d{2}-\d{2}))?$/;

/** Days as people write them, one day or span a line; what is wrong names its first line. */
export interface Days {
  readonly days: string[];
  /** A line that is no date. */
  readonly bad?: string;
  /** A line that is not of the year. */
  readonly other?: string;
}

/** Reads lines like `2027-10-01` or `2027-10-01 至 2027-10-07`. */
export function daysOf(text: string, year: string): Days {
  const days = new Set<string>();
  for (const line of text
    .split('\n')
    .map((one) => one.trim())
    .filter(Boolean)) {
    const [, from = '', to = from] = LINE.exec(line) ?? [];
    const count = Math.round((instantOf(to) - instantOf(from)) / DAY_MS) + 1;
    if (!(count >= 1 && count <= MOST_DAYS)) return { days: [], bad: line };
    if (!from.startsWith(year) || !to.startsWith(year)) return { days: [], other: line };
    for (let day = 0; day < count; day += 1) days.add(dayOf(instantOf(from) + day * DAY_MS));
  }
  return { days: [...days].toSorted() };
}

/** Days that follow each other, as spans. */
export function spansOf(days: readonly string[]): { from: string; to: string }[] {
  const spans: { from: string; to: string }[] = [];
  for (const day of days.toSorted()) {
    const last = spans.at(-1);
    if (last && instantOf(day) - instantOf(last.to) === DAY_MS) last.to = day;
    else spans.push({ from: day, to: day });
  }
  return spans;
}

/** NaN for a day that no calendar has. */
function instantOf(day: string): number {
  const instant = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(instant) || dayOf(instant) !== day ? Number.NaN : instant;
}

function dayOf(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}
