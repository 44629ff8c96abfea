import { byCodeUnit } from '../canonical.js';
import { type Binding, NOTHING } from '../clauses/leaf.js';
import type { LotTest } from '../clauses/lot-test.js';
import type { Clause } from '../compile/compiled.js';
import type { Held } from '../learner/held.js';
import { LIMITS } from '../limits.js';

export interface Ways {
  readonly bindings: readonly Binding[];
  /** There were more ways than the limit; some were not looked at. */
  readonly isCut: boolean;
}

/**
 * Lists the minimal ways in which the lots satisfy a clause. No lot serves two clauses of one way,
 * except as evidence. Combinations are cut at a limit; a single clause may be met by any number of
 * lots.
 *
 * @param windows completion days that lots have to lie in, to leave out of a sum those that do not
 */
export function bind(clause: Clause, held: Held, windows: readonly LotTest[] = []): Ways {
  const { bindings, isCut } = bindAsEngine1(clause, held);
  if (bindings.every(({ pool }) => pool === null)) return { bindings, isCut };
  const settled = bindings.flatMap((binding) => settlePool(binding, held, windows));
  return { bindings: settled, isCut };
}

/** As the first engine did, which took a lot for a sum that another clause had taken. */
export function bindAsEngine1(clause: Clause, held: Held): Ways {
  const budget = { isCut: false };
  const bindings = minimal(waysOf(clause, held, budget));
  return { bindings, isCut: budget.isCut };
}

/**
 * A sum is made of what the other clauses leave, and where it can be, of lots that lie in the windows
 * of the rule: one that does not is no reason against the others.
 */
function settlePool(binding: Binding, held: Held, windows: readonly LotTest[]): Binding[] {
  const left = withoutTaken(binding, held);
  if (!left?.pool) return left ? [left] : [];
  const { sum, members } = left.pool;
  const inWindow = members.filter((lot) =>
    windows.every((test) => test.verdict(lot, held.reading) === 'true'),
  );
  const isEnough = sum.total(inWindow) >= sum.atLeast;
  return [isEnough ? { ...left, pool: { sum, members: inWindow } } : left];
}

/** The way without the lots of its sum that it uses otherwise; undefined when they were needed. */
function withoutTaken(binding: Binding, held: Held): Binding | undefined {
  const { pool, lots, waitsFor } = binding;
  if (!pool?.members.some((lot) => lots.includes(lot))) return binding;
  const { sum } = pool;
  const wasEnough = sum.total(pool.members) >= sum.atLeast;
  const [way] = sum.ways(held, lots);
  if (!way) return undefined;
  // What a sum waits for that was not enough before stands among what the way waits for.
  return {
    ...binding,
    pool: way.pool,
    waitsFor: wasEnough ? [...waitsFor, ...way.waitsFor] : waitsFor,
  };
}

interface Budget {
  isCut: boolean;
}

function waysOf(clause: Clause, held: Held, budget: Budget): Binding[] {
  if (!('children' in clause)) return clause.ways(held);
  const ways = clause.children.map((child) => waysOf(child, held, budget));
  return clause.op === 'any' ? ways.flat() : combine(ways, clause.needed, budget);
}

/** All minimal ways to satisfy `count` of the children with disjoint lots, up to the limit. */
function combine(children: readonly Binding[][], count: number, budget: Budget): Binding[] {
  const found: Binding[] = [];
  let steps = 0;
  const isFull = (): boolean => {
    return found.length >= LIMITS.bindings || steps > LIMITS.bindings * 100;
  };
  const extend = (at: number, open: number, sofar: Binding): void => {
    if (open === 0) found.push(sofar);
    if (open === 0 || children.length - at < open) return;
    for (const way of children[at] ?? []) {
      steps += 1;
      if (isFull()) {
        budget.isCut = true;
        return;
      }
      const merged = merge(sofar, way);
      if (merged) extend(at + 1, open - 1, merged);
    }
    extend(at + 1, open, sofar);
  };
  extend(0, count, NOTHING);
  return minimal(found);
}

function merge(a: Binding, b: Binding): Binding | null {
  if (b.lots.some((lot) => a.lots.includes(lot))) return null;
  const pool = a.pool ?? b.pool;
  return {
    lots: [...a.lots, ...b.lots],
    evidence: [...a.evidence, ...b.evidence.filter((lot) => !a.evidence.includes(lot))],
    pool,
    waitsFor: [...a.waitsFor, ...b.waitsFor],
  };
}

/** Drops what another way achieves with fewer lots, and what is unknown where something is sure. */
function minimal(bindings: readonly Binding[]): Binding[] {
  const byLots = new Map<string, Binding>();
  for (const binding of bindings) {
    const key = keyOf(binding);
    const known = byLots.get(key);
    if (!known || binding.waitsFor.length < known.waitsFor.length) byLots.set(key, binding);
  }
  const distinct = [...byLots.values()];
  if (distinct.every(({ lots, pool }) => lots.length === 1 && !pool)) return distinct;
  return distinct.filter(
    (binding) => !distinct.some((other) => other !== binding && isBetter(other, binding)),
  );
}

function keyOf({ lots, pool }: Binding): string {
  const ids = lots.map((lot) => lot.id).sort(byCodeUnit);
  return JSON.stringify([...ids, pool ? 'pool' : '']);
}

function isBetter(other: Binding, than: Binding): boolean {
  if (other.waitsFor.length > 0 || (other.pool !== null && than.pool === null)) return false;
  return other.lots.every((lot) => than.lots.includes(lot));
}
