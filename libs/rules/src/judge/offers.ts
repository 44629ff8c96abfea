import type { PartialDate } from '#libs/credit';
import type { AllocationProblem } from '../allocate/allocation.js';
import { type Candidate, type Choice, sum } from './candidate.js';
import { byCodeUnit, canonicalJson } from '../canonical.js';
import { isSelected, type LotClause } from '../clauses/has.js';
import type {
  Clause,
  CompiledRequirement,
  CompiledRule,
  CompiledRulebook,
} from '../compile/compiled.js';
import { contend, countedOf, lotsOfCandidate } from '../allocate/contend.js';
import { readCredits } from '../credits.js';
import { type Counted, isCounted } from '../allocate/counting.js';
import type { Calendar } from '../document/rulebook.js';
import { judgeRule, type RuleJudgement } from './judge.js';
import { type Period, periodOf, periodsOf } from '../learner/calendar.js';
import { readLearner } from '../learner/learner.js';
import type { Lot } from '../learner/lots.js';
import { Matches } from '../match/match.js';
import type { LearnerFacts } from '../types.js';

/**
 * Everything that could be granted, in plain numbers, for a planner that chooses among outcomes
 * nobody has yet. What `evaluate` grants for the facts, or for any part of them, is among it.
 */
export interface Offers {
  readonly problem: AllocationProblem;
  /** Ids of the lots by their number in the problem. */
  readonly lots: readonly string[];
  /** By candidate of the problem. */
  readonly offers: readonly Offer[];
  readonly needs: readonly Need[];
  /** Whether nothing that a part of the facts could give was left out. */
  readonly isComplete: boolean;
}

export interface Offer {
  readonly rule: string;
  /** Lots all of which it needs; those of a pool stand in the problem. */
  readonly lots: readonly string[];
  /** Lots one of which it needs as evidence, that of the learner included; empty when it has it. */
  readonly evidence: readonly string[];
  /** Most that each choice can count for each need, in thousandths of a credit. */
  readonly counts: readonly (readonly number[])[];
}

/**
 * What a requirement still needs beyond the grants of earlier decisions: where each period has to
 * reach it, one need for each period in which something could count.
 */
export interface Need {
  readonly requirement: string;
  /** Null when the requirement does not speak of periods. */
  readonly period: string | null;
  /** Whether it has to be met only if something counts for it: then of all periods one at least. */
  readonly isConditional: boolean;
  /** In thousandths of a credit; 0 when nothing is missing. */
  readonly millicredits: number;
}

/**
 * Judges the facts without families and duplicates, in which one outcome can make another one
 * superfluous: so whatever a part of the facts gives, all of them offer too.
 *
 * @param imagined lots that need not be there
 */
export function offersOf(
  rulebook: CompiledRulebook,
  facts: LearnerFacts,
  on: string,
  imagined: ReadonlySet<string>,
): Offers {
  const held = readLearner(rulebook, facts, on);
  const prior = [...facts.granted].sort((a, b) => byCodeUnit(canonicalJson(a), canonicalJson(b)));
  const judging = { rulebook, held, facts, reading: held.reading, prior, isEngine1: false };
  const matches = new Matches(rulebook, held);
  for (const rule of rulebook.index.touched(held)) matches.add(rule);
  const judged = matches.rules.map((_, index) => judgeRule(matches, index, judging));
  const screened = judged.flatMap(({ candidates }) => candidates);
  const { candidates, problem, lots } = contend(rulebook, screened, facts);
  const needs = needsOf(rulebook, candidates, facts);
  return {
    problem,
    lots: lots.map(({ id }) => id),
    offers: candidates.map((candidate) => offerOf(candidate, needs, { held: held.lots, imagined })),
    needs: needs.map(({ need }) => need),
    isComplete: judged.every((judgement, at) => isWhole(matches.rule(at), judgement, imagined)),
  };
}

const RELAXED = new WeakMap<CompiledRulebook, CompiledRulebook>();

/** The rulebook without rules by which one outcome makes another one superfluous. Made once. */
export function withoutRivals(rulebook: CompiledRulebook): CompiledRulebook {
  const { families, duplicates = [] } = rulebook.rulebook;
  if (families.length + duplicates.length === 0) return rulebook;
  const known = RELAXED.get(rulebook);
  if (known) return known;
  const relaxed = { ...rulebook, rulebook: { ...rulebook.rulebook, families: [], duplicates: [] } };
  RELAXED.set(rulebook, relaxed);
  return relaxed;
}

/** Whether the ways to satisfy a rule do not hide ways that fewer lots would have. */
function isWhole(
  { when }: CompiledRule,
  { isCut, candidates, refused, pending }: RuleJudgement,
  imagined: ReadonlySet<string>,
): boolean {
  // A way with evidence hides those that need more lots; a condition of one clause has no others.
  const isMixed =
    'children' in when && lotClauses(when).some(({ isEvidenceOnly }) => isEvidenceOnly);
  // Of a sum all lots are refused together; of other lots, fewer would be no way at all.
  const isHiding = ({ lots }: { readonly lots: readonly string[] }): boolean =>
    (isMixed || (hasSum(when) && lots.length > 1)) && lots.some((lot) => imagined.has(lot));
  const isUnsure = ({ binding, isCut }: Candidate): boolean =>
    isCut || (isMixed && binding.evidence.some(({ id }) => imagined.has(id)));
  return (
    !isCut &&
    !candidates.some(isUnsure) &&
    !pending.some(isHiding) &&
    !refused.some((each) => each.code !== 'condition-false' && isHiding(each))
  );
}

