import assert from 'node:assert';
import { formatCredits } from '#libs/credit';
import { allocate } from './allocate/allocate.js';
import type { Allocate, Allocation } from './allocate/allocation.js';
import { sum } from './judge/candidate.js';
import { byCodeUnit, canonicalJson } from './canonical.js';
import type { CompiledRulebook } from './compile/compiled.js';
import { type CapInstance, contend, type Contention, countFor } from './allocate/contend.js';
import { readCredits } from './credits.js';
import { allocateAsEngine1 } from './engine-1/allocate.js';
import { formatLimit } from './format.js';
import { type Granted, grantsOf, readPicks } from './explain/grants.js';
import { judgeRule, type RuleJudgement } from './judge/judge.js';
import { explainLosers } from './explain/losers.js';
import { Matches } from './match/match.js';
import { shortAsEngine1 } from './engine-1/missing.js';
import { costOf } from './explain/repair.js';
import { awardOf, missingCredits, requirementStates, rightsOf } from './explain/requirements.js';
import { readLearner } from './learner/learner.js';
import type { CapUse, Decision, LearnerFacts, Missing, Refused } from './types.js';

/** Version of the semantics. A change that could alter any decision must change it. */
export const ENGINE = 'credit-bank-rules/2';

const ENGINE_1 = 'credit-bank-rules/1';

/** How each engine allocates: a decision is made again as it was made. */
const ALLOCATORS: Readonly<Record<string, Allocate>> = {
  [ENGINE_1]: allocateAsEngine1,
  [ENGINE]: allocate,
};

/**
 * Decides what a learner's outcomes give in the rulebook's programme: the greatest credit the rules
 * and caps allow, with a reason for everything that was looked at. A pure function of its arguments;
 * the order of the facts does not matter, and facts that cannot be read are reported, never thrown.
 *
 * @param on the day the rules and facts are read for, `yyyy-MM-dd`
 * @param engine that of an earlier decision, to make it again
 */
export function evaluate(
  rulebook: CompiledRulebook,
  facts: LearnerFacts,
  on: string,
  engine: string = ENGINE,
): Decision {
  assert(/^\d{4}-\d{2}-\d{2}$/.test(on), 'a decision is made for a day, yyyy-MM-dd');
  const allocator = ALLOCATORS[engine];
  assert(allocator, 'a decision is made again by the engine that made it');
  const { rulebook: document, hash } = rulebook;
  const held = readLearner(rulebook, facts, on);
  const isEngine1 = engine === ENGINE_1;
  const judging = {
    rulebook,
    held,
    facts,
    isEngine1,
    reading: held.reading,
    prior: [...facts.granted].sort((a, b) => byCodeUnit(canonicalJson(a), canonicalJson(b))),
  };
  const matches = new Matches(rulebook, held);
  for (const rule of rulebook.index.touched(held)) matches.add(rule);
  const judged = matches.rules.map((_, index) => judgeRule(matches, index, judging));
  const candidates = judged.flatMap((judgement) => judgement.candidates);
  const contention = contend(rulebook, candidates, facts);
  const allocation = allocator(contention.problem);
  const granted = readPicks(contention, allocation);
  const grants = granted.flatMap((each) => grantsOf(each, document.calendar));
  const all = [...facts.granted, ...grants];
  const requirements = requirementStates(rulebook, all, facts);
  const refused = [
    ...judged.flatMap((judgement) => judgement.refused),
    ...explainLosers({ contention, allocation }, { allocate: allocator, isEngine1 }),
  ];
  const isComplete = !judged.some(({ isCut }) => isCut);
  return {
    format: 'credit-bank-decision/1',
    engine,
    rulebook: { id: document.id, version: document.version, hash },
    programme: document.target.programme,
    ...(document.lots.scope && { scope: document.lots.scope }),
    on,
    credits: formatCredits(sum(grants.map(({ credits }) => readCredits(credits)))),
    granted: [...grants, ...rightsOf(rulebook, all, facts)],
    refused: refused.sort(byRule),
    pending: judged.flatMap(({ pending }) => pending).sort(byRule),
    caps: capUses(contention, granted, refused),
    requirements,
    award: awardOf(requirements),
    proven: allocation.isProven && isComplete,
    bound: boundOf(rulebook, allocation, isComplete),
    reasons: judged.map(({ reason }) => reason),
    missing: [
      ...(isEngine1 ? shortAsEngine1(requirements) : missingCredits(rulebook, all, facts)),
      ...missingOf(matches, judged),
    ],
  };
}

function byRule(a: Pick<Refused, 'rule' | 'lots'>, b: Pick<Refused, 'rule' | 'lots'>): number {
  return byCodeUnit(a.rule, b.rule) || byCodeUnit(canonicalJson(a), canonicalJson(b));
}

function capUses(
  { caps }: Contention,
  granted: readonly Granted[],
  refused: readonly Refused[],
): CapUse[] {
  const uses = caps.map((instance) => capUse(instance, granted));
  return uses.filter(
    ({ cap, per, used }) =>
      per === null ||
      used !== '0' ||
      refused.some(
        ({ code, params }) => code === 'cap' && params.cap === cap && params.per === per,
      ),
  );
}

function capUse(instance: CapInstance, granted: readonly Granted[]): CapUse {
  const { cap, limit } = instance.cap;
  const counted = granted
    .map(({ candidate, choice }) => ({
      rule: candidate.rule.rule.id,
      amount: countFor(instance, candidate, choice),
    }))
    .filter(({ amount }) => amount > 0n);
  const used = instance.before + sum(counted.map(({ amount }) => amount));
  return {
    cap: cap.id,
    title: cap.title,
    basis: cap.basis,
    counts: cap.counts,
    per: instance.per,
    ...(cap.account !== undefined && { account: cap.account }),
    limit: formatLimit(cap.counts, limit),
    before: formatLimit(cap.counts, instance.before),
    used: formatLimit(cap.counts, used),
    rules: [...new Set(counted.map(({ rule }) => rule))].sort(byCodeUnit),
  };
}

/** With ways left out, only the size of the programme bounds what could have been granted. */
function boundOf(rulebook: CompiledRulebook, allocation: Allocation, isComplete: boolean): string {
  const bound = BigInt(allocation.bound);
  if (isComplete) return formatCredits(bound);
  const total = readCredits(rulebook.rulebook.target.total);
  return formatCredits(total > bound ? total : bound);
}

function missingOf(matches: Matches, judged: readonly RuleJudgement[]): Missing[] {
  const ofRules = judged.flatMap(({ changes }, index): Missing[] => {
    const { id, title } = matches.rule(index).rule;
    return changes ? [{ rule: id, requirement: null, title, changes }] : [];
  });
  return ofRules.sort(
    (a, b) => costOf(a.changes) - costOf(b.changes) || byCodeUnit(a.rule ?? '', b.rule ?? ''),
  );
}
