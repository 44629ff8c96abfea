import { nodeOf, type Seen } from './clauses/leaf.js';
import type { Clause, CompiledRule, GroupClause } from './compiled.js';
import type { ReasonNode, Verdict } from './types.js';

/**
 * Explains every clause of a rule for all lots of the learner, whatever its verdict: what it wanted,
 * what was read, from which lot.
 *
 * @param isSatisfied whether the rule has a way to be true; clauses that are true one by one may
 *   still need the same lot twice, and then the tree says so
 */
export function explainRule(compiled: CompiledRule, seen: Seen, isSatisfied: boolean): ReasonNode {
  const node = explain(compiled.when, compiled.rule.id, seen);
  if (isSatisfied || node.verdict === 'false') return node;
  const distinct = nodeOf(compiled.when.path, compiled.rule.id, {
    operator: 'distinct',
    wanted: 'a lot for each clause',
    read: null,
    verdict: 'false',
  });
  return { ...node, verdict: 'false', children: [...node.children, distinct] };
}

function explain(clause: Clause, rule: string, seen: Seen): ReasonNode {
  return 'children' in clause ? explainGroup(clause, rule, seen) : clause.explain(rule, seen);
}

function explainGroup(clause: GroupClause, rule: string, seen: Seen): ReasonNode {
  const { needed } = clause;
  const children = clause.children.map((child) => explain(child, rule, seen));
  const count = (verdict: Verdict): number =>
    children.filter((child) => child.verdict === verdict).length;
  const passed = count('true');
  const open = count('not-evaluated');
  return nodeOf(clause.path, rule, {
    operator: clause.op,
    wanted: clause.op === 'at-least' ? `${needed} / ${children.length}` : String(needed),
    read: String(passed),
    verdict: passed >= needed ? 'true' : passed + open >= needed ? 'not-evaluated' : 'false',
    children,
  });
}
