/** A span of days over which a figure is counted; both ends belong to it. */
export interface Period {
  /** `2026`, or `2025-2026` for a school year. */
  readonly id: string;
  readonly kind: 'year' | 'school-year';
  /** `yyyy-mm-dd` */
  readonly from: string;
  readonly to: string;
}

const SCHOOL_YEAR_BEGINS = '09-01';
const SCHOOL_YEAR_ENDS = '08-31';
const FIRST_YEAR = 1950;
const LAST_YEAR = 2199;

/**
 * Reads a period. A calendar year is `2026`; a school year runs from 1 September to 31 August and is
 * named by both years, `2025-2026`. Undefined for anything else.
 */
export function parsePeriod(text: string): Period | undefined {
  const [, first, second] = /^(\d{4})(?:-(\d{4}))?$/.exec(text) ?? [];
  const year = Number(first);
  if (first === undefined || year < FIRST_YEAR || year > LAST_YEAR) return undefined;
  if (second === undefined) return yearOf(year);
  return Number(second) === year + 1 ? schoolYearOf(year) : undefined;
}

/** The calendar year that a day lies in. */
export function yearWith(day: string): Period {
  return yearOf(Number(day.slice(0, 4)));
}

/** The school year that a day lies in. */
export function schoolYearWith(day: string): Period {
  const year = Number(day.slice(0, 4));
  return schoolYearOf(day.slice(5) < SCHOOL_YEAR_BEGINS ? year - 1 : year);
}

/** The period and those of its kind before it, the oldest first. */
export function seriesUpTo({ kind, from }: Period, count: number): Period[] {
  const last = Number(from.slice(0, 4));
  const make = kind === 'year' ? yearOf : schoolYearOf;
  return Array.from({ length: count }, (_, i) => make(last - count + 1 + i));
}

/**
 * The stretches of time of which whoever knows all calendar years and all school years could work out
 * sums: both halves of each calendar year that a school year touches, cut on 1 September. Of a calendar
 * year none: while the school years beside it tell nothing of small halves, its sum stands alone.
 */
export function stretchesOf({ id, kind, from }: Period): Period[] {
  if (kind === 'year') return [];
  const first = Number(from.slice(0, 4));
  return [first, first + 1].flatMap((year): Period[] => [
    { id, kind, from: `${year}-01-01`, to: `${year}-${SCHOOL_YEAR_ENDS}` },
    { id, kind, from: `${year}-${SCHOOL_YEAR_BEGINS}`, to: `${year}-12-31` },
  ]);
}

function yearOf(year: number): Period {
  return { id: String(year), kind: 'year', from: `${year}-01-01`, to: `${year}-12-31` };
}

function schoolYearOf(year: number): Period {
  return {
    id: `${year}-${year + 1}`,
    kind: 'school-year',
    from: `${year}-${SCHOOL_YEAR_BEGINS}`,
    to: `${year + 1}-${SCHOOL_YEAR_ENDS}`,
  };
}
