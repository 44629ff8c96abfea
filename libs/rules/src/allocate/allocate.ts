import { optimise } from '#libs/integer';
import type {
  Allocate,
  Allocation,
  AllocationOptions,
  AllocationPick,
  AllocationProblem,
} from './allocation.js';
import { type Component, componentsOf } from './components.js';
import { takeInOrder } from './in-order.js';
import { LIMITS } from '../limits.js';
import { programmeOf } from './programme.js';
import { fromPool } from './runs.js';
import { Standing } from './standing.js';

/**
 * Finds the one best allocation: most credit; then the most results without credit; then the least
 * used up, what is forfeited included; then the fewest lots; then the one that grants earlier
 * candidates, in earlier choices, with the lots that come first. Independent components are solved
 * one by one, each as a programme in integers (`#libs/integer`), exactly. A component that is larger
 * than `LIMITS.candidates`, or not finished within `LIMITS.work`, answers the best that was found,
 * `isProven: false`, and what the credit cannot exceed.
 */
export const allocate: Allocate = (problem, options = {}) => {
  const parts = componentsOf(problem).map((component) => solve(problem, component, options));
  const total = (value: (part: Allocation) => number): number =>
    parts.reduce((sum, part) => sum + value(part), 0);
  return {
    picks: parts.flatMap((part) => part.picks).sort((a, b) => a.candidate - b.candidate),
    credits: total((part) => part.credits),
    benefits: total((part) => part.benefits),
    usedUp: total((part) => part.usedUp),
    isProven: parts.every((part) => part.isProven),
    bound: total((part) => part.bound),
  };
};

function solve(
  problem: AllocationProblem,
  component: Component,
  options: AllocationOptions,
): Allocation {
  const greedy = takeInOrder(problem, component, options.force);
  if (component.candidates.length > LIMITS.candidates) return { ...greedy, isProven: false };
  const programme = programmeOf(problem, component, options);
  const isForced = component.candidates.some(({ number }) => number === options.force);
  const isStart = !isForced || greedy.picks.some(({ candidate }) => candidate === options.force);
  const work = options.work ?? LIMITS.work;
  const found = optimise(programme.problem, {
    work,
    ...(isStart && { known: programme.pointOf(greedy.picks) }),
  });
  const picks = found.point ? programme.picksOf(found.point) : [];
  const bound = Math.max(0, found.bound);
  return { ...scoreOf(problem, picks), picks, isProven: found.isProven, bound };
}

/** What picks come to, counted from the problem itself. */
function scoreOf(
  problem: AllocationProblem,
  picks: readonly AllocationPick[],
): Pick<Allocation, 'credits' | 'benefits' | 'usedUp'> {
  const standing = new Standing(problem);
  for (const { candidate, choice, poolLots } of picks) {
    const of = problem.candidates[candidate];
    const taken = of?.choices[choice];
    if (!taken) continue;
    const amount = poolLots.reduce((sum, lot) => sum + (problem.lots[lot] ?? 0), 0);
    const isKept = of.pool?.isKept ?? false;
    standing.take(taken, poolLots, isKept ? Math.min(fromPool(taken), amount) : amount);
  }
  return { credits: standing.credits, benefits: standing.benefits, usedUp: standing.usedUp };
}
