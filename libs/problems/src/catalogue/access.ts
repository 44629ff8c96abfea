import type { ProblemDefinition } from '../problem.js';

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
} as const satisfies Record<string, ProblemDefinition>;
