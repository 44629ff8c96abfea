import type { ProblemDefinition } from '../definition.js';

/** Refusals about monitoring reports and school conditions. */
export const reportProblems = {
  'condition-needs-school': {
    status: 422,
    title: { en: 'Nobody can tell which school this is about', zh: '未说明是哪一所学校的数据' },
    change: {
      en: 'Name the school by its code in "institution".',
      zh: '请在 institution 中填写学校代码。',
    },
  },
  'report-period-not-begun': {
    status: 422,
    title: { en: 'There is nothing to report about this period', zh: '该统计期间没有可发布的内容' },
    change: {
      en: 'Use a year (2026) or a school year (2025-2026) that has begun; "{period}" has not.',
      zh: '请使用已经开始的年份（2026）或学年（2025-2026）；“{period}”尚未开始。',
    },
  },
} as const satisfies Record<string, ProblemDefinition>;
