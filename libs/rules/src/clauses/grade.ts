import { compare } from '#libs/credit';
import type { Scales } from '../learner/scales.js';
import { type Bounds, type BoundsDocument, boundTests, checkBounds } from './bounds.js';
import { lotTest, type LotTest, type LotTestKind, truth } from './lot-test.js';

interface Passed {
  readonly passed: true;
}

/** The grade lies in an interval of a scale, or is a pass where it was given. */
export const grade: LotTestKind<
  'grade',
  Passed | BoundsDocument,
  Passed | Bounds | null,
  'grade',
  'grade' | 'pass-grade'
> = {
  member: 'grade',
  field: 'grade',

  canonical(written) {
    if (!written) return null;
    return 'passed' in written ? written : { atLeast: null, below: null, ...written };
  },

  check(value, path, context) {
    if (value && 'scale' in value) checkBounds(value, path, context);
  },

  compile(value, { scales }) {
    if (!value) return [];
    if ('passed' in value) return [passTest(scales)];
    return boundTests('grade', value, scales);
  },

  sentences: {
    change: { en: 'a grade {wanted}', zh: '成绩 {wanted}' },
    waits: {
      grade: { en: 'the grade of {lot} is unknown', zh: '{lot} 的成绩未知' },
      'pass-grade': {
        en: 'the pass mark of the sending school for {lot} is unknown',
        zh: '{lot} 原学校的及格线未知',
      },
    },
  },
};

/** The pass mark of the sending school decides, on its own scale (R10). */
function passTest(scales: Scales): LotTest {
  return {
    ...lotTest(
      {
        field: 'grade',
        wanted: 'passed',
        verdict: ({ fact }) => {
          const given = scales.rank(fact.gradeScale, fact.grade);
          const pass = scales.rank(fact.gradeScale, fact.passGrade);
          return truth(given && pass ? compare(given, pass) >= 0 : undefined);
        },
        read: ({ fact }) =>
          fact.grade === null ? null : `${fact.grade} / ${fact.passGrade ?? '?'}`,
        examples: ({ grade, gradeScale }) => [
          { fact: { passGrade: grade } },
          ...scales.names().map((name) => {
            const value = name === gradeScale ? grade : scales.lowestValue(name);
            return { fact: { grade: value, gradeScale: name, passGrade: value } };
          }),
        ],
      },
      'pass-grade',
    ),
    waitsFor: ({ fact }) => (fact.grade === null ? 'grade' : 'pass-grade'),
  };
}
