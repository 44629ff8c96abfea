import { addMonths } from '#libs/credit';
import type { Window } from '../document/rulebook.js';
import { type DateRead, numberOfDay } from '../learner/days.js';
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
    if (onOrAfter !== null) tests.push(fixedSpanTest(`>= ${onOrAfter}`, onOrAfter, null));
    if (before !== null) tests.push(fixedSpanTest(`< ${before}`, null, dayBefore(before)));
    if (withinYears !== null) {
      const example = (on: string): string => addMonths(on, -12 * withinYears);
      const from = onceADay(example);
      tests.push(spanTest(`within ${withinYears} years`, { from, to: null, example }));
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
  return fixedSpanTest(`${from}..${to ?? ''}`, from, to);
}

/** A test that the outcome is completed on a day or before. */
export function untilTest(day: string): LotTest {
  return fixedSpanTest(`<= ${day}`, null, day);
}

/** The same day is asked for again and again; counting back years from it is done once. */
function onceADay(from: (on: string) => string): (on: string) => number {
  let [askedFor, answer] = ['', 0];
  return (on) => {
    if (on !== askedFor) [askedFor, answer] = [on, numberOfDay(from(on))];
    return answer;
  };
}

function fixedSpanTest(wanted: string, from: string | null, to: string | null): LotTest {
  const first = from === null ? -Infinity : numberOfDay(from);
  // `to` need not be a day of the calendar, the first of its month is.
  const within = from ?? `${to?.slice(0, 8)}01`;
  return spanTest(wanted, { from: () => first, to, example: () => within });
}

interface Span {
  readonly from: (on: string) => number;
  readonly to: string | null;
  /** A day within it. */
  readonly example: (on: string) => string;
}

function spanTest(wanted: string, { from, to, example }: Span): LotTest {
  const last = to === null ? Infinity : numberOfDay(to);
  return lotTest(
    {
      field: 'completed',
      wanted,
      // What was completed on a day was not completed on another one.
      canChange: false,
      verdict: ({ days }, { on }) => (days ? withinDays(days, from(on), last) : 'not-evaluated'),
      read: ({ fact }) => fact.completed,
      examples: (_, on) => [{ fact: { completed: example(on) } }],
    },
    'completed',
  );
}

/** Whether a day lies in a window, three-valued for a date that is known only to the month. */
function withinDays({ first, last }: DateRead, from: number, to: number): Verdict {
  if (last < from || first > to) return 'false';
  return first >= from && last <= to ? 'true' : 'not-evaluated';
}

/** The day before, written so that comparing texts works; it need not be a day of the calendar. */
function dayBefore(day: string): string {
  const dayOfMonth = Number(day.slice(8)) - 1;
  if (dayOfMonth > 0) return `${day.slice(0, 8)}${String(dayOfMonth).padStart(2, '0')}`;
  return `${addMonths(`${day.slice(0, 8)}15`, -1).slice(0, 8)}31`;
}