function hasSum(clause: Clause): boolean {
  return 'children' in clause ? clause.children.some(hasSum) : clause.op === 'sum';
}

function offerOf(
  candidate: Candidate,
  needs: readonly Needed[],
  { held, imagined }: { held: readonly Lot[]; imagined: ReadonlySet<string> },
): Offer {
  const { rule, binding } = candidate;
  const isImagined = binding.evidence.some(({ id }) => imagined.has(id));
  return {
    rule: rule.rule.id,
    lots: binding.lots.map(({ id }) => id),
    evidence: isImagined ? evidenceFor(rule.when, held) : [],
    counts: countsOf(candidate, needs),
  };
}

/** By choice and need. A grant counts in every period in which one of its lots was completed. */
function countsOf(candidate: Candidate, needs: readonly Needed[]): number[][] {
  const periods = new Map<Period, ReadonlySet<string | null>>();
  const isWithin = ({ need: { period }, of: { requirement }, calendar }: Needed): boolean => {
    const { per } = requirement;
    if (period === null || per === undefined) return true;
    let own = periods.get(per);
    if (!own) {
      own = new Set(completedOf(candidate).map((day) => periodOf(calendar, per, day)));
      periods.set(per, own);
    }
    return own.has(period);
  };
  const within = needs.map(isWithin);
  return candidate.choices.map((choice) =>
    needs.map((needed, at) => (within[at] ? countOf(candidate, choice, needed) : 0)),
  );
}

function completedOf(candidate: Candidate): (PartialDate | null)[] {
  return [...lotsOfCandidate(candidate), ...candidate.binding.evidence].map((lot) => lot.completed);
}

function evidenceFor(clause: Clause, held: readonly Lot[]): string[] {
  const clauses = lotClauses(clause).filter(({ isEvidenceOnly }) => isEvidenceOnly);
  return held
    .filter((lot) => clauses.some(({ select }) => isSelected(select, lot)))
    .map(({ id }) => id);
}

function lotClauses(clause: Clause): readonly LotClause[] {
  return 'children' in clause ? clause.children.flatMap(lotClauses) : clause.lotClauses;
}

/** What a choice counts for a requirement if it takes all lots it may take. */
function countOf(
  candidate: Candidate,
  choice: Choice,
  {
    of: {
      requirement: { of },
    },
  }: Needed,
): number {
  const { rule, binding } = candidate;
  const lots = [...lotsOfCandidate(candidate), ...binding.evidence];
  const about = {
    rule: rule.rule.id,
    sources: lots.map(({ fact }) => fact.source),
    issuers: lots.map(({ fact }) => fact.issuer),
    outcomes: lots.map(({ fact }) => fact.outcome),
  };
  const isOf = (place: Pick<Counted, 'category' | 'elective' | 'course'>): boolean =>
    isCounted(of, { ...about, ...place });
  const parts = choice.parts.filter(({ grant }) =>
    isOf({
      category: grant.category,
      elective: grant.elective?.code ?? null,
      course: grant.course?.code ?? null,
    }),
  );
  const credits = sum(parts.map(({ millicredits }) => millicredits));
  const pool = rule.remainderTo;
  const isSurplusCounted =
    pool !== null && isOf({ category: pool.category, elective: pool.code, course: null });
  return Number(credits + (isSurplusCounted ? choice.surplusMillicredits : 0n));
}

/** A need with the requirement it belongs to. */
interface Needed {
  readonly need: Need;
  readonly of: CompiledRequirement;
  readonly calendar: Calendar | undefined;
}

function needsOf(
  { requirements, rulebook: { calendar } }: CompiledRulebook,
  candidates: readonly Candidate[],
  facts: LearnerFacts,
): Needed[] {
  return requirements.flatMap((of) => {
    const { per } = of.requirement;
    if (per === undefined) return [{ need: needOf(of, null, { facts, calendar }), of, calendar }];
    const possible = candidates.flatMap(completedOf).map((day) => periodOf(calendar, per, day));
    const earlier = facts.granted.flatMap(({ completed = [] }) =>
      periodsOf(calendar, per, completed),
    );
    const known = [...new Set([...possible, ...earlier])].filter((period) => period !== null);
    // Where nothing counts in any period, the requirement is not met either.
    const periods: (string | null)[] = known.length > 0 ? known.sort(byCodeUnit) : [null];
    return periods.map((period) => ({
      need: needOf(of, period, { facts, calendar }),
      of,
      calendar,
    }));
  });
}

function needOf(
  { requirement: { id, of, per }, neededMillicredits }: CompiledRequirement,
  period: string | null,
  { facts, calendar }: { facts: LearnerFacts; calendar: Calendar | undefined },
): Need {
  const counted = facts.granted
    .filter((grant) => isCounted(of, countedOf(grant, facts)))
    .filter(
      ({ completed = [] }) =>
        per === undefined ||
        period === null ||
        periodsOf(calendar, per, completed).includes(period),
    );
  const open = neededMillicredits - sum(counted.map(({ credits }) => readCredits(credits)));
  return {
    requirement: id,
    period,
    isConditional: period !== null && counted.length === 0,
    millicredits: open > 0n ? Number(open) : 0,
  };
}
