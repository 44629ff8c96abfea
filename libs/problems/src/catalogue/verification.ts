import type { ProblemDefinition } from '../definition.js';

/** Refusals of the verification feature. */
export const verificationProblems = {
  'share-not-valid': {
    status: 404,
    title: { en: 'There is no valid proof with this code', zh: '没有与该验证码对应的有效证明' },
    change: {
      en: 'Compare the code with the one you were given. If it is right, the proof has ended: ask its holder for a new one.',
      zh: '请核对验证码。如无误，则该证明已失效，请向持有人索取新的证明。',
    },
  },
  'share-code-digits': {
    status: 404,
    title: { en: 'The code is mistyped', zh: '验证码输入有误' },
    change: {
      en: 'Check the digits: a code has twelve, and at least one of these is wrong.',
      zh: '请核对数字：验证码共 12 位，至少有一位不正确。',
    },
  },
  'too-many-wrong-codes': {
    status: 429,
    title: { en: 'Too many wrong codes', zh: '错误的验证码过多' },
    change: {
      en: 'Wait {seconds} seconds and try again, or sign in as an institution.',
      zh: '请等待 {seconds} 秒后再试，或以机构身份登录。',
    },
  },
} as const satisfies Record<string, ProblemDefinition>;
