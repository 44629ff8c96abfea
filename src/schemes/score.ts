import { compare, parseDecimal } from '#libs/credit';
import type { Decision, LearnerFacts } from '#libs/rules';
import {
  compileScheme,
  decideScheme,
  type ScorePart,
  type ScorePartsDocument,
} from '#libs/schemes';
import { isStanding } from './eligibility.js';

/** One part of a total, and where its score comes from. */
export interface PartScore {
  readonly part: ScorePart;
  /** A decimal; null while nothing states it. */
  readonly score: string | null;
  /** The rule that scored it in place of a test; null where a test did. */
  readonly rule: string | null;
  /** The outcome whose grade it is. */
  readonly lot: string | null;
}

export interface Score {
  readonly parts: readonly PartScore[];
  /** A decimal; null while a part is missing or beyond its maximum. */
  readonly total: string | null;
}

type Decided = Pick<Decision, 'granted'>;

/** What somebody has reached, part by part; of several grades in one part the best. */
export function scoreOf(
  document: ScorePartsDocument,
  decision: Decided,
  facts: LearnerFacts,
): Score {
  const parts = document.parts.map((part) => waived(part, decision) ?? tested(part, facts));
  const scores = Object.fromEntries(
    parts.flatMap(({ part, score }) => (score === null ? [] : [[part.id, score]])),
  );
  const compiled = compileScheme(document);
  if (!compiled.ok) throw new Error('a scoring that was published does not compile');
  const { total } = decideScheme(compiled.value, { scores });
  return { parts, total: total === undefined || total === 'none' ? null : total };
}

/** The score that the rules give without any parts: the best of them; null where they give none. */
export function bestScore({ granted }: Decided): string | null {
  return granted.reduce<string | null>(
    (best, { effect, value }) => (effect === 'score' ? better(best, value) : best),
    null,
  );
}

function waived(part: ScorePart, { granted }: Decided): PartScore | null {
  const { waivedBy } = part;
  if (waivedBy === undefined) return null;
  const rules = new Set(
    granted
      .filter(({ effect, value }) => effect === 'exemption' && value === waivedBy)
      .map(({ rule }) => rule),
  );
  const scored = granted.filter(({ rule, effect }) => effect === 'score' && rules.has(rule));
  const score = bestScore({ granted: scored });
  const grant = scored.find(({ value }) => value === score);
  if (score === null || !grant) return null;
  return { part, score, rule: grant.rule, lot: grant.lots[0] ?? null };
}

function tested(part: ScorePart, { outcomes }: LearnerFacts): PartScore {
  const none: PartScore = { part, score: null, rule: null, lot: null };
  return outcomes
    .filter((fact) => part.outcomes.includes(fact.outcome) && isStanding(fact))
    .reduce((best, { grade, lot }) => {
      const score = better(best.score, grade);
      return score === best.score ? best : { part, score, rule: null, lot };
    }, none);
}

/** The higher of two; what is no number is none. */
function better(a: string | null, b: string | null): string | null {
  const [x, y] = [numberOf(a), numberOf(b)];
  if (y === undefined) return a;
  return x === undefined || compare(y, x) > 0 ? b : a;
}

function numberOf(text: string | null): ReturnType<typeof parseDecimal> {
  return text === null ? undefined : parseDecimal(text);
}
