/** How far a planner looks. Beyond a limit its answers are right, but no longer `proven`. */
export const PLAN_LIMITS = {
  /** Outcomes of a catalogue that some rule can use; the cheapest ones are kept. */
  items: 400,
  /** Choices of outcomes that are evaluated for one answer. */
  rounds: 24,
  /** Evaluations to leave out what is needless where the search found nothing. */
  thinning: 8,
  /** Multiplications of all searches for one answer: about fifty milliseconds. */
  work: 8_000_000,
  /** Semesters that are looked at for the earliest date, the present one included. */
  periods: 16,
  /** Days on which the same facts begin to be read otherwise, such as the start of a rule. */
  turns: 24,
  /** Additions that are spread over them; those given first. */
  scheduled: 60,
  /** Months of one addition; a hundred years. */
  months: 1200,
} as const;

/** Whether a number of months can be counted with. */
export function isDuration(months: number): boolean {
  return Number.isInteger(months) && months >= 0 && months <= PLAN_LIMITS.months;
}
