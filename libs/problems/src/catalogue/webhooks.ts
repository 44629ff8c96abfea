import type { ProblemDefinition } from '../definition.js';

/** Refusals about webhooks. */
export const webhookProblems = {
  'too-many-webhooks': {
    status: 409,
    title: { en: 'Your institution has enough webhooks', zh: '贵机构的 Webhook 数量已达上限' },
    change: {
      en: 'Remove one of the {most} first, or add types to one.',
      zh: '上限为 {most} 个，请先删除一个，或在已有地址上增加事件类型。',
    },
  },
  'webhook-disabled': {
    status: 409,
    title: { en: 'This webhook is disabled', zh: '该 Webhook 已停用' },
    change: { en: 'Enable it first.', zh: '请先启用。' },
  },
} as const satisfies Record<string, ProblemDefinition>;
