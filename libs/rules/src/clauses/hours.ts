import { formatHours, parseHours } from '#libs/credit';
import { lotTest, type LotTestKind, truth } from './lot-test.js';
import type { AtLeast } from './at-least.js';

/** The outcome took at least so many hours. */
export const hours: LotTestKind<'hours', AtLeast, AtLeast | null> = {
  member: 'hours',
  field: 'hours',

  canonical(written) {
    return written ?? null;
  },

  check(value, path, { check }) {
    if (value && parseHours(value.atLeast) === undefined) {
      const params = { value: value.atLeast, range: '0 –, 1/60' };
      check.fault(`${path}/atLeast`, 'rulebook-number', params);
    }
  },

  compile(value) {
    const minutes = value ? parseHours(value.atLeast) : undefined;
    if (!value || minutes === undefined) return [];
    const test = lotTest(
      {
        field: 'hours',
        wanted: `>= ${value.atLeast}`,
        verdict: (lot) => truth(lot.minutes === null ? undefined : lot.minutes >= minutes),
        read: (lot) => (lot.minutes === null ? null : formatHours(lot.minutes)),
        examples: () => [{ fact: { hours: value.atLeast } }],
      },
      'hours',
    );
    return [test];
  },

  sentences: {
    change: { en: '{wanted} hours', zh: '{wanted} 学时' },
    waits: { hours: { en: 'the hours of {lot} are unknown', zh: '{lot} 的学时未知' } },
  },
};
