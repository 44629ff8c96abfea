import { formatCredits, formatHours } from '#libs/credit';
import { learnerTests, type LearnerReading, weightOf } from './bind.js';
import { byCodeUnit } from './canonical.js';
import { isSelected, type LotClause } from './clauses.js';
import type { Clause, CompiledRule, LearnerClause, SumClause } from './compiled.js';
import { isUsable, type Lot } from './lots.js';
import type { Change, ReasonNode, Verdict } from './types.js';

/** A clause with its explanation, and the fewest changes that would make it true. */
export interface Explained {
  readonly node: ReasonNode;
  /** Empty when the clause is true; null when nothing the learner does can make it true. */
  readonly changes: readonly Change[] | null;
}

/** A completed outcome costs the learner more than a better value of one they have. */
const COST_OF_AN_OUTCOME = 10;

/** Explains every clause of a rule for all lots of the learner, whatever its verdict. */
export function explainRule(
  compiled: CompiledRule,
  lots: readonly Lot[],
  reading: LearnerReading,
): Explained {
  return explain(compiled.when, { rule: compiled.rule.id, lots, reading });
}

interface Context {
  readonly rule: string;
  readonly lots: readonly Lot[];
  readonly reading: LearnerReading;
}

function explain(clause: Clause, context: Context): Explained {
  switch (clause.op) {
    case 'has':
      return explainLot(clause, context);
    case 'sum':
      return explainSum(clause, context);
    case 'learner':
      return explainLearner(clause, context);
    case 'all':
      return explainGroup(clause, clause.children.length, context);
    case 'any':
      return explainGroup(clause, 1, context);
    case 'at-least':
      return explainGroup(clause, clause.atLeast, context);
  }
}

function explainGroup(
  clause: Extract<Clause, { children: readonly Clause[] }>,
  needed: number,
  context: Context,
): Explained {
  const parts = clause.children.map((child) => explain(child, context));
  const count = (verdict: Verdict): number =>
    parts.filter(({ node }) => node.verdict === verdict).length;
  const passed = count('true');
  const verdict =
    passed >= needed
      ? 'true'
      : passed + count('not-evaluated') >= needed
        ? 'not-evaluated'
        : 'false';
  const repairs = parts
    .filter(({ node }) => node.verdict !== 'true')
    .flatMap(({ changes }) => (changes ? [changes] : []))
    .sort((a, b) => costOf(a) - costOf(b))
    .slice(0, Math.max(0, needed - passed));
  const isReachable = passed + repairs.length >= needed;
  const node = nodeOf(clause.path, context.rule, {
    operator: clause.op,
    wanted: clause.op === 'at-least' ? `${needed} / ${parts.length}` : String(needed),
    read: String(passed),
    verdict,
    children: parts.map((part) => part.node),
  });
  return { node, changes: isReachable ? repairs.flat() : null };
}

function nodeOf(
  path: string,
  rule: string,
  rest: Omit<ReasonNode, 'path' | 'rule' | 'lot' | 'children'> &
    Partial<Pick<ReasonNode, 'lot' | 'children'>>,
): ReasonNode {
  return { path, rule, lot: null, children: [], ...rest };
}

export function costOf(changes: readonly Change[]): number {
  return changes.reduce((sum, { kind }) => sum + (kind === 'outcome' ? COST_OF_AN_OUTCOME : 1), 0);
}

const ORDER: Readonly<Record<Verdict, number>> = { true: 0, 'not-evaluated': 1, false: 2 };

/** Explains the lot that comes nearest: the best verdict, then the fewest changes, then its id. */
function explainLot(clause: LotClause, context: Context): Explained {
  const [nearest] = context.lots
    .filter((lot) => isSelected(clause.select, lot))
    .map((lot) => explainTests(clause, lot, context))
    .sort(
      (a, b) =>
        ORDER[a.node.verdict] - ORDER[b.node.verdict] ||
        costOf(a.changes ?? anotherOutcome(clause)) - costOf(b.changes ?? anotherOutcome(clause)) ||
        byCodeUnit(a.node.lot ?? '', b.node.lot ?? ''),
    );
  if (nearest) return { ...nearest, changes: nearest.changes ?? anotherOutcome(clause) };
  const node = nodeOf(clause.path, context.rule, {
    operator: 'has',
    wanted: clause.wanted,
    read: null,
    verdict: 'false',
  });
  return { node, changes: anotherOutcome(clause) };
}

