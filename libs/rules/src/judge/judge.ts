import { bind, bindAsEngine1 } from './bind.js';
import type { Candidate } from './candidate.js';
import { screen, type Screening } from './screen.js';
import { isSelected, type LotClause, waitsOf } from '../clauses/has.js';
import type { Clause, CompiledRule } from '../compile/compiled.js';
import { explainRule } from '../explain/explain.js';
import type { Held } from '../learner/held.js';
import { isUsable } from '../learner/lots.js';
import { type Matches, windowThatIsShut } from '../match/match.js';
import { missingAsEngine1 } from '../engine-1/missing.js';
import { nearestChanges } from '../explain/nearest.js';
import { signedOf, withinAgreement } from '../signed.js';
import { splitPool } from './split.js';
import type {
  Change,
  LearnerFacts,
  Pending,
  ReasonCode,
  ReasonNode,
  Refused,
  TargetRef,
  Waiting,
} from '../types.js';

/** What became of one rule before anything competes. */
export interface RuleJudgement {
  readonly candidates: readonly Candidate[];
  readonly refused: readonly Refused[];
  readonly pending: readonly Pending[];
  readonly reason: ReasonNode;
  /** What would make the rule true; undefined when it is true, or unknown, or not in force. */
  readonly changes: readonly Change[] | undefined;
  /** Ways or amounts were left out because there were too many. */
  readonly isCut: boolean;
}

export interface Judging extends Screening {
  readonly held: Held;
  readonly facts: LearnerFacts;
  /** Whether a decision of the first engine is made again. */
  readonly isEngine1: boolean;
}

/**
 * Judges one rule: each way to satisfy it becomes a candidate, waits for something unknown, or is
 * refused with exactly one reason. A lot that fits but may not be used is refused by itself.
 */
export function judgeRule(matches: Matches, index: number, judging: Judging): RuleJudgement {
  const { held, facts, isEngine1 } = judging;
  const rule = withinAgreement(matches.rule(index), facts);
  const ways = isEngine1 ? bindAsEngine1(rule.when, held) : bind(rule.when, held, rule.windows);
  const reason = explainRule(matches, index, ways.bindings.length > 0);
  const window = windowThatIsShut(rule, judging.reading.on, judging.rulebook);
  if (window) {
    const params = { from: window.from, to: window.to ?? '' };
    const refused = [refusal(rule, [], 'not-in-force', params)];
    return { candidates: [], refused, pending: [], reason, changes: undefined, isCut: false };
  }
  const signed = signedOf(rule, facts);
  if (signed?.closed) {
    const { agreement, closed } = signed;
    const refused = [refusal(rule, [], 'agreement-closed', { agreement, closed })];
    return { candidates: [], refused, pending: [], reason, changes: undefined, isCut: false };
  }
  const candidates: Candidate[] = [];
  const refused: Refused[] = [];
  const pending: Pending[] = [];
  const split = ways.bindings.map((binding) => splitPool(rule, binding, judging.rulebook));
  for (const binding of split.flatMap(({ bindings }) => bindings)) {
    const used = [...binding.lots, ...binding.evidence, ...(binding.pool?.members ?? [])];
    const ids = used.map(({ id }) => id);
    const screened = screen(rule, binding, judging);
    if (screened.kind === 'candidate') candidates.push(screened.candidate);
    if (screened.kind === 'pending') pending.push(waiting(rule, ids, screened.waitsFor));
    if (screened.kind === 'refused') {
      refused.push(refusal(rule, ids, screened.code, screened.params));
    }
  }
  refused.push(...blockedLots(rule, judging), ...failedLots(rule, judging));
  if (candidates.length + refused.length + pending.length === 0) {
    refused.push(conditionFalse(rule, reason));
  }
  const changes =
    ways.bindings.length > 0
      ? undefined
      : isEngine1
        ? missingAsEngine1(rule.when, held)
        : nearestChanges(rule, judging);
  return {
    candidates,
    refused,
    pending,
    reason,
    changes,
    isCut: ways.isCut || split.some((each) => each.isCut) || candidates.some((each) => each.isCut),
  };
}

/** Lots that pass every test of a clause but may not be used: each says why. */
function blockedLots(rule: CompiledRule, { held: { lots, reading } }: Judging): Refused[] {
  const clauses = lotClauses(rule.when);
  return lots.flatMap((lot) => {
    if (!lot.block) return [];
    const isWanted = clauses.some(
      (clause) =>
        isSelected(clause.select, lot) &&
        !isUsable(lot, clause.isEvidenceOnly) &&
        waitsOf(clause.tests, lot, reading) !== null,
    );
    return isWanted ? [refusal(rule, [lot.id], lot.block.code, lot.block.params)] : [];
  });
}

/** In a rule about single lots, or a sum of them, every lot that fails a test is its own case. */
function failedLots(rule: CompiledRule, { held: { lots, reading } }: Judging): Refused[] {
  if ('children' in rule.when) return [];
  const [clause] = rule.when.lotClauses;
  if (!clause) return [];
  return lots
    .filter((lot) => isSelected(clause.select, lot) && isUsable(lot, clause.isEvidenceOnly))
    .map((lot) => clause.explainLot(lot, rule.rule.id, reading))
    .filter(({ verdict }) => verdict === 'false')
    .map((node) => conditionFalse(rule, node));
}

function conditionFalse(rule: CompiledRule, node: ReasonNode): Refused {
  const failed = firstFalse(node);
  const { operator, wanted, read } = failed;
  const params = { operator, wanted, ...(read === null ? {} : { read }) };
  return refusal(rule, [...new Set(lotsOf(node))], 'condition-false', params);
}

/** The innermost clause that failed first: the one to tell the learner about. */
function firstFalse(node: ReasonNode): ReasonNode {
  const child = node.children.find(({ verdict }) => verdict === 'false');
  return child ? firstFalse(child) : node;
}

function lotsOf(node: ReasonNode): string[] {
  return [...(node.lot === null ? [] : [node.lot]), ...node.children.flatMap(lotsOf)];
}

function lotClauses(clause: Clause): readonly LotClause[] {
  return 'children' in clause ? clause.children.flatMap(lotClauses) : clause.lotClauses;
}

/** A refusal of one application of a rule. */
export function refusal(
  rule: CompiledRule,
  lots: readonly string[],
  code: ReasonCode,
  params: Readonly<Record<string, string>>,
): Refused {
  return { ...headOf(rule), lots, targets: targetsOf(rule), code, params };
}

function waiting(rule: CompiledRule, lots: string[], waitsFor: readonly Waiting[]): Pending {
  return { ...headOf(rule), lots, targets: targetsOf(rule), waitsFor };
}

function headOf({ rule }: CompiledRule): Pick<Refused, 'rule' | 'ruleTitle' | 'basis'> {
  return { rule: rule.id, ruleTitle: rule.title, basis: rule.basis };
}

function targetsOf({ grants }: CompiledRule): TargetRef[] {
  return grants.map(({ course, elective }) => ({
    course: course?.code ?? null,
    elective: elective?.code ?? null,
  }));
}
