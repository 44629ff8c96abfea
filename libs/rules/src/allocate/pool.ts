import type { AllocationPool } from './allocation.js';

/** Lots taken from a pool and what they give up. */
export interface PoolSet {
  readonly lots: readonly number[];
  readonly usedUp: number;
}

/** States of one table of sets; beyond it the answer is good but not proven to be the best. */
const MAX_STATES = 20_000;

/**
 * Finds the set of lots that reaches a weight and uses up least; then the one with the fewest lots;
 * then the one whose lots come first. A table over reachable weights: its size follows the needed
 * weight, not the number of sets.
 *
 * @param free lots that may be taken, ascending
 * @returns undefined when all of them together do not reach the weight
 */
export function cheapestSet(
  pool: AllocationPool,
  free: readonly { lot: number; weight: number; amount: number }[],
  { needed, granted }: { needed: number; granted: number },
): (PoolSet & { isExact: boolean }) | undefined {
  if (free.reduce((sum, { weight }) => sum + weight, 0) < needed) return undefined;
  let isExact = true;
  let table = new Map<number, PoolSet>([[0, { usedUp: 0, lots: [] }]]);
  for (const { lot, weight, amount } of free) {
    const next = new Map(table);
    for (const [reached, set] of table) {
      if (reached >= needed) continue;
      const total = Math.min(needed, reached + weight);
      const whole = set.usedUp + amount;
      // When the remainder is kept, the lots give up what is granted, as far as they have it.
      const usedUp = pool.isKept ? Math.min(granted, whole) : whole;
      const candidate = { usedUp, lots: [...set.lots, lot] };
      const known = next.get(total);
      if (!known || compareSets(candidate, known) < 0) next.set(total, candidate);
    }
    table = next;
    if (table.size > MAX_STATES) {
      isExact = false;
      table = keepLargest(table);
    }
  }
  const found = table.get(needed);
  if (!found) return undefined;
  return { ...found, isExact };
}

function compareSets(a: PoolSet, b: PoolSet): number {
  if (a.usedUp !== b.usedUp) return a.usedUp - b.usedUp;
  if (a.lots.length !== b.lots.length) return a.lots.length - b.lots.length;
  const at = a.lots.findIndex((lot, index) => lot !== b.lots[index]);
  return at < 0 ? 0 : (a.lots[at] ?? 0) - (b.lots[at] ?? 0);
}

/** The states nearest to the goal: with them every remaining lot can still be added. */
function keepLargest(table: ReadonlyMap<number, PoolSet>): Map<number, PoolSet> {
  const entries = [...table].sort(([a], [b]) => b - a).slice(0, MAX_STATES / 2);
  return new Map(entries);
}
