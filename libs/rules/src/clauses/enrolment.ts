import { byCodeUnit } from '../canonical.js';
import type { LearnerTestKind } from './learner-test.js';
import { truth } from './lot-test.js';

/** The learner is enrolled in a programme. Nobody's enrolment is unknown. */
export const enrolment: LearnerTestKind<'enrolledIn', string, 'enrolment', 'enrolment'> = {
  member: 'enrolledIn',
  field: 'enrolment',

  canonical(written) {
    return written ?? null;
  },

  compile(programme) {
    if (programme == null) return [];
    return [
      {
        field: 'enrolment',
        wanted: programme,
        waitsFor: 'enrolment',
        verdict: ({ learner }) => truth(learner.enrolledIn.includes(programme)),
        example: ({ learner }) => ({ enrolledIn: [...learner.enrolledIn, programme] }),
        read: ({ learner }) => [...learner.enrolledIn].sort(byCodeUnit).join(', ') || null,
      },
    ];
  },

  sentences: {
    change: { en: 'enrolled in {wanted}', zh: '就读于 {wanted}' },
    waits: { enrolment: { en: 'the enrolments are unknown', zh: '就读信息未知' } },
  },
};
