import { byCodeUnit, type CompiledRulebook, evaluate, type LearnerFacts } from '#libs/rules';

/** Years that are looked at: what is completed late in one graduates in the next. */
const YEARS = 3;

/**
 * The first month of graduation for which everything that is needed was completed by its cut-off day
 * (R34), `yyyy-MM`. A learner who is to graduate in a month that is known keeps it. Null where the
 * calendar has no cut-off days, or where no month will do.
 *
 * @param facts with which the award is met on the day
 */
export function graduationOf(
  rulebook: CompiledRulebook,
  facts: LearnerFacts,
  day: string,
): string | null {
  const { calendar } = rulebook.rulebook;
  if (facts.graduates !== undefined) return facts.graduates;
  if (!calendar || calendar.cutOffs.length === 0) return null;
  const first = Number(day.slice(0, 4));
  const months = Array.from({ length: YEARS }, (_, index) => first + index)
    .flatMap((year) => calendar.cutOffs.map(({ graduation }) => `${year}-${graduation}`))
    .filter((month) => month >= day.slice(0, 7))
    .sort(byCodeUnit);
  const isEnough = (graduates: string): boolean =>
    evaluate(rulebook, { ...facts, graduates }, day).award === 'met';
  return months.find(isEnough) ?? null;
}
