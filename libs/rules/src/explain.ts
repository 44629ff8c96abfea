import { formatCredits, formatHours } from '#libs/credit';
import { learnerTests, type LearnerReading, weightOf } from './bind.js';
import { byCodeUnit } from './canonical.js';
import { isSelected, type LotClause } from './clauses.js';
import type { Clause, CompiledRule, LearnerClause, SumClause } from './compiled.js';
import { isUsable, type Lot } from './lots.js';
import type { ReasonNode, Verdict } from './types.js';

/**
 * Explains every clause of a rule for all lots of the learner, whatever its verdict: what it wanted,
 * what was read, from which lot.
 *
 * @param isSatisfied whether the rule has a way to be true; clauses that are true one by one may
 *   still need the same lot twice, and then the tree says so
 */
export function explainRule(
  compiled: CompiledRule,
  lots: readonly Lot[],
  reading: LearnerReading,
  isSatisfied: boolean,
): ReasonNode {
  const node = explain(compiled.when, { rule: compiled.rule.id, lots, reading });
  if (isSatisfied || node.verdict === 'false') return node;
  const distinct = nodeOf(compiled.when.path, compiled.rule.id, {
    operator: 'distinct',
    wanted: 'a lot for each clause',
    read: null,
    verdict: 'false',
  });
  return { ...node, verdict: 'false', children: [...node.children, distinct] };
}

interface Context {
  readonly rule: string;
  readonly lots: readonly Lot[];
  readonly reading: LearnerReading;
}

function explain(clause: Clause, context: Context): ReasonNode {
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
): ReasonNode {
  const children = clause.children.map((child) => explain(child, context));
  const count = (verdict: Verdict): number =>
    children.filter((child) => child.verdict === verdict).length;
  const passed = count('true');
  const open = count('not-evaluated');
  return nodeOf(clause.path, context.rule, {
    operator: clause.op,
    wanted: clause.op === 'at-least' ? `${needed} / ${children.length}` : String(needed),
    read: String(passed),
    verdict: passed >= needed ? 'true' : passed + open >= needed ? 'not-evaluated' : 'false',
    children,
  });
}

function nodeOf(
  path: string,
  rule: string,
  rest: Omit<ReasonNode, 'path' | 'rule' | 'lot' | 'children'> &
    Partial<Pick<ReasonNode, 'lot' | 'children'>>,
): ReasonNode {
  return { path, rule, lot: null, children: [], ...rest };
}

function allOf(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('false')) return 'false';
  return verdicts.includes('not-evaluated') ? 'not-evaluated' : 'true';
}

const ORDER: Readonly<Record<Verdict, number>> = { true: 0, 'not-evaluated': 1, false: 2 };

/** Explains the lot that comes nearest: the best verdict, then the fewest failed tests, then its id. */
function explainLot(clause: LotClause, context: Context): ReasonNode {
  const failed = (node: ReasonNode): number =>
    node.children.filter(({ verdict }) => verdict !== 'true').length;
  const [nearest] = context.lots
    .filter((lot) => isSelected(clause.select, lot))
    .map((lot) => explainTests(clause, lot, context))
    .sort(
      (a, b) =>
        ORDER[a.verdict] - ORDER[b.verdict] ||
        failed(a) - failed(b) ||
        byCodeUnit(a.lot ?? '', b.lot ?? ''),
    );
  if (nearest) return nearest;
  const { wanted } = clause;
  return nodeOf(clause.path, context.rule, {
    operator: 'has',
    wanted,
    read: null,
    verdict: 'false',
  });
}

/** Explains one lot against the tests of a clause. */
export function explainTests(
  clause: LotClause,
  lot: Lot,
  { rule, reading }: Pick<Context, 'rule' | 'reading'>,
): ReasonNode {
  const children = clause.tests.map((test) => {
    const { verdict, read } = test.judge(lot, reading);
    const { field: operator, wanted } = test;
    return nodeOf(clause.path, rule, { operator, wanted, read, lot: lot.id, verdict });
  });
  if (lot.block && !isUsable(lot, clause.isEvidenceOnly)) {
    const blocked = { operator: 'usable', wanted: 'usable', read: lot.block.code };
    children.unshift(nodeOf(clause.path, rule, { ...blocked, lot: lot.id, verdict: 'false' }));
  }
  return nodeOf(clause.path, rule, {
    operator: 'has',
    wanted: clause.wanted,
    read: lot.fact.outcome,
    lot: lot.id,
    verdict: allOf(children.map(({ verdict }) => verdict)),
    children,
  });
}

function explainSum(clause: SumClause, context: Context): ReasonNode {
  const parts = context.lots
    .filter((lot) => isSelected(clause.of.select, lot))
    .map((lot) => ({
      node: explainTests(clause.of, lot, context),
      weight: weightOf(clause.what, lot),
    }));
  const reached = parts
    .filter(({ node }) => node.verdict === 'true')
    .reduce((sum, { weight }) => sum + (weight ?? 0n), 0n);
  const isOpen = parts.some(
    ({ node, weight }) =>
      node.verdict === 'not-evaluated' || (node.verdict === 'true' && weight === null),
  );
  const format = clause.what === 'hours' ? formatHours : formatCredits;
  return nodeOf(clause.path, context.rule, {
    operator: 'sum',
    wanted: clause.wanted,
    read: format(reached),
    verdict: reached >= clause.atLeast ? 'true' : isOpen ? 'not-evaluated' : 'false',
    children: parts.map(({ node }) => node),
  });
}

function explainLearner(clause: LearnerClause, { rule, reading }: Context): ReasonNode {
  const children = learnerTests(clause, reading).map(({ field, wanted, read, verdict }) =>
    nodeOf(clause.path, rule, { operator: field, wanted, read, verdict }),
  );
  return nodeOf(clause.path, rule, {
    operator: 'learner',
    wanted: children.map((child) => `${child.operator} ${child.wanted}`).join(', '),
    read: null,
    verdict: allOf(children.map(({ verdict }) => verdict)),
    children,
  });
}
