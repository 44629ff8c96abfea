import { formatCredits, formatHours } from '#libs/credit';
import { byCodeUnit } from '../canonical.js';
import type { LotClause } from '../clauses/has.js';
import { COST_OF_AN_OUTCOME } from '../clauses/leaf.js';
import type { LearnerClause } from '../clauses/learner.js';
import type { LotTest } from '../clauses/lot-test.js';
import { type SumClause, weightOf } from '../clauses/sum.js';
import type { Clause } from '../compile/compiled.js';
import type { Held } from '../learner/held.js';
import { isUsable, type Lot } from '../learner/lots.js';
import type { Change, Missing, RequirementState } from '../types.js';

/** One way to make a clause true: what has to change, and the lots it would then use. */
interface Repair {
  readonly cost: number;
  readonly lots: readonly Lot[];
  readonly changes: readonly Change[];
}

/** Ways that are followed at the same time; the way with new outcomes only is always among them. */
const BEAM = 32;

/** What engine 1 said would make a condition true. It did not say all of it. */
export function missingAsEngine1(clause: Clause, held: Held): readonly Change[] | undefined {
  const [best] = repairs(clause, held);
  return best && best.changes.length > 0 ? best.changes : undefined;
}

function repairs(clause: Clause, held: Held): Repair[] {
  if ('children' in clause) {
    return combine(
      clause.children.map((child) => repairs(child, held)),
      clause.needed,
    );
  }
  if (clause.op === 'has') return cheapest(ofLots(clause, held));
  return [clause.op === 'sum' ? ofSum(clause, held) : ofLearner(clause, held)];
}

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

function ofLots(clause: LotClause, held: Held): Repair[] {
  const { tests, wanted, isEvidenceOnly } = clause;
  const usable = clause.selected(held).filter((lot) => isUsable(lot, isEvidenceOnly));
  const ways = usable.flatMap((lot): Repair[] => {
    const failed = tests.filter((test) => test.verdict(lot, held.reading) !== 'true');
    if (failed.some(({ field }) => field === 'issuer')) return [];
    const changes = failed.map((test) => changeTo(test, lot.id, test.read(lot, held.reading)));
    return [{ cost: changes.length, lots: isEvidenceOnly ? [] : [lot], changes }];
  });
  const outcomes = outcomesOf(clause);
  const changes = [
    { kind: 'outcome' as const, lot: null, outcomes, wanted, read: null },
    ...tests.map((test) => changeTo(test, null, null)),
  ];
  return [...ways, { cost: COST_OF_AN_OUTCOME + tests.length, lots: [], changes }];
}

function changeTo({ field, wanted }: LotTest, lot: string | null, read: string | null): Change {
  return { kind: field, lot, outcomes: [], wanted, read };
}

function ofSum({ what, atLeast, of }: SumClause, held: Held): Repair {
  const counted = of
    .positions(held)
    .filter((position) => of.verdictAt(position, held) === 'true')
    .flatMap((position) => held.lots[position] ?? [])
    .filter(({ block }) => block === null);
  const reached = counted.reduce((total, lot) => total + (weightOf(what, lot) ?? 0n), 0n);
  if (reached >= atLeast) return { cost: 0, lots: [], changes: [] };
  const format = what === 'hours' ? formatHours : formatCredits;
  const change: Change = {
    kind: what,
    lot: null,
    outcomes: outcomesOf(of),
    wanted: `+ ${format(atLeast - reached)}`,
    read: format(reached),
  };
  return { cost: 1, lots: [], changes: [change] };
}

function ofLearner({ tests }: LearnerClause, { reading }: Held): Repair {
  const changes = tests
    .filter((test) => test.verdict(reading) !== 'true')
    .map((test): Change => {
      const { field: kind, wanted } = test;
      return { kind, lot: null, outcomes: [], wanted, read: test.read(reading) };
    });
  return { cost: changes.length, lots: [], changes };
}

/** Some of the codes that a selection names, for people: not all of a catalogue. */
function outcomesOf({ select: { codes } }: LotClause): string[] {
  return [...codes].sort(byCodeUnit).slice(0, 20);
}

/** Of a requirement of each period engine 1 told what the worst of them lacks. */
export function shortAsEngine1(requirements: readonly RequirementState[]): Missing[] {
  return requirements
    .filter(({ met }) => !met)
    .map(({ requirement, title, have, short }): Missing => {
      const kind = 'credits' as const;
      const change = { kind, lot: null, outcomes: [], wanted: `+ ${short}`, read: have };
      return { rule: null, requirement, title, changes: [change] };
    });
}
