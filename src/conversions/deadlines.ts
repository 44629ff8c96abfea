import { type WorkCalendar, addWorkingDays } from '../holidays/index.js';
import type { ApplicationState } from './application-states.js';
import type { Promised } from './applications.store.js';

/** What institutions and the service have promised, from the configuration and the calendar. */
export interface Promises {
  readonly reviewWorkingDays: number;
  readonly appealDays: number;
  readonly calendar: WorkCalendar;
}

/** The queue answers in seconds; after a working day something is wrong. */
const EVALUATION_WORKING_DAYS = 1;

/** Days before the promised day on which its first reminder is written. */
const REMINDED_DAYS_BEFORE = 3;

/** What is known when an application moves into a state. */
export interface Moving {
  readonly from: ApplicationState;
  readonly to: ApplicationState;
  /** Today, `yyyy-mm-dd`. */
  readonly today: string;
  /** What is promised until now. */
  readonly dueOn: string | null;
  /** The day on which its review was first promised; null when it is promised now. */
  readonly reviewedSince: string | null;
  /** Whether the learner has appealed already: a second time is not possible. */
  readonly hasAppealed: boolean;
}

/** What is promised from now on. Evaluating again takes nothing back of what was promised before. */
export function promisedIn(moving: Moving, promises: Promises): Omit<Promised, 'panelSize'> {
  const { from, to, today, dueOn, reviewedSince, hasAppealed } = moving;
  const { reviewWorkingDays, calendar } = promises;
  const appealUntil =
    to === 'rejected' && !hasAppealed ? addDays(today, promises.appealDays) : null;
  if (to === 'submitted' || (to === 'evaluating' && from !== 'submitted')) {
    return { dueOn: addWorkingDays(today, EVALUATION_WORKING_DAYS, calendar), appealUntil };
  }
  if (to === 'evaluating') return { dueOn, appealUntil };
  if (to === 'in-review' || to === 'appealed') {
    const since = (to === 'in-review' && reviewedSince) || today;
    return { dueOn: addWorkingDays(since, reviewWorkingDays, calendar), appealUntil };
  }
  return { dueOn: null, appealUntil };
}

export function isOverdue(dueOn: string | null, today: string): boolean {
  return dueOn !== null && dueOn < today;
}

/** The latest promised day of which there is a first reminder today. */
export function nearDay(today: string): string {
  return addDays(today, REMINDED_DAYS_BEFORE);
}

function addDays(day: string, count: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + count);
  return date.toISOString().slice(0, 10);
}
