import type { ProblemDefinition } from '../definition.js';

/** Refusals of signed credentials. */
export const credentialProblems = {
  'nothing-to-certify': {
    status: 409,
    title: { en: 'There is nothing to certify', zh: '没有可出具凭证的成果' },
    change: {
      en: 'No outcome of this kind is on record, or all of them were taken back.',
      zh: '尚无该类成果登记，或已全部撤销。',
    },
  },
  'credential-malformed': {
    status: 422,
    title: { en: 'This cannot be signed as a credential', zh: '该内容不能签为凭证' },
    change: {
      en: 'Correct {pointer}: {reason}',
      zh: '请更正 {pointer}：{reason}',
    },
  },
  'credential-of-another-issuer': {
    status: 422,
    title: { en: 'The credential names another issuer', zh: '凭证所列签发者不是本机构' },
    change: {
      en: 'Leave the issuer out or set it to {did}.',
      zh: '请省略 issuer，或设为 {did}。',
    },
  },
  'credential-not-verified': {
    status: 422,
    title: { en: 'The credential does not stand', zh: '凭证未通过查验' },
    change: {
      en: 'See the lines: each says what was found and what to do.',
      zh: '请查看逐项结果：每项均说明原因与处理办法。',
    },
  },
} as const satisfies Record<string, ProblemDefinition>;
