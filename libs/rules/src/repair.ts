import { formatCredits, formatHours } from '#libs/credit';
import { learnerTests, type LearnerReading, weightOf } from './bind.js';
import { byCodeUnit } from './canonical.js';
import { isSelected, type LotClause } from './clauses.js';
import type { Clause, SumClause } from './compiled.js';
import { isUsable, type Lot } from './lots.js';
import type { Change } from './types.js';

/** One way to make a clause true: what has to change, and the lots it would then use. */
interface Repair {
  readonly cost: number;
  readonly lots: readonly Lot[];
  readonly changes: readonly Change[];
}

/** A completed outcome costs the learner more than a better value of one they have. */
const COST_OF_AN_OUTCOME = 10;
/** Ways that are followed at the same time; the way with new outcomes only is always among them. */
const BEAM = 32;

/**
 * The fewest changes after which a condition is true, as far as the beam sees; each lot serves one
 * clause only, as when the rule is applied. Undefined when the condition is true without a change.
 */
export function cheapestRepair(
  clause: Clause,
  lots: readonly Lot[],
  reading: LearnerReading,
): readonly Change[] | undefined {
  const [best] = repairs(clause, lots, reading);
  return best && best.changes.length > 0 ? best.changes : undefined;
}

function repairs(clause: Clause, lots: readonly Lot[], reading: LearnerReading): Repair[] {
  switch (clause.op) {
    case 'has':
      return cheapest([...repairsOfLots(clause, lots, reading), anotherOutcome(clause)]);
    case 'sum':
      return [repairOfSum(clause, lots, reading)];
    case 'learner':
      return [repairOfLearner(clause, reading)];
    case 'any':
    case 'all':
    case 'at-least': {
      const parts = clause.children.map((child) => repairs(child, lots, reading));
      return combine(parts, clause.op === 'at-least' ? clause.atLeast : neededOf(clause));
    }
  }
}

function neededOf({ op, children }: Extract<Clause, { op: 'all' | 'any' }>): number {
  return op === 'all' ? children.length : 1;
}

/** Grows the cheapest ways child by child, for every number of children that is made true so far. */
function combine(parts: readonly Repair[][], needed: number): Repair[] {
  let byCount: Repair[][] = [[{ cost: 0, lots: [], changes: [] }]];
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
  return [
    { cost: a.cost + b.cost, lots: [...a.lots, ...b.lots], changes: [...a.changes, ...b.changes] },
  ];
}

function cheapest(ways: readonly Repair[]): Repair[] {
  const sorted = [...ways].sort((a, b) => a.cost - b.cost || byCodeUnit(namesOf(a), namesOf(b)));
  const withoutLots = sorted.find(({ lots }) => lots.length === 0);
  const kept = sorted.slice(0, BEAM);
  return withoutLots && !kept.includes(withoutLots) ? [...kept, withoutLots] : kept;
}

function namesOf({ lots }: Repair): string {
  return lots.map(({ id }) => id).join('\u0000');
}

function repairsOfLots(clause: LotClause, lots: readonly Lot[], reading: LearnerReading): Repair[] {
  return (
    lots
      .filter((lot) => isSelected(clause.select, lot) && isUsable(lot, clause.isEvidenceOnly))
      .map((lot): Repair => {
        const changes = clause.tests.flatMap((test): Change[] => {
          const { verdict, read } = test.judge(lot, reading);
          if (verdict === 'true') return [];
          return [{ kind: test.field, lot: lot.id, outcomes: [], wanted: test.wanted, read }];
        });
        return { cost: changes.length, lots: clause.isEvidenceOnly ? [] : [lot], changes };
      })
      // Who issued an outcome does not change; another one has to be earned.
      .filter(({ changes }) => changes.every(({ kind }) => kind !== 'issuer'))
  );
}

/** A further outcome, and what will be asked of it. */
function anotherOutcome({ select, wanted, tests }: LotClause): Repair {
  const outcomes = [...select.codes].sort(byCodeUnit).slice(0, 20);
  const changes = [
    { kind: 'outcome' as const, lot: null, outcomes, wanted, read: null },
    ...tests.map((test): Change => {
      return { kind: test.field, lot: null, outcomes: [], wanted: test.wanted, read: null };
    }),
  ];
  return { cost: COST_OF_AN_OUTCOME + tests.length, lots: [], changes };
}

function repairOfSum(clause: SumClause, lots: readonly Lot[], reading: LearnerReading): Repair {
  const reached = lots
    .filter((lot) => !lot.block && isSelected(clause.of.select, lot))
    .filter((lot) => clause.of.tests.every((test) => test.judge(lot, reading).verdict === 'true'))
    .reduce((sum, lot) => sum + (weightOf(clause.what, lot) ?? 0n), 0n);
  if (reached >= clause.atLeast) return { cost: 0, lots: [], changes: [] };
  const format = clause.what === 'hours' ? formatHours : formatCredits;
  const change: Change = {
    kind: clause.what,
    lot: null,
    outcomes: [...clause.of.select.codes].sort(byCodeUnit).slice(0, 20),
    wanted: `+ ${format(clause.atLeast - reached)}`,
    read: format(reached),
  };
  return { cost: 1, lots: [], changes: [change] };
}

function repairOfLearner(
  clause: Extract<Clause, { op: 'learner' }>,
  reading: LearnerReading,
): Repair {
  const changes = learnerTests(clause, reading)
    .filter(({ verdict }) => verdict !== 'true')
    .map(({ field, wanted, read }): Change => {
      return { kind: field, lot: null, outcomes: [], wanted, read };
    });
  return { cost: changes.length, lots: [], changes };
}

/** How much a list of changes asks of the learner; the nearest comes first. */
export function costOf(changes: readonly Change[]): number {
  return changes.reduce((sum, { kind }) => sum + (kind === 'outcome' ? COST_OF_AN_OUTCOME : 1), 0);
}
