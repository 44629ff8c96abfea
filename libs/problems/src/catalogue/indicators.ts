import type { ProblemDefinition } from '../definition.js';

/** Refusals about the figures that indicators take from outside. */
export const indicatorProblems = {
  'input-not-whole': {
    status: 422,
    title: { en: 'This figure is a whole number', zh: '该数据应为整数' },
    change: {
      en: 'Enter "{code}" without decimals.',
      zh: '请以不带小数的整数填写“{code}”。',
    },
  },
  'input-of-district': {
    status: 422,
    title: { en: 'This figure is about the whole district', zh: '该数据针对全区' },
    change: {
      en: 'Leave out "institution": "{code}" is stated for the district only.',
      zh: '请去掉 institution：“{code}”只按全区填报。',
    },
  },
} as const satisfies Record<string, ProblemDefinition>;
