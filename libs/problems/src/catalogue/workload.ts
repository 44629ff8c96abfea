import type { ProblemDefinition } from '../definition.js';

/** Refusals about statements of workload. */
export const workloadProblems = {
  'period-not-over': {
    status: 422,
    title: { en: 'This period is not over yet', zh: '该期间尚未结束' },
    change: {
      en: 'It ends on {to}. Close it on a later day.',
      zh: '该期间至 {to} 结束，请在其后结账。',
    },
  },
  'workload-closed': {
    status: 409,
    title: { en: 'This period is closed', zh: '该期间已结账' },
    change: {
      en: 'A closed statement stays as it is. Corrections stand in the next statement.',
      zh: '已结账的内容不再更改，更正将计入下一期结账。',
    },
  },
  'workload-overlaps': {
    status: 409,
    title: {
      en: 'A closed period has days in common with this one',
      zh: '与已结账的期间有重叠',
    },
    change: {
      en: '{period} is closed: nothing is stated twice. Go on with periods of that kind.',
      zh: '{period} 已结账，同一培训不得重复计入。请按同类期间继续结账。',
    },
  },
} as const satisfies Record<string, ProblemDefinition>;
