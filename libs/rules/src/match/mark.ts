import type { Verdict } from '../types.js';

/**
 * What a clause came to, as one integer: its verdict in the lowest two bits (see {@link RANK}), and
 * above them the position of the lot that comes nearest, counted from 1; 0 when there is none.
 */
export type Mark = number;

/** Verdicts in the order in which one is nearer to being true than another. */
export const RANK = { true: 0, 'not-evaluated': 1, false: 2 } as const satisfies Record<
  Verdict,
  number
>;

export type Rank = (typeof RANK)[Verdict];

export function rankOf(verdict: Verdict): Rank {
  if (verdict === 'true') return RANK.true;
  return verdict === 'false' ? RANK.false : RANK['not-evaluated'];
}

const VERDICTS: readonly Verdict[] = ['true', 'not-evaluated', 'false'];

export function markOf(rank: Rank, position: number | null): Mark {
  return rank + 4 * (position === null ? 0 : position + 1);
}

export function rankOfMark(mark: Mark): Rank {
  return (mark & 3) as Rank;
}

export function verdictOfMark(mark: Mark): Verdict {
  return VERDICTS[mark & 3] as Verdict;
}

/** The position of the nearest lot, or undefined when no lot is of the kind. */
export function positionOfMark(mark: Mark): number | undefined {
  return mark >> 2 === 0 ? undefined : (mark >> 2) - 1;
}

/** Of so many clauses some are true and some unknown: is the number that is needed reached? */
export function rankOfGroup(needed: number, passed: number, open: number): Rank {
  if (passed >= needed) return RANK.true;
  return passed + open >= needed ? RANK['not-evaluated'] : RANK.false;
}
