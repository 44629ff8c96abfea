import { addMonths, firstDay, lastDay, type PartialDate } from '#libs/credit';
import type { Window } from '../document/rulebook.js';
import type { Verdict } from '../types.js';
import { lotTest, type LotTest, type LotTestKind } from './lot-test.js';

interface CompletedDocument {
  readonly onOrAfter?: string;
  readonly before?: string;
  readonly withinYears?: number;
}

interface Completed {
  readonly onOrAfter: string | null;
  readonly before: string | null;
  readonly withinYears: number | null;
}

/** The outcome was completed in a span of days, or not too long ago. */
export const completed: LotTestKind<'completed', CompletedDocument, Completed | null> = {
  member: 'completed',
  field: 'completed',

  canonical(written) {
    return written ? { onOrAfter: null, before: null, withinYears: null, ...written } : null;
  },

  check() {
    // The schema has seen to it that days are days.
  },

  compile(value) {
    if (!value) return [];
    const { onOrAfter, before, withinYears } = value;
    const tests: LotTest[] = [];
    if (onOrAfter !== null) tests.push(spanTest(`>= ${onOrAfter}`, () => onOrAfter, null));
    if (before !== null) tests.push(spanTest(`< ${before}`, () => null, dayBefore(before)));
    if (withinYears !== null) {
      const from = onceADay((on) => addMonths(on, -12 * withinYears));
      tests.push(spanTest(`within ${withinYears} years`, from, null));
    }
    return tests;
  },

  sentences: {
    change: { en: 'completed {wanted}', zh: '完成时间 {wanted}' },
    waits: {
      completed: {
        en: 'the completion day of {lot} is not known precisely enough',
        zh: '{lot} 的完成日期不够精确',
      },
    },
  },
};

/** A test that the completion day of a lot lies in a window of a rule or document. */
export function windowTest({ from, to }: Window): LotTest {
  return spanTest(`${from}..${to ?? ''}`, () => from, to);
}

/** The same day is asked for again and again; counting back years from it is done once. */
function onceADay(from: (on: string) => string): (on: string) => string {
  let [askedFor, answer] = ['', ''];
  return (on) => {
    if (on !== askedFor) [askedFor, answer] = [on, from(on)];
    return answer;
  };
}

function spanTest(wanted: string, from: (on: string) => string | null, to: string | null): LotTest {
  return lotTest(
    {
      field: 'completed',
      wanted,
      verdict: (lot, { on }) =>
        lot.completed ? withinDays(lot.completed, from(on), to) : 'not-evaluated',
      read: ({ fact }) => fact.completed,
    },
    'completed',
  );
}

/** Whether a day lies in a window, three-valued for a date that is known only to the month. */
function withinDays(date: PartialDate, from: string | null, to: string | null): Verdict {
  const [first, last] = [firstDay(date), lastDay(date)];
  if ((from !== null && last < from) || (to !== null && first > to)) return 'false';
  return (from === null || first >= from) && (to === null || last <= to) ? 'true' : 'not-evaluated';
}

/** The day before, written so that comparing texts works; it need not be a day of the calendar. */
function dayBefore(day: string): string {
  const dayOfMonth = Number(day.slice(8)) - 1;
  if (dayOfMonth > 0) return `${day.slice(0, 8)}${String(dayOfMonth).padStart(2, '0')}`;
  return `${addMonths(`${day.slice(0, 8)}15`, -1).slice(0, 8)}31`;
}
