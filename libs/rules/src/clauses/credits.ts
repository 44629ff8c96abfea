import { formatCredits, parseCredits } from '#libs/credit';
import { lotTest, type LotTestKind, truth } from './lot-test.js';
import type { AtLeast } from './at-least.js';
import type { OutcomeFact } from '../types.js';

/** The outcome was worth at least so many credits when it was deposited. */
export const credits: LotTestKind<'credits', AtLeast, AtLeast | null> = {
  member: 'credits',
  field: 'credits',

  canonical(written) {
    return written ?? null;
  },

  check(value, path, { check }) {
    if (value) check.credits(`${path}/atLeast`, value.atLeast);
  },

  compile(value) {
    const wanted = value ? parseCredits(value.atLeast) : undefined;
    if (!value || !wanted?.ok) return [];
    const test = lotTest(
      {
        field: 'credits',
        wanted: `>= ${value.atLeast}`,
        verdict: ({ worthMillicredits: worth }) =>
          truth(worth === null ? undefined : worth >= wanted.amount),
        read: ({ worthMillicredits: worth }) => (worth === null ? null : formatCredits(worth)),
        examples: (fact) => [{ fact: worthOf(fact, value.atLeast) }],
      },
      'credits',
    );
    return [test];
  },

  sentences: {
    change: { en: '{wanted} credits', zh: '{wanted} 学分' },
    waits: { credits: { en: 'the credit value of {lot} is unknown', zh: '{lot} 的学分值未知' } },
  },
};

/** An outcome that was worth nothing known has nothing used up of it either. */
export function worthOf(fact: OutcomeFact, credits: string): Partial<OutcomeFact> {
  return fact.credits === null ? { credits, available: credits } : { credits };
}
