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
  'known-at-oversight': {
    status: 403,
    title: {
      en: 'Figures as they were known at a moment are the authority’s to see',
      zh: '按历史时点查询指标仅限主管部门',
    },
    change: {
      en: 'Leave out "knownAt", or read a published report: the moments before and after one record would tell about one person.',
      zh: '请去掉 knownAt，或查阅已发布的报告：比较一条记录前后的两个时点会暴露个人信息。',
    },
  },
} as const satisfies Record<string, ProblemDefinition>;
