import type { Translation } from '../shape';
import type { review as chinese } from '../zh/review';

export const review: Translation<typeof chinese> = {
  title: 'Review conversions',
  lead: 'The rules compute, you decide. The list updates by itself.',
  none: 'No application needs you.',
  page: {
    title: 'Review an application',
    all: 'Back to all applications',
    created: 'Submitted {{at}}',
    outcomes: 'The learner’s outcomes',
  },
  findings: {
    title: 'To be judged by you',
    text: 'The rules wait for these judgements. Recording one evaluates the application again.',
    value: 'Finding: {{finding}}',
    wanted: 'The rule wants {{wanted}}; digits only.',
    record: 'Record the finding',
  },
  verdict: {
    title: 'Your verdict',
    choose: 'Choose',
    approve: 'Approve and book it as computed',
    return: 'Return it to the applicant',
    reject: 'Reject it',
    note: 'Note',
    noteHint: 'The applicant reads it. Needed when you return or reject.',
    record: 'Record the verdict',
  },
};
