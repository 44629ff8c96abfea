import type { ProblemDefinition } from '../definition.js';

/** Refusals of the double-entry machine. */
export const ledgerProblems = {
  'insufficient-credit': {
    status: 422,
    title: { en: 'Not enough credit is available', zh: '可用学分不足' },
    change: {
      en: 'The lot has {available} available; ask for no more than that.',
      zh: '该笔学分可用 {available}，请不要超过此数。',
    },
  },
  'amount-out-of-range': {
    status: 422,
    title: { en: 'The amount is out of range', zh: '学分数额超出范围' },
    change: {
      en: 'Use more than 0 and at most 10000 credits, with at most three decimals.',
      zh: '学分须大于 0、不超过 10000，最多三位小数。',
    },
  },
  'nothing-held': {
    status: 409,
    title: { en: 'There is no such hold', zh: '没有对应的冻结' },
    change: {
      en: 'Read the lot again: {held} is held now.',
      zh: '请重新读取该笔学分：当前冻结 {held}。',
    },
  },
  'already-revoked': {
    status: 409,
    title: { en: 'This outcome is already revoked', zh: '该成果已撤销' },
    change: { en: 'Nothing is left to revoke.', zh: '无需再次撤销。' },
  },
  'not-revoked': {
    status: 409,
    title: { en: 'This outcome is not revoked', zh: '该成果未被撤销' },
    change: {
      en: 'Only credit that was taken back can be deposited again.',
      zh: '只有已撤销的学分才能重新存入。',
    },
  },
  'as-of-in-future': {
    status: 422,
    title: { en: 'The future is not in the books', zh: '账册不含将来' },
    change: {
      en: 'Ask for a day up to {today} and a moment up to {now}.',
      zh: '日期请不晚于 {today}，时刻请不晚于 {now}。',
    },
  },
} as const satisfies Record<string, ProblemDefinition>;
