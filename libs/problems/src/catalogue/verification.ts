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
  'share-ended': {
    status: 409,
    title: { en: 'The proof has ended', zh: '该证明已失效' },
    change: {
      en: 'It is {state}. Make a new one.',
      zh: '其状态为 {state}，请重新生成一份证明。',
    },
  },
  'share-pin-required': {
    status: 403,
    title: { en: 'This proof takes a PIN', zh: '打开该证明需要口令（PIN）' },
    change: {
      en: 'Send the code together with the PIN that its holder told you.',
      zh: '请连同持有人告知的口令一并提交。',
    },
  },
  'share-pin-wrong': {
    status: 403,
    title: { en: 'The PIN is wrong', zh: '口令（PIN）不正确' },
    change: {
      en: 'Ask its holder for the PIN. After {left} more wrong ones the proof opens to nobody.',
      zh: '请向持有人确认口令。再错 {left} 次，该证明将不再打开。',
    },
  },
  'share-pin-locked': {
    status: 403,
    title: { en: 'Too many wrong PINs', zh: '口令错误次数过多' },
    change: {
      en: 'The proof opens to nobody until its holder sets a new PIN: ask for it.',
      zh: '持有人重新设置口令之前，该证明不再打开，请联系持有人。',
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
