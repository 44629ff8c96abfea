import type { ProblemCode } from '#libs/problems';
import type { OutcomeScope, RevocationEffects } from '../outcomes/index.js';

/** `queued` can be cancelled; `running` ends as `done`, whatever happens to the worker. */
export type BatchState = 'queued' | 'running' | 'done' | 'cancelled';

/** What taking outcomes back has reached so far. */
export interface Tally {
  readonly items: number;
  readonly millicredits: bigint;
  /** Booked conversions that were reversed. */
  readonly conversions: number;
  /** Programmes whose completion was lost: degrees and diplomas. */
  readonly awards: number;
  readonly rights: number;
  /** Applications under review that are evaluated again. */
  readonly reconsidered: number;
}

/** An authority's order to take back what one institution posted. */
export interface RevocationBatch extends OutcomeScope, Tally {
  readonly id: string;
  readonly reason: string;
  /** The institution that ordered it. */
  readonly orderedBy: string | null;
  readonly actor: string;
  readonly state: BatchState;
  /** The first pass is 1; another follows until one finds nothing. */
  readonly sweep: number;
  /** Every bucket of learners before this one is done in this sweep. */
  readonly nextBucket: number;
  /** What was in scope when it started; null before. */
  readonly learnersTotal: number | null;
  readonly itemsTotal: number | null;
  readonly learners: number;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  readonly elapsedMs: number;
}

/** A learner whose outcomes could not be taken back yet. */
export interface BatchProblem {
  readonly learnerId: string;
  readonly code: ProblemCode;
}

/** Counts what one learner's revocation does. */
export function tallyOf({ outcomes, vanishes, resting }: RevocationEffects): Tally {
  const reversed = resting.conversions.filter(({ fate }) => fate === 'reversed');
  const grants = reversed.flatMap((one) => one.grants);
  const awarded = reversed.filter(({ isAward }) => isAward).map(({ programme }) => programme);
  return {
    items: outcomes.length,
    millicredits: vanishes.available + vanishes.held + vanishes.used + vanishes.expired,
    conversions: reversed.length,
    awards: new Set(awarded).size,
    rights: grants.filter(({ effect }) => effect === 'right').length,
    reconsidered: resting.conversions.length - reversed.length,
  };
}

export const NOTHING: Tally = {
  items: 0,
  millicredits: 0n,
  conversions: 0,
  awards: 0,
  rights: 0,
  reconsidered: 0,
};

export function addTallies(a: Tally, b: Tally): Tally {
  return {
    items: a.items + b.items,
    millicredits: a.millicredits + b.millicredits,
    conversions: a.conversions + b.conversions,
    awards: a.awards + b.awards,
    rights: a.rights + b.rights,
    reconsidered: a.reconsidered + b.reconsidered,
  };
}
