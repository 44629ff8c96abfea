import { addMonths } from '#libs/credit';
import type { LearnerTestKind } from './learner-test.js';
import { truth } from './lot-test.js';

/** The learner is at least so many years old. */
export const age: LearnerTestKind<'ageAtLeast', number, 'age', 'born'> = {
  member: 'ageAtLeast',
  field: 'age',

  canonical(written) {
    return written ?? null;
  },

  compile(years) {
    if (years == null) return [];
    return [
      {
        field: 'age',
        wanted: `>= ${years}`,
        waitsFor: 'born',
        verdict: ({ learner, on }) => {
          const reached = ageOn(learner.born, on);
          return truth(reached === null ? undefined : reached >= years);
        },
        example: ({ on }) => ({ born: addMonths(on, -12 * years) }),
        read: ({ learner, on }) => {
          const reached = ageOn(learner.born, on);
          return reached === null ? null : String(reached);
        },
      },
    ];
  },

  sentences: {
    change: { en: 'an age of {wanted}', zh: '年龄 {wanted} 周岁' },
    waits: { born: { en: 'the day of birth is unknown', zh: '出生日期未知' } },
  },
};

/** Whole years from the day of birth; null when the day is unknown or cannot be read. */
function ageOn(born: string | null, on: string): number | null {
  if (born === null || !/^\d{4}-\d{2}-\d{2}$/.test(born)) return null;
  const years = Number(on.slice(0, 4)) - Number(born.slice(0, 4));
  return on.slice(5) < born.slice(5) ? years - 1 : years;
}
