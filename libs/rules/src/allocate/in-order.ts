import type {
  Allocation,
  AllocationCandidate,
  AllocationPick,
  AllocationProblem,
} from './allocation.js';
import { Bound } from './bound.js';
import type { Component } from './components.js';
import { cheapestSet, type PoolSet } from './pool.js';
import { fromPool } from './runs.js';
import { Standing } from './standing.js';

/**
 * Grants each candidate in its largest choice that still fits, the forced one first. Quick, and
 * often not the best: where the search starts from, and the answer where there is too much to search.
 */
export function takeInOrder(
  problem: AllocationProblem,
  { candidates, caps }: Component,
  force?: number,
): Allocation {
  const standing = new Standing(problem);
  const isPool = ({ of }: { of: AllocationCandidate }): boolean => of.pool !== null;
  // A pool can do with other lots, so it comes after those that cannot.
  const items = [...candidates.filter((item) => !isPool(item)), ...candidates.filter(isPool)];
  const bound = new Bound(
    items.map(({ of }) => of),
    caps,
  ).credits(0, standing);
  const forced = items.filter(({ number }) => number === force);
  const picks = [...forced, ...items.filter((item) => !forced.includes(item))].flatMap(
    ({ number, of }): AllocationPick[] => {
      for (const [choice, chosen] of of.choices.entries()) {
        const set = standing.fits(chosen) ? setFor(problem, of, { choice, standing }) : undefined;
        if (!set) continue;
        standing.take(chosen, set.lots, set.usedUp);
        return [{ candidate: number, choice, poolLots: set.lots }];
      }
      return [];
    },
  );
  const { credits, benefits, usedUp } = standing;
  const sorted = picks.sort((a, b) => a.candidate - b.candidate);
  return { picks: sorted, credits, benefits, usedUp, isProven: false, bound };
}

function setFor(
  { lots }: AllocationProblem,
  { pool, choices }: AllocationCandidate,
  { choice, standing }: { choice: number; standing: Standing },
): PoolSet | undefined {
  const chosen = choices[choice];
  if (!pool || !chosen) return { lots: [], usedUp: 0 };
  const own = new Set(chosen.uses.map(({ lot }) => lot));
  const free = pool.members
    .filter(({ lot }) => standing.isFree(lot) && !own.has(lot))
    .map((member) => ({ ...member, amount: lots[member.lot] ?? 0 }));
  return cheapestSet(pool, free, { needed: chosen.neededWeight, granted: fromPool(chosen) });
}