/** Explains one lot against the tests of a clause. */
export function explainTests(
  clause: LotClause,
  lot: Lot,
  { rule, reading }: Pick<Context, 'rule' | 'reading'>,
): Explained {
  const results = clause.tests.map((test) => ({ test, ...test.judge(lot, reading) }));
  const children = results.map(({ test, read, verdict }) =>
    nodeOf(clause.path, rule, {
      operator: test.field,
      wanted: test.wanted,
      read,
      lot: lot.id,
      verdict,
    }),
  );
  const isBlocked = !isUsable(lot, clause.isEvidenceOnly);
  if (lot.block && isBlocked) {
    const blocked = { operator: 'usable', wanted: 'usable', read: lot.block.code };
    children.unshift(nodeOf(clause.path, rule, { ...blocked, lot: lot.id, verdict: 'false' }));
  }
  const verdicts = children.map(({ verdict }) => verdict);
  const verdict = verdicts.includes('false')
    ? 'false'
    : verdicts.includes('not-evaluated')
      ? 'not-evaluated'
      : 'true';
  const changes = results
    .filter((result) => result.verdict !== 'true')
    .map(({ test, read }): Change => {
      return { kind: test.field, lot: lot.id, outcomes: [], wanted: test.wanted, read };
    });
  // Who issued an outcome does not change, and what is used up or revoked does not come back.
  const isFixed = isBlocked || changes.some(({ kind }) => kind === 'issuer');
  const node = nodeOf(clause.path, rule, {
    operator: 'has',
    wanted: clause.wanted,
    read: lot.fact.outcome,
    lot: lot.id,
    verdict,
    children,
  });
  return { node, changes: isFixed ? null : changes };
}

/** A further outcome, and what will be asked of it. */
function anotherOutcome({ select, wanted, tests }: LotClause): Change[] {
  const outcomes = [...select.codes].sort(byCodeUnit).slice(0, 20);
  return [
    { kind: 'outcome', lot: null, outcomes, wanted, read: null },
    ...tests.map((test): Change => {
      return { kind: test.field, lot: null, outcomes: [], wanted: test.wanted, read: null };
    }),
  ];
}

function explainSum(clause: SumClause, context: Context): Explained {
  const usable = context.lots.filter((lot) => isSelected(clause.of.select, lot));
  const parts = usable.map((lot) => ({ lot, ...explainTests(clause.of, lot, context) }));
  const weigh = (verdict: Verdict): bigint =>
    parts
      .filter(({ node }) => node.verdict === verdict)
      .reduce((sum, { lot }) => sum + (weightOf(clause.what, lot) ?? 0n), 0n);
  const reached = weigh('true');
  const isUnknown = parts.some(
    ({ lot, node }) =>
      node.verdict === 'not-evaluated' ||
      (node.verdict === 'true' && weightOf(clause.what, lot) === null),
  );
  const format = clause.what === 'hours' ? formatHours : formatCredits;
  const verdict = reached >= clause.atLeast ? 'true' : isUnknown ? 'not-evaluated' : 'false';
  const node = nodeOf(clause.path, context.rule, {
    operator: 'sum',
    wanted: clause.wanted,
    read: format(reached),
    verdict,
    children: parts.map((part) => part.node),
  });
  if (verdict === 'true') return { node, changes: [] };
  const short: Change = {
    kind: clause.what,
    lot: null,
    outcomes: [...clause.of.select.codes].sort(byCodeUnit).slice(0, 20),
    wanted: `+ ${format(clause.atLeast - reached)}`,
    read: format(reached),
  };
  return { node, changes: [short] };
}

function explainLearner(clause: LearnerClause, { rule, reading }: Context): Explained {
  const tests = learnerTests(clause, reading);
  const children = tests.map(({ field, wanted, read, verdict }) =>
    nodeOf(clause.path, rule, { operator: field, wanted, read, verdict }),
  );
  const verdict = tests.some((test) => test.verdict === 'false')
    ? 'false'
    : tests.some((test) => test.verdict === 'not-evaluated')
      ? 'not-evaluated'
      : 'true';
  const wanted = tests.map((test) => `${test.field} ${test.wanted}`).join(', ');
  const node = nodeOf(clause.path, rule, {
    operator: 'learner',
    wanted,
    read: null,
    verdict,
    children,
  });
  const changes = tests
    .filter((test) => test.verdict !== 'true')
    .map(({ field, wanted, read }): Change => {
      return { kind: field, lot: null, outcomes: [], wanted, read };
    });
  return { node, changes };
}
