import { lastDay, millicredits, type Millicredits, parseCredits } from '#libs/credit';
import type { Text } from '#libs/problems';
import type { PathwayClause, PathwayFact, PathwayGate } from '#libs/schemes';
import { changeOf, factsAsked, inOrder, type Pathway, type PathwayOutcome } from './pathway.js';
import { semesterOf, semesterOn, yearOfStudy } from './terms.js';

/**
 * `missing`: what the rules ask for is not known. `refused`: everything is known, nothing was failed,
 * and the rules do not allow it, for example in another semester.
 */
export type GateVerdict = 'passed' | 'failed' | 'missing' | 'refused';

/** One condition, with what it needs and what there is. */
export interface ClauseAnswer {
  readonly id: string;
  readonly title: Text;
  readonly holds: boolean;
  /** `credits` in thousandths, `outcomes` in number. */
  readonly what: 'credits' | 'outcomes';
  readonly needs: bigint;
  readonly has: bigint;
  /** Lots that count for it. */
  readonly evidence: readonly string[];
  /** Codes of outcomes that would fulfil it. */
  readonly lacking: readonly string[];
}

export interface FactAnswer {
  readonly id: string;
  readonly title: Text;
  readonly clause: string | null;
  /** `passed`, `failed`, `met` or `short`; null when it is not known. */
  readonly value: string | null;
  /** Whether the rules of this gate ask for it, as far as the other facts leave it open. */
  readonly isNeeded: boolean;
  readonly evidence: readonly string[];
  /** Codes of examinations of which none is on record with a result. */
  readonly lacking: readonly string[];
  readonly clauses: readonly ClauseAnswer[];
}

/** What a gate says of one learner, with the evidence, the clauses and what is missing. */
export interface GateAnswer {
  readonly gate: string;
  readonly verdict: GateVerdict;
  readonly from: string;
  readonly to: string;
  readonly by: string;
  readonly gives: readonly string[];
  /**
   * Of the examination; of the day of judging where the gate has none. Null: there is none yet, or its
   * date is too vague.
   */
  readonly semester: number | null;
  /** The day that counts: of the examination, or of judging. */
  readonly day: string;
  readonly facts: readonly FactAnswer[];
  /** Lots on which the answer rests. */
  readonly evidence: readonly string[];
}

/** A learner at a gate. */
export interface AtGate {
  readonly state: string;
  /** Year of the September in which she began. */
  readonly intake: number;
  /** The day of judging, `yyyy-mm-dd`. */
  readonly on: string;
  /** Of hers, those that stand. */
  readonly outcomes: readonly PathwayOutcome[];
}

/** Judges a learner at a gate. The gate must be one of the pathway. */
export function judgeGate(pathway: Pathway, gate: PathwayGate, at: AtGate): GateAnswer {
  const known = at.outcomes
    .filter(({ completedOn }) => lastDay(completedOn) <= at.on || completedOn.length < 10)
    .toSorted(inOrder);
  const facts = gate.facts.map((fact) => answerFact(fact, known));
  const exam = decisiveOf(gate, known);
  const semester = semesterAt(gate, exam, at);
  const said = given(facts, semester);
  const change = changeOf(pathway, at.state, gate.event, said);
  const asked = factsAsked(pathway, at.state, gate.event);
  const wanting = facts.filter(
    ({ id, value }) => asked.has(id) && (value === null || value === 'short'),
  );
  const isVague = semester === null && (asked.has('semester') || asked.has('year'));
  const atBest = { ...said, ...Object.fromEntries(wanting.map((fact) => [fact.id, bestOf(fact)])) };
  const isInReach = isVague || changeOf(pathway, at.state, gate.event, atBest).allowed;
  return {
    gate: gate.id,
    verdict: verdictOf(facts, { isAllowed: change.allowed, isInReach }),
    from: at.state,
    to: change.to,
    by: change.by,
    gives: change.gives,
    semester,
    day: exam ? earlier(lastDay(exam.completedOn), at.on) : at.on,
    facts: facts.map((fact) => ({
      ...fact,
      isNeeded: !change.allowed && wanting.some(({ id }) => id === fact.id),
    })),
    evidence: [...new Set(facts.flatMap(evidenceOf))],
  };
}

