import { compare, parseDecimal } from '#libs/credit';
import { lotTest, type LotTestKind, truth } from './lot-test.js';
import type { AtLeast } from './at-least.js';

/** The learner attended at least so many percent. */
export const attendance: LotTestKind<'attendance', AtLeast, AtLeast | null> = {
  member: 'attendance',
  field: 'attendance',

  canonical(written) {
    return written ?? null;
  },

  check(value, path, { check }) {
    if (value) check.percent(`${path}/atLeast`, value.atLeast);
  },

  compile(value) {
    if (!value) return [];
    const wanted = parseDecimal(value.atLeast);
    const test = lotTest(
      {
        field: 'attendance',
        wanted: `>= ${value.atLeast} %`,
        verdict: ({ fact: { attendancePercent: text } }) => {
          const read = text === null ? undefined : parseDecimal(text);
          return truth(read && wanted && compare(read, wanted) >= 0);
        },
        read: ({ fact }) => fact.attendancePercent,
        examples: () => [{ fact: { attendancePercent: value.atLeast } }],
      },
      'attendance',
    );
    return [test];
  },

  sentences: {
    change: { en: 'attendance of {wanted}', zh: '出勤率 {wanted}' },
    waits: { attendance: { en: 'the attendance of {lot} is unknown', zh: '{lot} 的出勤率未知' } },
  },
};
