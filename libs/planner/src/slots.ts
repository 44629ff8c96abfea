import { addMonths } from '#libs/credit';
import { byCodeUnit, type CompiledRulebook, type OutcomeFact } from '#libs/rules';
import { outcomeOf } from './additions.js';
import { groupedBy, isRival, Kinds } from './kinds.js';
import { isDuration } from './limits.js';
import type { PeriodDays } from './periods.js';
import { openingDays } from './turning-days.js';
import type { Addition } from './types.js';

/** Additions that are alike, completed on one day. */
export interface SlotStock {
  readonly additions: readonly Addition[];
  readonly completed: string;
  /** As outcomes; their lots have no ids yet. */
  readonly facts: readonly OutcomeFact[];
  /** Equal for the same additions on different days. */
  readonly source: number;
  /** How late among the days of the same additions. */
  readonly delay: number;
  readonly isRival: boolean;
}

export interface Span {
  readonly on: string;
  readonly to: string;
  readonly periods: readonly PeriodDays[];
}

/**
 * Every addition on the earliest day of every period in which it can be completed, and on days from
 * which on a rule counts what is completed. What does not say its months is left out.
 */
export function slotsOf(
  rulebook: CompiledRulebook,
  additions: readonly Addition[],
  { on, to, periods }: Span,
): SlotStock[] {
  const kinds = Kinds.of(rulebook);
  const usable = additions.filter(({ months }) => isDuration(months));
  const openings = openingDays(rulebook, { from: on, to });
  const readyOn = ({ months }: Addition): string => addMonths(on, months);
  const groups = groupedBy(usable, (addition) => {
    return `${readyOn(addition)} ${kinds.keyOf(outcomeOf(addition, '', on))}`;
  });
  return groups.flatMap((group, source) => {
    const alike = group.flatMap((at) => usable[at] ?? []);
    const ready = alike[0] ? readyOn(alike[0]) : to;
    const later = [...periods.map(({ starts }) => starts), ...openings].filter(
      (day) => day > ready,
    );
    const days = [...new Set([...(ready <= to ? [ready] : []), ...later])].sort(byCodeUnit);
    return days.map((completed, delay): SlotStock => {
      const facts = alike.map((addition) => outcomeOf(addition, '', completed));
      const rival = facts.some((fact) => isRival(rulebook, fact));
      return { additions: alike, completed, facts, source, delay, isRival: rival };
    });
  });
}
