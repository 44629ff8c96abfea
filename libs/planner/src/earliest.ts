import { addMonths, formatCredits, parsePartialDate } from '#libs/credit';
import {
  byCodeUnit,
  type Calendar,
  type CompiledRulebook,
  type Decision,
  evaluate,
  type Grant,
  type LearnerFacts,
  offersOf,
  periodOf,
  withoutRivals,
} from '#libs/rules';
import { imaginedLots, outcomeOf, withOutcomes } from './additions.js';
import { millicreditsOf } from './amounts.js';
import { Chooser, type Item } from './chooser.js';
import { isDuration, PLAN_LIMITS } from './limits.js';
import { periodsFrom } from './periods.js';
import type { Addition } from './types.js';

/** When the award can be met, and how the additions have to be spread over the semesters for it. */
export interface Earliest {
  /** First day on which the award is met, `yyyy-MM-dd`; null when none was found. */
  readonly date: string | null;
  /** The additions that are needed, each with the day on which it is completed. */
  readonly additions: readonly Scheduled[];
  /** Which credits count in which semester, from the first to the last. */
  readonly schedule: readonly Semester[];
  /** Always false: it speaks of outcomes that nobody has, so it must never be booked. */
  readonly binding: false;
  /** On that day with these additions; its `award` is `met`. Null without a date. */
  readonly decision: Decision | null;
  /** Whether no earlier day will do or, without a date, none within the periods looked at. */
  readonly proven: boolean;
}

export interface Scheduled {
  readonly addition: Addition;
  /** Id under which it stands in the decision. */
  readonly lot: string;
  readonly completed: string;
  /** As in {@link Semester}. */
  readonly period: string | null;
}

export interface Semester {
  /** `2026/autumn`, or `2026` where the calendar has no semesters; null when it is not known. */
  readonly period: string | null;
  /** What the grants of the decision count in it, a decimal. */
  readonly credits: string;
  readonly grants: readonly Grant[];
}

/**
 * The first day on which the award can be met if the additions are completed as early, and in such
 * semesters, as the caps of years and semesters want it. The calendar of the document says when they
 * begin; an outcome counts where it is completed (R34). An addition is completed at the earliest its
 * months after the day, or on the first day of a later semester. Every answer is evaluated. Only days
 * on which something is completed are looked at, not those on which a rule comes into force.
 *
 * @param additions what the learner is ready to complete; what is not needed is left out, and so is
 *   what does not say its months as a whole number
 * @param on the day from which time is counted, `yyyy-MM-dd`
 */
export function earliest(
  rulebook: CompiledRulebook,
  facts: LearnerFacts,
  additions: readonly Addition[],
  on: string,
): Earliest {
  const nothing = {
    date: null,
    additions: [],
    schedule: [],
    binding: false,
    decision: null,
  } as const;
  if (rulebook.requirements.length === 0) return { ...nothing, proven: true };
  const known = additions.slice(0, PLAN_LIMITS.scheduled);
  const slots = slotsOf(rulebook, facts, known, on);
  const days = [...new Set([on, ...slots.map(({ completed }) => completed)])].sort(byCodeUnit);
  const question: Question = { rulebook, relaxed: withoutRivals(rulebook), facts, slots };
  const budget: Budget = { work: PLAN_LIMITS.work, rounds: PLAN_LIMITS.rounds };
  let proven = known.length === additions.length;
  for (const day of days) {
    const found = metOn(question, day, budget);
    proven &&= found.isProven;
    if (found.answer) return { ...found.answer, date: day, binding: false, proven };
    if (budget.work <= 0 || budget.rounds === 0) break;
  }
  return { ...nothing, proven };
}

/** One addition completed on one day. */
interface Slot extends Item {
  readonly addition: Addition;
  readonly completed: string;
}

interface Question {
  readonly rulebook: CompiledRulebook;
  readonly relaxed: CompiledRulebook;
  readonly facts: LearnerFacts;
  readonly slots: readonly Slot[];
}

/** What is left of it, for all days together. */
interface Budget {
  work: number;
  rounds: number;
}

