import type { AllocationProblem } from '../allocate/allocation.js';
import { type Candidate, type Choice, sum } from './candidate.js';
import { byCodeUnit, canonicalJson } from '../canonical.js';
import { isSelected, type LotClause } from '../clauses/has.js';
import { compileCanonical } from '../compile/compile.js';
import type {
  Clause,
  CompiledRequirement,
  CompiledRule,
  CompiledRulebook,
} from '../compile/compiled.js';
import { contend, countedOf, lotsOfCandidate, readCredits } from '../allocate/contend.js';
import { type Counted, isCounted } from '../allocate/counting.js';
import { judgeRule, type RuleJudgement } from './judge.js';
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
  /** Most that each choice can count for each requirement, in thousandths of a credit. */
  readonly counts: readonly (readonly number[])[];
}

/** What a requirement still needs beyond the grants of earlier decisions. */
export interface Need {
  readonly requirement: string;
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
  const judging = { rulebook, held, reading: held.reading, prior };
  const matches = new Matches(rulebook, held);
  for (const rule of rulebook.index.touched(held)) matches.add(rule);
  const judged = matches.rules.map((_, index) => judgeRule(matches, index, judging));
  const screened = judged.flatMap(({ candidates }) => candidates);
  const { candidates, problem, lots } = contend(rulebook, screened, facts);
  return {
    problem,
    lots: lots.map(({ id }) => id),
    offers: candidates.map((candidate) => offerOf(candidate, rulebook, held.lots, imagined)),
    needs: rulebook.requirements.map((requirement) => needOf(requirement, facts)),
    isComplete: judged.every((judgement, at) => isWhole(matches.rule(at), judgement, imagined)),
  };
}

/** The rulebook without rules by which one outcome makes another one superfluous. */
export function withoutRivals(rulebook: CompiledRulebook): CompiledRulebook {
  const { families, duplicates = [] } = rulebook.rulebook;
  if (families.length + duplicates.length === 0) return rulebook;
  const compiled = compileCanonical({ ...rulebook.rulebook, families: [], duplicates: [] });
  return compiled.ok ? compiled.value : rulebook;
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
  const isHiding = ({ lots }: { readonly lots: readonly string[] }): boolean =>
    (isMixed || lots.length > 1) && lots.some((lot) => imagined.has(lot));
  const isUnsure = ({ binding, isCut }: Candidate): boolean =>
    isCut || (isMixed && binding.evidence.some(({ id }) => imagined.has(id)));
  return (
    !isCut &&
    !candidates.some(isUnsure) &&
    !pending.some(isHiding) &&
    !refused.some((each) => each.code !== 'condition-false' && isHiding(each))
  );
}

function offerOf(
  candidate: Candidate,
  rulebook: CompiledRulebook,
  held: readonly Lot[],
  imagined: ReadonlySet<string>,
): Offer {
  const { rule, binding } = candidate;
  const isImagined = binding.evidence.some(({ id }) => imagined.has(id));
  return {
    rule: rule.rule.id,
    lots: binding.lots.map(({ id }) => id),
    evidence: isImagined ? evidenceFor(rule.when, held) : [],
    counts: candidate.choices.map((choice) =>
      rulebook.requirements.map((requirement) => countOf(candidate, choice, requirement)),
    ),
  };
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
  { requirement: { of } }: CompiledRequirement,
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

function needOf(
  { requirement: { id, of }, neededMillicredits }: CompiledRequirement,
  facts: LearnerFacts,
): Need {
  const counted = facts.granted.filter((grant) => isCounted(of, countedOf(grant, facts)));
  const open = neededMillicredits - sum(counted.map(({ credits }) => readCredits(credits)));
  return { requirement: id, millicredits: open > 0n ? Number(open) : 0 };
}
