import { byCodeUnit } from '../canonical.js';
import type { LearnerReading } from '../clauses/learner-test.js';
import type { CompiledRulebook } from '../compile/compiled.js';
import { Held } from './held.js';
import { type LotPolicy, readLots } from './lots.js';
import type { LearnerFacts } from '../types.js';

/**
 * Reads the facts of a learner as a rulebook sees them on a day: values become exact numbers, and a
 * lot that may not be used says why.
 */
export function readLearner(rulebook: CompiledRulebook, facts: LearnerFacts, on: string): Held {
  return new Held(rulebook.desk, readLots(facts, policyOf(rulebook), on), readingOf(facts, on));
}

/** How a rulebook has lots read. */
export function policyOf({ scales, vocabulary, rulebook }: CompiledRulebook): LotPolicy {
  const { target, lots, families, duplicates, calendar } = rulebook;
  return { target, lots, families, duplicates, calendar, scales, vocabulary };
}

function readingOf(facts: LearnerFacts, on: string): LearnerReading {
  const keyOf = (what: string, lot: string, course: string | null): string =>
    JSON.stringify([what, lot, course]);
  const findings = new Map<string, string>();
  for (const { what, lot, course, value } of facts.findings) {
    const key = keyOf(what, lot, course);
    const known = findings.get(key);
    // Two findings about one thing: which one is read must not depend on their order.
    if (known === undefined || byCodeUnit(value, known) < 0) findings.set(key, value);
  }
  const finding: LearnerReading['finding'] = (what, lot, course) =>
    findings.get(keyOf(what, lot, course));
  return { on, finding, learner: facts };
}
