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
  'document-empty': {
    status: 400,
    title: { en: 'There is nothing in it', zh: '内容为空' },
    change: {
      en: 'Send the file or text itself.',
      zh: '请提交文件或文字本身。',
    },
  },
  'document-too-large': {
    status: 413,
    title: { en: 'It is too large', zh: '内容过大' },
    change: {
      en: 'Send at most {mebibytes} MiB, which unpack to no more than 2 MiB of text: the credential alone.',
      zh: '文件不得超过 {mebibytes} MiB，解开后的文字不得超过 2 MiB。请只提交凭证本身。',
    },
  },
  'document-archive': {
    status: 415,
    title: { en: 'Packed files are not opened', zh: '不接受压缩包' },
    change: {
      en: 'Unpack it and send the file within.',
      zh: '请解压后提交其中的文件。',
    },
  },
  'document-picture': {
    status: 415,
    title: { en: 'A picture proves nothing', zh: '照片或截图不能作为证明' },
    change: {
      en: 'Scan the QR code or type the twelve digits that are on it, or ask for the original file.',
      zh: '请扫描图中的二维码或输入 12 位验证码，或索取原文件。',
    },
  },
  'document-unknown': {
    status: 415,
    title: { en: 'This is nothing that can be verified', zh: '无法识别的内容' },
    change: {
      en: 'Send a code of twelve digits, a credential (JSON, JWT, baked PNG or SVG) or one of our PDFs.',
      zh: '请提交 12 位验证码、凭证（JSON、JWT、嵌有凭证的 PNG 或 SVG）或本行出具的 PDF。',
    },
  },
  'document-damaged': {
    status: 422,
    title: { en: 'The file is damaged', zh: '文件已损坏' },
    change: {
      en: 'It is cut off or was changed. Ask for the original file.',
      zh: '文件不完整或被改动过，请索取原文件。',
    },
  },
  'document-encrypted': {
    status: 422,
    title: { en: 'The PDF is encrypted', zh: 'PDF 已加密' },
    change: {
      en: 'Send it without a password; ours have none.',
      zh: '请提交未加密的文件，本行出具的文件没有密码。',
    },
  },
  'document-without-credential': {
    status: 422,
    title: { en: 'It carries no credential', zh: '文件中没有凭证' },
    change: {
      en: 'Printed and scanned copies lose it. Ask for the original file, or type the code that is on it.',
      zh: '打印或扫描会丢失凭证。请索取原文件，或输入文件上的验证码。',
    },
  },
  'document-several-credentials': {
    status: 422,
    title: { en: 'It carries more than one credential', zh: '文件中有多个凭证' },
    change: {
      en: 'Nobody could say which one counts. Send them one by one.',
      zh: '无法确定以哪一个为准，请逐个提交。',
    },
  },
  'document-foreign-link': {
    status: 422,
    title: { en: 'The link leads elsewhere', zh: '链接不属于本学分银行' },
    change: {
      en: 'Links to other sites are not followed. Open it yourself and send the file, or verify it there.',
      zh: '本行不打开其他网站的链接。请自行打开并提交文件，或在该网站查验。',
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
