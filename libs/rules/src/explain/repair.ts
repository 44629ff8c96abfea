import { byCodeUnit } from '../canonical.js';
import { type Asking, COST_OF_AN_OUTCOME, type Repair } from '../clauses/leaf.js';
import type { Clause } from '../compile/compiled.js';
import type { Change } from '../types.js';

/** Ways that are followed at the same time; the way with new outcomes only is always among them. */
const BEAM = 32;

/**
 * Ways to make a condition true, as far as the beam sees, the nearest first; each lot serves one
 * clause only, as when the rule is applied.
 */
export function repairsOf(clause: Clause, asking: Asking): Repair[] {
  if (!('children' in clause)) return cheapest(clause.repairs(asking));
  return combine(
    clause.children.map((child) => repairsOf(child, asking)),
    clause.needed,
  );
}

/** Grows the cheapest ways child by child, for every number of children that is made true so far. */
function combine(parts: readonly Repair[][], needed: number): Repair[] {
  let byCount: Repair[][] = [[{ cost: 0, lots: [], steps: [] }]];
  for (const part of parts) {
    byCount = Array.from({ length: Math.min(byCount.length, needed) + 1 }, (_, count) => {
      const without = byCount[count] ?? [];
      const before = byCount[count - 1] ?? [];
      return cheapest([
        ...without,
        ...before.flatMap((way) => part.flatMap((each) => join(way, each))),
      ]);
    });
  }
  return byCount[needed] ?? [];
}

function join(a: Repair, b: Repair): Repair[] {
  if (b.lots.some((lot) => a.lots.includes(lot))) return [];
  return [{ cost: a.cost + b.cost, lots: [...a.lots, ...b.lots], steps: [...a.steps, ...b.steps] }];
}

function cheapest(ways: readonly Repair[]): Repair[] {
  if (ways.length < 2) return [...ways];
  const sorted = [...ways].sort((a, b) => a.cost - b.cost || byCodeUnit(namesOf(a), namesOf(b)));
  const withoutLots = sorted.find(({ lots }) => lots.length === 0);
  const kept = sorted.slice(0, BEAM);
  return withoutLots && !kept.includes(withoutLots) ? [...kept, withoutLots] : kept;
}

function namesOf({ lots }: Repair): string {
  return lots.map(({ id }) => id).join('\u0000');
}

/** How much a list of changes asks of the learner; the nearest comes first. */
export function costOf(changes: readonly Change[]): number {
  return changes.reduce((sum, { kind }) => sum + (kind === 'outcome' ? COST_OF_AN_OUTCOME : 1), 0);
}
