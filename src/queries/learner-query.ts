import type { QueryState } from './life.js';
import type { QueryLife } from './lives.store.js';

/** What a learner asks a school about, as stored. */
export interface LearnerQuery {
  readonly id: string;
  /** `2026-000123` */
  readonly number: string;
  readonly learnerId: string;
  readonly schoolId: string;
  /** An outcome that looks wrong, or something that is missing. */
  readonly kind: 'outcome' | 'missing';
  readonly outcomeId: string | null;
  readonly outcomeCode: string | null;
  /** The course in the learner's own words, of something missing. */
  readonly course: string | null;
  /** About when it was completed, `yyyy-mm-dd`. */
  readonly on: string | null;
  readonly createdAt: Date;
}

export type LearnerQuerySummary = LearnerQuery & QueryLife;

/** How a promise stands. */
export type PromiseState = 'on-time' | 'due-soon' | 'overdue' | 'answered' | 'closed';

/** From so many working days on the day is near. */
const SOON_WORKING_DAYS = 2;

/** @param left working days until the promised day; negative once it has passed */
export function promiseOf(
  { state, dueOn }: { state: QueryState; dueOn: string },
  { today, left }: { today: string; left: number },
): PromiseState {
  if (state !== 'asked') return state;
  if (dueOn < today) return 'overdue';
  return left <= SOON_WORKING_DAYS ? 'due-soon' : 'on-time';
}
