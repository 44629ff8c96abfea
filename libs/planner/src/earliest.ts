import { addMonths } from '#libs/credit';
import {
  byCodeUnit,
  type CompiledRulebook,
  type Decision,
  evaluate,
  type LearnerFacts,
  offersOf,
  type OutcomeFact,
  withoutRivals,
} from '#libs/rules';
import { imaginedLots, withOutcomes } from './additions.js';
import { Chooser } from './chooser.js';
import { graduationOf } from './graduation.js';
import { isDuration, PLAN_LIMITS } from './limits.js';
import { periodsFrom } from './periods.js';
import { periodOn, type Scheduled, scheduleOf, type Semester } from './schedule.js';
import { slotsOf, type SlotStock } from './slots.js';
import { growsOld, turningDays } from './turning-days.js';
import type { Addition } from './types.js';

/** When the award can be met, and how the additions have to be spread over the semesters for it. */
export interface Earliest {
  /** First day on which the award is met, `yyyy-MM-dd`; null when none was found. */
  readonly date: string | null;
  /**
   * There is a proof that the award cannot be met before this day. Null when that holds for every
   * day that was looked at.
   */
  readonly notBefore: string | null;
  /**
   * First month of graduation, `yyyy-MM`, for which everything is completed by its cut-off day
   * (R34). Null without a date, or where the calendar has no cut-off days.
   */
  readonly graduation: string | null;
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

const NOTHING = {
  date: null,
  graduation: null,
  additions: [],
  schedule: [],
  binding: false,
  decision: null,
} as const;

/**
 * The first day on which the award can be met if the additions are completed as early, and in such
 * semesters, as the caps of years and semesters want it. The calendar of the document says when they
 * begin; an outcome counts where it is completed (R34). An addition is completed at the earliest its
 * months after the day, or on the first day of a later semester, or when a rule begins to count what
 * is completed. Every answer is evaluated. Also looked at are the days on which a rule comes into
 * force or goes out of it, a lot expires, or the learner reaches an age.
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
  if (rulebook.requirements.length === 0) return { ...NOTHING, notBefore: null, proven: true };
  const desk = new Desk(rulebook, facts, on, {
    work: PLAN_LIMITS.work,
    rounds: PLAN_LIMITS.rounds,
  });
  const known = additions.slice(0, PLAN_LIMITS.scheduled);
  return desk.search(known, known.length === additions.length);
}

/** What is left of it, for all days together. */
interface Budget {
  work: number;
  rounds: number;
}

/** One question, and what was found out so far. */
class Desk {
  /** The first day for which there is no proof that the award cannot be met. */
  #unproven: string | null = null;
  readonly #relaxed: CompiledRulebook;

  constructor(
    readonly rulebook: CompiledRulebook,
    readonly facts: LearnerFacts,
    readonly on: string,
    readonly budget: Budget,
  ) {
    this.#relaxed = withoutRivals(rulebook);
  }