/** Every addition on the earliest day of every period in which it can be completed. */
function slotsOf(
  { rulebook: { calendar } }: CompiledRulebook,
  facts: LearnerFacts,
  additions: readonly Addition[],
  on: string,
): Slot[] {
  const periods = calendar ? periodsFrom(calendar, on, PLAN_LIMITS.periods) : [];
  const lots = imaginedLots(facts, additions.length * Math.max(1, periods.length));
  let next = 0;
  return additions.flatMap((addition, group) => {
    if (!isDuration(addition.months)) return [];
    const ready = addMonths(on, addition.months);
    const starts = periods.filter(({ starts, ends }) => starts <= ready && ready <= ends);
    const later = periods.filter(({ starts }) => starts > ready);
    const days = periods.length === 0 || starts.length > 0 ? [ready] : [];
    return [...days, ...later.map(({ starts }) => starts)].map((completed): Slot => {
      const lot = lots[next] ?? '';
      next += 1;
      // Fewest additions win; of equals those given first, each in the first semester with room.
      return { addition, completed, lot, group, cost: 1 };
    });
  });
}

interface Found {
  readonly answer: Pick<Earliest, 'additions' | 'schedule' | 'decision'> | null;
  readonly isProven: boolean;
}

/** Whether the award can be met on a day with what can be completed until then. */
function metOn({ rulebook, relaxed, facts, slots }: Question, day: string, budget: Budget): Found {
  const open = slots.filter(({ completed }) => completed <= day);
  const all = factsWith(facts, open);
  const offers = offersOf(relaxed, all, day, new Set(open.map(({ lot }) => lot)));
  const chooser = new Chooser(offers, open);
  let isProven = offers.isComplete;
  while (budget.work > 0 && budget.rounds > 0) {
    const chosen = chooser.next(budget.work);
    budget.work -= chosen.work;
    isProven &&= chosen.isProven;
    if (!chosen.items) return { answer: null, isProven };
    budget.rounds -= 1;
    const items = chosen.items.flatMap((at) => open[at] ?? []);
    const decision = evaluate(rulebook, factsWith(facts, items), day);
    if (decision.award !== 'met') {
      chooser.forbid(chosen.items);
      continue;
    }
    const { calendar } = rulebook.rulebook;
    const additions = items.map(({ addition, lot, completed }) => {
      return { addition, lot, completed, period: periodOn(calendar, completed) };
    });
    const schedule = scheduleOf(calendar, decision, factsWith(facts, items));
    return { answer: { additions, schedule, decision }, isProven: true };
  }
  return { answer: null, isProven: false };
}

function factsWith(facts: LearnerFacts, slots: readonly Slot[]): LearnerFacts {
  return withOutcomes(
    facts,
    slots.map(({ addition, lot, completed }) => outcomeOf(addition, lot, completed)),
  );
}

/** Grants by the period they count in; one that rests on several periods stands in the last. */
function scheduleOf(
  calendar: Calendar | undefined,
  { granted }: Decision,
  { outcomes }: LearnerFacts,
): Semester[] {
  const days = new Map(outcomes.map(({ lot, completed }) => [lot, completed]));
  const dated = granted
    .filter(({ lots }) => lots.length > 0)
    .map((grant) => {
      const completed = grant.completed ?? grant.lots.flatMap((lot) => days.get(lot) ?? []);
      const last = [...completed].sort(byCodeUnit).at(-1) ?? '';
      return { grant, last, period: periodOn(calendar, last) };
    })
    .sort((a, b) => byCodeUnit(a.last, b.last));
  return [...new Set(dated.map(({ period }) => period))].map((period) => {
    const grants = dated.filter((each) => each.period === period).map(({ grant }) => grant);
    const credits = grants.reduce((total, grant) => total + millicreditsOf(grant.credits), 0n);
    return { period, credits: formatCredits(credits), grants };
  });
}

function periodOn(calendar: Calendar | undefined, completed: string): string | null {
  const per = calendar?.semesters.length ? 'semester' : 'academic-year';
  return periodOf(calendar, per, parsePartialDate(completed) ?? null);
}
