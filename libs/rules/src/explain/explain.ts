import assert from 'node:assert';
import { nodeOf } from '../clauses/leaf.js';
import type { Clause, GroupClause } from '../compile/compiled.js';
import type { Held } from '../learner/held.js';
import { type Mark, rankOfGroup, verdictOfMark } from '../match/mark.js';
import type { Matches } from '../match/match.js';
import type { ReasonNode, Verdict } from '../types.js';

/**
 * Explains every clause of a rule that was judged, whatever its verdict: what it wanted, what was
 * read, from which lot.
 *
 * @param index of the rule among those that were judged
 * @param isSatisfied whether the rule has a way to be true; clauses that are true one by one may
 *   still need the same lot twice, and then the tree says so
 */
export function explainRule(matches: Matches, index: number, isSatisfied: boolean): ReasonNode {
  const { rule, when } = matches.rule(index);
  const marks = matches.marks(index).values();
  const node = explain(when, { rule: rule.id, held: matches.held, marks });
  if (isSatisfied || node.verdict === 'false') return node;
  const distinct = nodeOf(when.path, rule.id, {
    operator: 'distinct',
    wanted: 'a lot for each clause',
    read: null,
    verdict: 'false',
  });
  return { ...node, verdict: 'false', children: [...node.children, distinct] };
}

interface Context {
  readonly rule: string;
  readonly held: Held;
  /** Marks that are not yet explained, in the order of the clauses. */
  readonly marks: Iterator<Mark, undefined>;
}

function explain(clause: Clause, context: Context): ReasonNode {
  if ('children' in clause) return explainGroup(clause, context);
  const mark = context.marks.next().value;
  assert(mark !== undefined, 'every clause of a match was judged');
  return clause.explain(context.rule, context.held, mark);
}

function explainGroup(clause: GroupClause, context: Context): ReasonNode {
  const { needed } = clause;
  const children = clause.children.map((child) => explain(child, context));
  const count = (verdict: Verdict): number =>
    children.filter((child) => child.verdict === verdict).length;
  const passed = count('true');
  return nodeOf(clause.path, context.rule, {
    operator: clause.op,
    wanted: clause.op === 'at-least' ? `${needed} / ${children.length}` : String(needed),
    read: String(passed),
    verdict: verdictOfMark(rankOfGroup(needed, passed, count('not-evaluated'))),
    children,
  });
}
