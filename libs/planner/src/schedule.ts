import { formatCredits, parsePartialDate } from '#libs/credit';
import {
  byCodeUnit,
  type Calendar,
  type Decision,
  type Grant,
  type LearnerFacts,
  periodOf,
} from '#libs/rules';
import { millicreditsOf } from './amounts.js';
import type { Addition } from './types.js';

export interface Scheduled {
  readonly addition: Addition;
  /** Id under which it stands in the decision. */
  readonly lot: string;
  readonly completed: string;
  /** As in {@link Semester}. */
  readonly period: string | null;
}

export interface Semester {
  /** `2026/autumn`, or `2026` where the calendar has no semesters; null when it is not known. */
  readonly period: string | null;
  /** What the grants of the decision count in it, a decimal. */
  readonly credits: string;
  readonly grants: readonly Grant[];
}

/** Grants by the period they count in; one that rests on several periods stands in the last. */
export function scheduleOf(
  calendar: Calendar | undefined,
  { granted }: Decision,
  { outcomes }: LearnerFacts,
): Semester[] {
  const days = new Map(outcomes.map(({ lot, completed }) => [lot, completed]));
  const dated = granted
    .filter(({ lots }) => lots.length > 0)
    .map((grant) => {
      const completed = grant.completed ?? grant.lots.flatMap((lot) => days.get(lot) ?? []);
      const last = [...completed].sort(byCodeUnit).at(-1) ?? '';
      return { grant, last, period: periodOn(calendar, last) };
    })
    .sort((a, b) => byCodeUnit(a.last, b.last));
  return [...new Set(dated.map(({ period }) => period))].map((period) => {
    const grants = dated.filter((each) => each.period === period).map(({ grant }) => grant);
    const credits = grants.reduce((total, grant) => total + millicreditsOf(grant.credits), 0n);
    return { period, credits: formatCredits(credits), grants };
  });
}

/** The semester of a day, or the year where the calendar has no semesters. */
export function periodOn(calendar: Calendar | undefined, completed: string): string | null {
  const per = calendar?.semesters.length ? 'semester' : 'academic-year';
  return periodOf(calendar, per, parsePartialDate(completed) ?? null);
}
