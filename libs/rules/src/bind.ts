import { byCodeUnit } from './canonical.js';
import { isSelected, type LotClause, type LotTest, type Reading } from './clauses.js';
import type { Clause, LearnerClause, SumClause } from './compiled.js';
import { LIMITS } from './limits.js';
import { isUsable, type Lot } from './lots.js';
import type { LearnerFacts, Verdict, Waiting } from './types.js';

/** What clauses may read about the learner besides the lots. */
export interface LearnerReading extends Reading {
  readonly learner: Pick<LearnerFacts, 'born' | 'enrolledIn'>;
}

/** One way in which lots of the learner satisfy a condition, surely or if something unknown is so. */
export interface Binding {
  /** Lots that are used up, in the order of the clauses that name them. */
  readonly lots: readonly Lot[];
  /** Lots that only prove something. */
  readonly evidence: readonly Lot[];
  /** Lots of which as many are taken as are needed. */
  readonly pool: { readonly sum: SumClause; readonly members: readonly Lot[] } | null;
  /** What is unknown; empty when the condition is surely true. */
  readonly waitsFor: readonly Waiting[];
}

export interface Ways {
  readonly bindings: readonly Binding[];
  /** There were more ways than the limit; some were not looked at. */
  readonly isCut: boolean;
}

const NOTHING: Binding = { lots: [], evidence: [], pool: null, waitsFor: [] };

/**
 * Lists the minimal ways in which the lots satisfy a clause. No lot serves two clauses of one way,
 * except as evidence. Combinations are cut at a limit; a single clause may be met by any number of
 * lots.
 */
export function bind(clause: Clause, lots: readonly Lot[], reading: LearnerReading): Ways {
  const budget = { isCut: false };
  const bindings = minimal(waysOf(clause, lots, reading, budget));
  return { bindings, isCut: budget.isCut };
}

interface Budget {
  isCut: boolean;
}

function waysOf(
  clause: Clause,
  lots: readonly Lot[],
  reading: LearnerReading,
  budget: Budget,
): Binding[] {
  const ofChild = (child: Clause): Binding[] => waysOf(child, lots, reading, budget);
  switch (clause.op) {
    case 'has':
      return waysOfLot(clause, lots, reading);
    case 'sum':
      return waysOfSum(clause, lots, reading);
    case 'learner':
      return waysOfLearner(clause, reading);
    case 'any':
      return clause.children.flatMap(ofChild);
    case 'all':
      return combine(clause.children.map(ofChild), clause.children.length, budget);
    case 'at-least':
      return combine(clause.children.map(ofChild), clause.atLeast, budget);
  }
}

function waysOfLot(clause: LotClause, lots: readonly Lot[], reading: Reading): Binding[] {
  return lots
    .filter((lot) => isSelected(clause.select, lot) && isUsable(lot, clause.isEvidenceOnly))
    .flatMap((lot) => {
      const waitsFor = waitsOf(clause.tests, lot, reading);
      if (waitsFor === null) return [];
      const kept = clause.isEvidenceOnly ? { evidence: [lot] } : { lots: [lot] };
      return [{ ...NOTHING, ...kept, waitsFor }];
    });
}

/** What a lot still has to have found out about it; null when a test fails. */
export function waitsOf(tests: readonly LotTest[], lot: Lot, reading: Reading): Waiting[] | null {
  const waits: Waiting[] = [];
  for (const test of tests) {
    const { verdict } = test.judge(lot, reading);
    if (verdict === 'false') return null;
    if (verdict === 'not-evaluated') waits.push(waiting(test, lot));
  }
  return waits;
}

function waiting({ waitsFor, course, finding, wanted }: LotTest, lot: Lot): Waiting {
  const isUngraded = waitsFor === 'pass-grade' && lot.fact.grade === null;
  return { what: isUngraded ? 'grade' : waitsFor, lot: lot.id, course, finding, wanted };
}

function waysOfSum(clause: SumClause, lots: readonly Lot[], reading: Reading): Binding[] {
  const members: Lot[] = [];
  const waitsFor: Waiting[] = [];
  const usable = lots.filter((lot) => !lot.block && isSelected(clause.of.select, lot));
  for (const lot of usable) {
    const waits = waitsOf(clause.of.tests, lot, reading);
    if (waits === null) continue;
    const isWeighed = weightOf(clause.what, lot) !== null;
    const unknown: Waiting = {
      what: clause.what,
      lot: lot.id,
      course: null,
      finding: null,
      wanted: clause.wanted,
    };
    if (waits.length === 0 && isWeighed) members.push(lot);
    else waitsFor.push(...waits, ...(isWeighed ? [] : [unknown]));
  }
  const sum = members.reduce((total, lot) => total + (weightOf(clause.what, lot) ?? 0n), 0n);
  const pool = { sum: clause, members };
  if (sum >= clause.atLeast) return [{ ...NOTHING, pool }];
  return waitsFor.length > 0 ? [{ ...NOTHING, pool, waitsFor }] : [];
}

/**
 * What a lot adds to a sum: minutes or thousandths of a credit. A lot that was used in part counts
 * with the part that is left. Null when it is unknown.
 */
export function weightOf(what: SumClause['what'], lot: Lot): bigint | null {
  const { worthMillicredits: worth, availableMillicredits: available, minutes } = lot;
  if (what === 'credits') return worth === null ? null : available;
  if (minutes === null || worth === null || worth === 0n || available >= worth) return minutes;
  return (minutes * available) / worth;
}

function waysOfLearner(clause: LearnerClause, reading: LearnerReading): Binding[] {
  const verdicts = learnerTests(clause, reading);
  if (verdicts.some(({ verdict }) => verdict === 'false')) return [];
  const waitsFor = verdicts
    .filter(({ verdict }) => verdict === 'not-evaluated')
    .map(({ wanted }): Waiting => {
      return { what: 'born', lot: null, course: null, finding: null, wanted };
    });
  return [{ ...NOTHING, waitsFor }];
}

/** One question about the learner, what was read, and the verdict. */
export interface LearnerTest {
  readonly field: 'age' | 'enrolment';
  readonly wanted: string;
  readonly read: string | null;
  readonly verdict: Verdict;
}

/** The questions of a learner clause, answered. */
export function learnerTests(
  { ageAtLeast, enrolledIn }: LearnerClause,
  { learner, on }: LearnerReading,
): LearnerTest[] {
  const tests: LearnerTest[] = [];
  if (ageAtLeast !== null) {
    const age = learner.born === null ? null : ageOn(learner.born, on);
    const verdict = age === null ? 'not-evaluated' : age >= ageAtLeast ? 'true' : 'false';
    const read = age === null ? null : String(age);
    tests.push({ field: 'age', wanted: `>= ${ageAtLeast}`, read, verdict });
  }
  if (enrolledIn !== null) {
    const programmes = [...learner.enrolledIn].sort(byCodeUnit);
    const verdict = programmes.includes(enrolledIn) ? 'true' : 'false';
    const read = programmes.join(', ') || null;
    tests.push({ field: 'enrolment', wanted: enrolledIn, read, verdict });
  }
  return tests;
}

/** Whole years from the day of birth; null when the day cannot be read. */
function ageOn(born: string, on: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(born)) return null;
  const years = Number(on.slice(0, 4)) - Number(born.slice(0, 4));
  return on.slice(5) < born.slice(5) ? years - 1 : years;
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
  if (a.pool && b.pool) return null;
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
