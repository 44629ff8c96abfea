import type { LearnerTestKind } from './learner-test.js';
import { truth } from './lot-test.js';
import type { PriorGrant } from '../types.js';

/** A course of the programme was recognised by an earlier decision. */
export const recognised: LearnerTestKind<'recognised', string, 'recognised', 'recognised'> = {
  member: 'recognised',
  field: 'recognised',

  canonical(written) {
    return written;
  },

  compile(course) {
    if (course == null) return [];
    return [
      {
        field: 'recognised',
        wanted: course,
        waitsFor: 'recognised',
        verdict: ({ learner }) => truth(learner.granted.some((grant) => grant.course === course)),
        example: ({ learner }) => ({ granted: [...learner.granted, grantOf(course)] }),
        read: ({ learner }) =>
          learner.granted.some((grant) => grant.course === course) ? course : null,
      },
    ];
  },

  sentences: {
    change: { en: 'have {wanted} recognised first', zh: '先取得 {wanted} 的认定' },
    waits: {
      recognised: {
        en: 'it is not known whether {wanted} is recognised',
        zh: '{wanted} 是否已认定尚不清楚',
      },
    },
  },
};

function grantOf(course: string): PriorGrant {
  return {
    rule: 'imagined',
    course,
    elective: null,
    category: null,
    credits: '0',
    sources: [],
    issuers: [],
    uses: [],
  };
}
