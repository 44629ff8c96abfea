import { daysAfter, endOf, monthsAfter } from '../calendar.js';
import type { Outcome } from '../aftermath.js';
import type { Completion, Said } from '../learner.js';

/** A completion as the written definitions ask about it. */
export interface Fact {
  readonly day: string;
  readonly isTraining: boolean;
  readonly skillLevel: number | null;
  readonly milestone: string | null;
  /** The last day on which it is valid; null when it never ends. */
  readonly validTo: string | null;
  /** Null: the catalogue and the school say nothing. */
  readonly minutes: number | null;
  /** False: failed, or hardly attended. Null: a grade decides, and nobody knows it. */
  readonly passed: boolean | null;
  readonly said: Said;
  readonly isLate: boolean;
}

const PASS = 60;

/** The facts about a learner in the end, by day. */
export function factsOf({ standing }: Outcome): Fact[] {
  return standing
    .map(({ completion, isLate }) => ({ ...factOf(completion), isLate }))
    .sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
}

function factOf(completion: Completion): Omit<Fact, 'isLate'> {
  const { offer, on, said } = completion;
  const hours = completion.hours ?? offer.hours;
  return {
    day: endOf(on),
    isTraining: offer.form === 'training',
    skillLevel: offer.skillLevel,
    milestone: offer.milestone,
    validTo: lastDayOf(completion),
    minutes: hours === null ? null : hours * 60,
    passed: hasPassed(completion),
    said,
  };
}

export function hasPassed({ offer, grade, attendance }: Completion): boolean | null {
  const { scale, leastAttendance } = offer;
  if (scale === 'percent' && grade !== null && Number(grade) < PASS) return false;
  if (scale === 'pass-fail' && grade === '不合格') return false;
  if (leastAttendance !== null && attendance !== null && attendance < leastAttendance) return false;
  return scale !== null && grade === null ? null : true;
}

/** Thousandths that a completion earns; null for one that is only registered. */
export function creditOf(completion: Completion): number | null {
  return hasPassed(completion) === false ? null : completion.offer.millicredits;
}

export function isExpired(completion: Completion, today: string): boolean {
  const last = lastDayOf(completion);
  return last !== null && daysAfter(last, 1) <= today;
}

function lastDayOf({ offer, on }: Completion): string | null {
  return offer.monthsValid === null ? null : monthsAfter(endOf(on), offer.monthsValid);
}
