import type { LotClause } from '../clauses/has.js';
import type { Clause, CompiledCap, CompiledRule, CompiledRulebook } from '../compile/compiled.js';
import { runExamples } from '../document/examples.js';
import { formatLimit } from '../format.js';
import type { Decision, ReasonNode } from '../types.js';
import { each, type LocalFinding } from './finding.js';

/** Rules that no example shows, and limits that examples show from one side only. */
export const examples = each((compiled) => {
  const decisions = runExamples(compiled).map(({ decision }) => decision);
  return [
    ...compiled.rules.flatMap((rule) => withoutExample(rule, decisions)),
    ...leavesOneSided(compiled, decisions),
    ...compiled.caps.flatMap((cap) => capOneSided(cap, decisions)),
  ];
});

function withoutExample(
  { rule, path }: CompiledRule,
  decisions: readonly Decision[],
): LocalFinding[] {
  const isShown = decisions.some(({ granted, refused, pending, reasons }) =>
    [...granted, ...refused, ...pending, ...reasons].some((each) => each.rule === rule.id),
  );
  if (isShown) return [];
  return [
    { code: 'lint-rule-without-example', severity: 'error', path, params: { rule: rule.id } },
  ];
}

/** Which answers the examples give to each question that a clause asks. */
function leavesOneSided(
  { rules }: CompiledRulebook,
  decisions: readonly Decision[],
): LocalFinding[] {
  const seen = new Set<string>();
  for (const { reasons, refused } of decisions) {
    for (const node of reasons.flatMap(nodesOf)) {
      seen.add(keyOf(node.rule, node.operator, node.wanted, node.verdict));
    }
    // A lot that failed by itself is told as a refusal, while the reason shows a better one.
    for (const { rule, code, params } of refused) {
      const { operator, wanted } = params;
      if (code !== 'condition-false' || operator === undefined || wanted === undefined) continue;
      seen.add(keyOf(rule, operator, wanted, 'false'));
    }
  }
  return rules.flatMap(({ rule, when }) =>
    testsOf(when).flatMap(({ path, operator, wanted }) =>
      ['true', 'false']
        .filter((side) => !seen.has(keyOf(rule.id, operator, wanted, side)))
        .map((side) => oneSided(path, { operator, wanted, side })),
    ),
  );
}

function oneSided(
  path: string,
  params: { readonly operator: string; readonly wanted: string; readonly side: string },
): LocalFinding {
  return { code: 'lint-leaf-one-sided', severity: 'warning', path, params };
}

function keyOf(rule: string, operator: string, wanted: string, verdict: string): string {
  return JSON.stringify([rule, operator, wanted, verdict]);
}

function nodesOf(node: ReasonNode): ReasonNode[] {
  return [node, ...node.children.flatMap(nodesOf)];
}

function testsOf(clause: Clause): { path: string; operator: string; wanted: string }[] {
  if ('children' in clause) return clause.children.flatMap(testsOf);
  if (clause.op === 'learner') {
    return clause.tests.map(({ field, wanted }) => {
      return { path: clause.path, operator: field, wanted };
    });
  }
  const { lotClauses } = clause;
  const ofLots = lotClauses.flatMap(({ path, tests }: LotClause) =>
    tests.map(({ field, wanted }) => ({ path, operator: field as string, wanted })),
  );
  return clause.op === 'sum'
    ? [...ofLots, { path: clause.path, operator: 'sum', wanted: clause.wanted }]
    : ofLots;
}

/** A cap is shown by an example that stays under it and by one that it stops or cuts. */
function capOneSided(
  { cap, path, limit }: CompiledCap,
  decisions: readonly Decision[],
): LocalFinding[] {
  const uses = decisions.map(({ caps, refused }) => ({
    isStopped:
      refused.some(({ code, params }) => code === 'cap' && params.cap === cap.id) ||
      caps.some((use) => use.cap === cap.id && use.used === use.limit && use.limit !== '0'),
    isKept: caps.some((use) => use.cap === cap.id && use.used !== use.before),
  }));
  const wanted = `${cap.id} <= ${formatLimit(cap.counts, limit)}`;
  return [
    ...(uses.some(({ isKept }) => isKept)
      ? []
      : [oneSided(path, { operator: 'cap', wanted, side: 'true' })]),
    ...(uses.some(({ isStopped }) => isStopped)
      ? []
      : [oneSided(path, { operator: 'cap', wanted, side: 'false' })]),
  ];
}