  search(additions: readonly Addition[], isWhole: boolean): Earliest {
    const { rulebook, facts, on } = this;
    const { calendar } = rulebook.rulebook;
    const periods = calendar ? periodsFrom(calendar, on, PLAN_LIMITS.periods) : [];
    const to = periods.at(-1)?.ends ?? lastDayOf(on, additions);
    const turning = turningDays(rulebook, facts, { from: on, to });
    const turns = turning.slice(0, PLAN_LIMITS.turns);
    const stocks = slotsOf(rulebook, additions, { on, to, periods });
    if (!isWhole || growsOld(rulebook, { from: on, to })) this.#unproven = on;
    const cuts = [2, 4, 8].flatMap((count) => periods[count]?.starts ?? []);
    const days = [on, ...turns, ...stocks.map(({ completed }) => completed)];
    for (const stretch of stretchesOf(days, [on, ...turns, ...cuts])) {
      const found = this.#within(stretch, stocks);
      if (found) return found;
      if (this.budget.work <= 0 || this.budget.rounds <= 0) break;
    }
    const cut = turning[PLAN_LIMITS.turns];
    if (cut !== undefined) this.#unproven ??= cut;
    return { ...NOTHING, notBefore: this.#unproven, proven: this.#unproven === null };
  }

  /** The first day of a stretch on which the award can be met. */
  #within(days: readonly string[], all: readonly SlotStock[]): Earliest | null {
    const [first = '', last = ''] = [days[0], days.at(-1)];
    const stocks = all.filter(({ completed }) => completed <= last);
    const chooser = this.#chooserOn(first, stocks);
    for (const day of days.slice(this.#firstPossible(days, { chooser, stocks }))) {
      const answer = this.#metOn(day, { chooser, stocks });
      if (answer) return answer;
    }
    return null;
  }

  #chooserOn(day: string, stocks: readonly SlotStock[]): Chooser {
    const facts = stocks.flatMap((stock) => stock.facts);
    const lots = imaginedLots(this.facts, facts.length);
    const more = facts.map((fact, at) => ({ ...fact, lot: lots[at] ?? '' }));
    const imagined = withOutcomes(this.facts, more);
    const offers = offersOf(this.#relaxed, imagined, day, new Set(lots));
    if (!offers.isComplete) this.#unproven ??= day;
    let end = 0;
    return new Chooser(
      offers,
      stocks.map((stock) => {
        const start = end;
        end += stock.facts.length;
        // Fewest additions win; of equals those that are completed early.
        return { ...stock, lots: lots.slice(start, end), cost: 0 };
      }),
      this.#relaxed !== this.rulebook,
    );
  }

  /**
   * Position of the first day on which a choice is possible: it is possible on the later ones too.
   * After the last one when there is none.
   */
  #firstPossible(days: readonly string[], { chooser, stocks }: Spread): number {
    let [low, high] = [0, days.length];
    // Mostly all of a stretch is too early, so its last day is asked about first.
    for (let middle = high - 1; low < high; middle = Math.floor((low + high) / 2)) {
      const isClosed = closedOn(days[middle] ?? '', stocks);
      const { counts, isProven, work } = chooser.next({
        work: this.budget.work,
        isClosed,
        isAny: true,
      });
      this.budget.work -= work;
      if (!isProven && !counts) this.#unproven ??= days[low] ?? null;
      if (counts) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** Whether the award can be met on a day with what can be completed until then. */
  #metOn(day: string, { chooser, stocks }: Spread): Earliest | null {
    const isClosed = closedOn(day, stocks);
    while (this.budget.work > 0 && this.budget.rounds > 0) {
      const { counts, isProven, work } = chooser.next({ work: this.budget.work, isClosed });
      this.budget.work -= work;
      if (!counts) {
        if (!isProven) this.#unproven ??= day;
        return null;
      }
      this.budget.rounds -= 1;
      const answer = this.#answerOn(day, chosenOf(counts, stocks));
      if (answer) return answer;
      chooser.forbid(counts);
    }
    this.#unproven ??= day;
    return null;
  }

  /** Null when an evaluation does not call it met. */
  #answerOn(day: string, chosen: readonly Done[]): Earliest | null {
    const lots = imaginedLots(this.facts, chosen.length);
    const numbered = chosen.map((done, at) => ({ ...done, lot: lots[at] ?? '' }));
    const more = numbered.map(({ fact, lot }) => ({ ...fact, lot }));
    const facts = withOutcomes(this.facts, more);
    const decision = evaluate(this.rulebook, facts, day);
    if (decision.award !== 'met') return null;
    const { calendar } = this.rulebook.rulebook;
    return {
      date: day,
      notBefore: this.#unproven ?? day,
      graduation: graduationOf(this.rulebook, facts, day),
      additions: numbered.map(({ addition, lot, fact: { completed } }) => {
        return { addition, lot, completed, period: periodOn(calendar, completed) };
      }),
      schedule: scheduleOf(calendar, decision, facts),
      binding: false,
      decision,
      proven: this.#unproven === null,
    };
  }
}

interface Spread {
  readonly chooser: Chooser;
  readonly stocks: readonly SlotStock[];
}

/** One addition that is completed on a day. */
interface Done {
  readonly addition: Addition;
  readonly fact: OutcomeFact;
}

/** Where there are no periods: as far as the additions reach, and as long as semesters would last. */
function lastDayOf(on: string, additions: readonly Addition[]): string {
  const months = additions.filter(({ months: count }) => isDuration(count));
  return addMonths(on, Math.max(6 * PLAN_LIMITS.periods, ...months.map((each) => each.months)));
}

/** Days of interest, parted where the same facts begin to be read otherwise. */
function stretchesOf(days: readonly string[], starts: readonly string[]): string[][] {
  const sorted = [...new Set(days)].sort(byCodeUnit);
  const from = [...new Set(starts)].sort(byCodeUnit);
  return from
    .map((start, at) => {
      const end = from[at + 1];
      return sorted.filter((day) => day >= start && (end === undefined || day < end));
    })
    .filter((stretch) => stretch.length > 0);
}

function closedOn(day: string, stocks: readonly SlotStock[]): (stock: number) => boolean {
  return (stock) => (stocks[stock]?.completed ?? '') > day;
}

/** Which additions are completed when: of those that are alike the first ones first. */
function chosenOf(counts: readonly number[], stocks: readonly SlotStock[]): Done[] {
  const taken = new Map<number, number>();
  return stocks.flatMap(({ additions, facts, source }, stock) => {
    const start = taken.get(source) ?? 0;
    const end = start + (counts[stock] ?? 0);
    taken.set(source, end);
    return additions.slice(start, end).flatMap((addition, at): Done[] => {
      const fact = facts[start + at];
      return fact ? [{ addition, fact }] : [];
    });
  });
}
