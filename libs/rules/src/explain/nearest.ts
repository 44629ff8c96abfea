import type { Repair } from '../clauses/leaf.js';
import type { LearnerReading } from '../clauses/learner-test.js';
import type { CompiledRule } from '../compile/compiled.js';
import { bind } from '../judge/bind.js';
import { lotsOf } from '../judge/candidate.js';
import { Held } from '../learner/held.js';
import { policyOf } from '../learner/learner.js';
import { readLots } from '../learner/lots.js';
import type { Change } from '../types.js';
import { withFindings } from './imagine.js';
import { type Plan, planOf, type Situation } from './plan.js';
import { repairsOf } from './repair.js';

/** How many ways are tried out until one can be done; the one with new outcomes only is the last. */
const TRIED = 8;

/**
 * The nearest changes that make a rule true, tried out before they are told. Undefined when nothing
 * that was tried would do.
 */
export function nearestChanges(
  rule: CompiledRule,
  known: Omit<Situation, 'policy' | 'windows'>,
): readonly Change[] | undefined {
  const { rulebook, held } = known;
  const { windows } = rule;
  const situation: Situation = { ...known, policy: policyOf(rulebook), windows };
  const ways = repairsOf(rule.when, { held, windows });
  for (const way of tried(ways)) {
    const plan = planOf(way, situation);
    if (plan && plan.changes.length > 0 && isMet(rule, plan, situation)) return plan.changes;
  }
  return undefined;
}

function tried(ways: readonly Repair[]): Repair[] {
  const first = ways.slice(0, TRIED);
  const last = ways.find(({ lots }) => lots.length === 0);
  return last && !first.includes(last) ? [...first, last] : first;
}

/** Whether the rule is true of what would then be the case. */
function isMet(rule: CompiledRule, plan: Plan, situation: Situation): boolean {
  const { rulebook, facts, held, policy } = situation;
  const { families, duplicates = [] } = rulebook.rulebook;
  const isAlone = families.length + duplicates.length === 0;
  // What is asked of one lot is true of a lot that was imagined for it.
  if (isAlone && !('children' in rule.when)) return true;
  const changed = new Map(plan.outcomes.map((fact) => [fact.lot, fact]));
  const there = held.lots.map(({ fact }) => changed.get(fact.lot) ?? fact);
  const known = new Set(there.map(({ lot }) => lot));
  const outcomes = [...there, ...plan.outcomes.filter(({ lot }) => !known.has(lot))];
  const reading: LearnerReading = {
    ...withFindings(held.reading, plan.findings),
    learner: plan.learner,
  };
  const lots = readLots({ ...facts, outcomes }, policy, reading.on);
  const { bindings } = bind(rule.when, new Held(rulebook.desk, lots, reading), rule.windows);
  return bindings.some(
    (binding) =>
      binding.waitsFor.length === 0 &&
      lotsOf(binding).every((lot) =>
        rule.windows.every((test) => test.verdict(lot, reading) === 'true'),
      ),
  );
}