/** An examination can be posted late, so what day it is says nothing of one that is not there. */
function semesterAt(
  gate: PathwayGate,
  exam: PathwayOutcome | undefined,
  { intake, on }: AtGate,
): number | null {
  if (exam) return semesterOf(intake, exam.completedOn);
  const isExamined = gate.facts.some(({ examination }) => examination !== undefined);
  return isExamined ? null : semesterOn(intake, on);
}

function earlier(a: string, b: string): string {
  return a < b ? a : b;
}

function given(
  facts: readonly Pick<FactAnswer, 'id' | 'value'>[],
  semester: number | null,
): Record<string, string> {
  const said: Record<string, string> = {};
  if (semester !== null) {
    said['semester'] = String(semester);
    said['year'] = String(yearOfStudy(semester));
  }
  for (const { id, value } of facts) if (value !== null) said[id] = value;
  return said;
}

/** The value that would help most. */
function bestOf({ clauses }: FactAnswer): string {
  return clauses.length > 0 ? 'met' : 'passed';
}

/** Whatever is not known, or can still be met, is missing as long as the rules would allow it then. */
function verdictOf(
  facts: readonly FactAnswer[],
  { isAllowed, isInReach }: { isAllowed: boolean; isInReach: boolean },
): GateVerdict {
  const isFailed = facts.some(({ value }) => value === 'failed');
  if (isAllowed) return isFailed ? 'failed' : 'passed';
  if (!isInReach) return 'refused';
  return isFailed ? 'failed' : 'missing';
}

function evidenceOf({ evidence, clauses }: FactAnswer): string[] {
  return [...evidence, ...clauses.flatMap((clause) => clause.evidence)];
}

/** The examination that decides at a gate. */
function decisiveOf(
  gate: PathwayGate,
  known: readonly PathwayOutcome[],
): PathwayOutcome | undefined {
  for (const { examination } of gate.facts) {
    const decides = examination && decidingOf(examination, known);
    if (decides) return decides;
  }
  return undefined;
}

/** A passed one counts before a failed one, the last of equals: as the indicator counts gates. */
function decidingOf(
  codes: readonly string[],
  known: readonly PathwayOutcome[],
): PathwayOutcome | undefined {
  const tries = known.filter(({ code }) => codes.includes(code));
  return (
    tries.findLast(({ passed }) => passed === true) ??
    tries.findLast(({ passed }) => passed === false) ??
    tries.at(-1)
  );
}

function answerFact(fact: PathwayFact, known: readonly PathwayOutcome[]): FactAnswer {
  const { id, title, clause = null, examination, conditions = [] } = fact;
  const base = { id, title, clause, isNeeded: false };
  if (examination) {
    const decides = decidingOf(examination, known);
    const passed = decides?.passed ?? null;
    return {
      ...base,
      value: passed === null ? null : passed ? 'passed' : 'failed',
      evidence: decides ? [decides.lotId] : [],
      lacking: passed === null ? examination : [],
      clauses: [],
    };
  }
  const clauses = conditions.map((condition) => answerClause(condition, known));
  const value = clauses.every(({ holds }) => holds) ? 'met' : 'short';
  return { ...base, value, evidence: [], lacking: [], clauses };
}

function answerClause(clause: PathwayClause, known: readonly PathwayOutcome[]): ClauseAnswer {
  const { id, title, credits, of, categories, outcomes = 0 } = clause;
  const fitting = known.filter(
    ({ passed, code, category }) =>
      passed === true &&
      (of === undefined || of.includes(code)) &&
      (categories === undefined || categories.includes(category)),
  );
  const found = new Set(fitting.map(({ code }) => code));
  const lacking = (of ?? []).filter((code) => !found.has(code));
  const counting = fitting.filter((one) => credits === undefined || one.credits > 0n);
  const evidence = counting.map(({ lotId }) => lotId);
  if (credits === undefined) {
    const has = BigInt(found.size);
    const holds = found.size >= outcomes;
    const base = { id, title, what: 'outcomes', needs: BigInt(outcomes) } as const;
    return { ...base, has, holds, evidence, lacking: holds ? [] : lacking };
  }
  const needs = amountOf(credits);
  const has = fitting.reduce((sum, outcome) => sum + outcome.credits, 0n);
  const holds = has >= needs;
  return { id, title, what: 'credits', needs, has, holds, evidence, lacking: holds ? [] : lacking };
}

/** An amount of a document that was checked. */
export function amountOf(text: string): Millicredits {
  const parsed = parseCredits(text);
  return parsed.ok ? parsed.amount : millicredits(0);
}
