import type { ProblemDefinition } from '../definition.js';

/** Refusals about who is asking. */
export const accessProblems = {
  'not-signed-in': {
    status: 401,
    title: { en: 'Sign in first', zh: '请先登录' },
    change: {
      en: 'Send an API key as "Authorization: Bearer …", or sign in.',
      zh: '请在 Authorization: Bearer 中提供 API 密钥，或先登录。',
    },
  },
  'sign-in-failed': {
    status: 401,
    title: { en: 'Name or password is wrong', zh: '用户名或密码错误' },
    change: { en: 'Check both and try again.', zh: '请核对后重试。' },
  },
  'not-allowed': {
    status: 403,
    title: { en: 'Your role may not do this', zh: '您的角色无权执行此操作' },
    change: { en: 'This needs one of the roles: {roles}.', zh: '需要以下角色之一：{roles}。' },
  },
  'cross-site-request': {
    status: 403,
    title: { en: 'This request comes from another site', zh: '该请求来自其他网站' },
    change: {
      en: 'A signed-in browser must send Origin or Sec-Fetch-Site of this site; programs use an API key.',
      zh: '登录后的浏览器请求须带有本站的 Origin 或 Sec-Fetch-Site；程序请使用 API 密钥。',
    },
  },
  'too-many-sign-ins': {
    status: 429,
    title: { en: 'Too many failed sign-ins', zh: '登录失败次数过多' },
    change: {
      en: 'Wait {seconds} seconds and try again.',
      zh: '请等待 {seconds} 秒后再试。',
    },
  },
  'password-length': {
    status: 400,
    title: { en: 'The password is too short or too long', zh: '密码长度不符' },
    change: { en: 'Use 8 to 128 characters.', zh: '请使用 8 到 128 个字符。' },
  },
  'sign-in-name-taken': {
    status: 409,
    title: { en: 'This sign-in name is taken', zh: '该用户名已被使用' },
    change: { en: 'Choose another name.', zh: '请换一个用户名。' },
  },
  'learner-has-account': {
    status: 409,
    title: { en: 'This learner has an account already', zh: '该学习者已有账号' },
    change: { en: 'Sign in with it.', zh: '请使用已有账号登录。' },
  },
  'institution-code-taken': {
    status: 409,
    title: { en: 'This institution code is taken', zh: '该机构代码已被使用' },
    change: { en: 'Choose another code than {code}.', zh: '请换一个代码，{code} 已存在。' },
  },
} as const satisfies Record<string, ProblemDefinition>;
