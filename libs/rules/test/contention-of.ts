import {
  byCodeUnit,
  canonicalJson,
  type CompiledRulebook,
  type LearnerFacts,
} from '../src/index.js';
import { contend, type Contention } from '../src/allocate/contend.js';
import { judgeRule } from '../src/judge/judge.js';
import { readLearner } from '../src/learner/learner.js';
import { Matches } from '../src/match/match.js';

/** What competes for one learner, as `evaluate` sees it. */
export function contentionOf(
  rulebook: CompiledRulebook,
  facts: LearnerFacts,
  on: string,
): Contention {
  const held = readLearner(rulebook, facts, on);
  const prior = [...facts.granted].sort((a, b) => byCodeUnit(canonicalJson(a), canonicalJson(b)));
  const judging = { rulebook, held, facts, reading: held.reading, prior, isEngine1: false };
  const matches = new Matches(rulebook, held);
  for (const rule of rulebook.index.touched(held)) matches.add(rule);
  const candidates = matches.rules.flatMap(
    (_, index) => judgeRule(matches, index, judging).candidates,
  );
  return contend(rulebook, candidates, facts);
}
