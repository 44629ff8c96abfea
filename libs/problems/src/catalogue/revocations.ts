import type { ProblemDefinition } from '../definition.js';

/** Refusals around taking outcomes back and giving them back. */
export const revocationProblems = {
  'not-the-revoker': {
    status: 403,
    title: { en: 'Only who took it back can give it back', zh: '只有撤销方可以恢复' },
    change: {
      en: 'An authority took this outcome back. Send it the decision on the appeal.',
      zh: '该成果由主管机构撤销，请将申诉决定提交主管机构办理。',
    },
  },
  'unknown-institution': {
    status: 422,
    title: { en: 'There is no such institution', zh: '没有此机构' },
    change: {
      en: 'Use a code of GET /v1/institutions instead of "{code}".',
      zh: '“{code}”不存在，请使用 GET /v1/institutions 中的机构代码。',
    },
  },
  'period-reversed': {
    status: 422,
    title: { en: 'The period ends before it begins', zh: '期间的结束早于开始' },
    change: {
      en: 'Exchange the two days or leave one out: from {from}, to {to}.',
      zh: '请对调两个日期或省略其中一个：从 {from} 到 {to}。',
    },
  },
  'revocation-started': {
    status: 409,
    title: { en: 'The revocation has begun', zh: '撤销已经开始' },
    change: {
      en: 'Its state is "{state}". What was taken back in error can be given back one by one.',
      zh: '当前状态为“{state}”。误撤的成果可以逐项恢复。',
    },
  },
} as const satisfies Record<string, ProblemDefinition>;
