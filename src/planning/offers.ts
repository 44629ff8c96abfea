import { addMonths, formatCredits, formatHours, parsePartialDate } from '#libs/credit';
import type { Addition } from '#libs/planner';
import type { CatalogueMatcher, OutcomeDefinition } from '../catalogue/index.js';
import { orThrow, Refusal } from '../platform/http/index.js';
import type { IntendedOutcomeDto } from './planning.dto.js';

/** Months that an outcome takes when nobody says: one semester. */
export const USUAL_MONTHS = 6;

/** An outcome of the catalogue that a learner does not have, and what stands for it in a plan. */
export interface Offer {
  readonly definition: OutcomeDefinition;
  readonly addition: Addition;
}

/**
 * The catalogue as offers: what can be completed on a day and the learner does not have yet. It is
 * taken to be passed with the pass mark and full attendance, and to take the usual months.
 *
 * @param has codes of outcomes that are not offered again
 */
export function openOffers(
  matcher: CatalogueMatcher,
  completed: string,
  has: ReadonlySet<string>,
): Offer[] {
  const day = parsePartialDate(completed);
  if (!day) return [];
  return matcher
    .all()
    .filter(({ code }) => !has.has(code))
    .filter((one) => matcher.mayPost(one, one.institution.id, day) === null)
    .map((definition) => ({ definition, addition: additionOf(definition, {}) }))
    .sort((a, b) => (a.definition.code < b.definition.code ? -1 : 1));
}

/**
 * The outcomes that somebody names. Refuses with `unknown-outcome` and with `outcome-closed` when the
 * institution does not take completions of the day any more.
 *
 * @param isLater whether each is completed its months after the day, and not on the day
 */
export function namedOffers(
  matcher: CatalogueMatcher,
  wanted: readonly IntendedOutcomeDto[],
  { on, isLater }: { readonly on: string; readonly isLater: boolean },
): Offer[] {
  return wanted.map((intended) => {
    const found = matcher.byCode(intended.code);
    const definition = orThrow(
      found.ok ? { ok: true, value: found.definition } : { ok: false, problem: found.problem },
    );
    const addition = additionOf(definition, intended);
    const day = parsePartialDate(isLater ? addMonths(on, addition.months) : on);
    const closed = day ? matcher.mayPost(definition, definition.institution.id, day) : null;
    if (closed) throw new Refusal(closed);
    return { definition, addition };
  });
}

function additionOf(
  definition: OutcomeDefinition,
  { grade, months = USUAL_MONTHS }: Partial<IntendedOutcomeDto>,
): Addition {
  const { code, title, source, kind, category, institution, credits, minutes } = definition;
  return {
    outcome: code,
    title: title.zh,
    source,
    kind,
    category: category.code,
    issuer: institution.code,
    credits: credits === null ? null : formatCredits(credits),
    hours: minutes === null ? null : formatHours(minutes),
    months,
    grade: grade ?? definition.passGrade,
    gradeScale: definition.gradeScale,
    passGrade: definition.passGrade,
    level: definition.level,
    levelScale: definition.levelScale,
    attendancePercent: '100',
  };
}
