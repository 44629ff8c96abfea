import type { ProblemDefinition } from '../definition.js';

/** Refusals of the HTTP edge itself. */
export const httpProblems = {
  'malformed-request': {
    status: 400,
    title: { en: 'The request cannot be read', zh: '请求无法读取' },
    change: {
      en: 'Send well-formed JSON (or the documented form) in UTF-8: {reason}',
      zh: '请发送 UTF-8 编码、格式正确的 JSON（或文档所示的表单）：{reason}',
    },
  },
  'invalid-fields': {
    status: 400,
    title: { en: 'Some fields are not valid', zh: '部分字段不合要求' },
    change: {
      en: 'Correct the fields listed in errors and send the request again.',
      zh: '请按 errors 中的说明修改字段后重新提交。',
    },
  },
  'not-found': {
    status: 404,
    title: { en: 'Not found', zh: '未找到' },
    change: {
      en: 'Check the address and the id. What belongs to others answers the same way.',
      zh: '请核对地址和编号。不属于您的内容同样显示为未找到。',
    },
  },
  'address-too-long': {
    status: 414,
    title: { en: 'A part of the address is too long', zh: '地址中有一段过长' },
    change: {
      en: 'No id or code has more than 100 characters.',
      zh: '编号和代码不超过 100 个字符。',
    },
  },
  'method-not-allowed': {
    status: 405,
    title: { en: 'This address does not take that method', zh: '该地址不支持此方法' },
    change: {
      en: 'See /docs for the methods of this address.',
      zh: '请在 /docs 查看该地址支持的方法。',
    },
  },
  'unsupported-media-type': {
    status: 415,
    title: { en: 'This content type is not read here', zh: '不支持该内容类型' },
    change: { en: 'Send {expected}.', zh: '请使用 {expected}。' },
  },
  'payload-too-large': {
    status: 413,
    title: { en: 'The request is too large', zh: '请求内容过大' },
    change: { en: 'Send at most {limit}.', zh: '请不要超过 {limit}。' },
  },
  'request-too-slow': {
    status: 408,
    title: { en: 'The request took too long to arrive', zh: '请求传输时间过长' },
    change: {
      en: 'Send the whole body within {seconds} seconds; larger contents go as a file.',
      zh: '请在 {seconds} 秒内发送完整内容；较大的内容请以文件方式上传。',
    },
  },
  'too-many-requests': {
    status: 429,
    title: { en: 'Too many requests', zh: '请求过于频繁' },
    change: { en: 'Wait {seconds} seconds and try again.', zh: '请等待 {seconds} 秒后再试。' },
  },
  'idempotency-key-malformed': {
    status: 400,
    title: { en: 'The Idempotency-Key cannot be used', zh: 'Idempotency-Key 不可用' },
    change: {
      en: 'Send 1 to 200 printable ASCII characters, for example a UUID.',
      zh: '请使用 1 到 200 个可打印的 ASCII 字符，例如 UUID。',
    },
  },
  'idempotency-conflict': {
    status: 409,
    title: {
      en: 'This key was already used for other content',
      zh: '该标识已用于其他内容',
    },
    change: {
      en: 'Use a new key for new content, or send the first content again unchanged.',
      zh: '新内容请使用新的标识；重发请保持内容不变。',
    },
  },
  'task-not-given-up': {
    status: 409,
    title: { en: 'The task does not wait for a person', zh: '该任务无需人工处理' },
    change: {
      en: 'Its state is "{state}". Read it again to see who did what.',
      zh: '当前状态为“{state}”。请重新读取任务，查看处理记录。',
    },
  },
  'internal-error': {
    status: 500,
    title: { en: 'Something went wrong on our side', zh: '服务内部错误' },
    change: {
      en: 'Nothing was booked. Try again; if it persists, quote the Request-Id to the operator.',
      zh: '未记账。请重试；若仍出错，请将 Request-Id 告知运维人员。',
    },
  },
  'try-again-later': {
    status: 503,
    title: { en: 'The service is busy', zh: '服务繁忙' },
    change: { en: 'Wait {seconds} seconds and try again.', zh: '请等待 {seconds} 秒后再试。' },
  },
} as const satisfies Record<string, ProblemDefinition>;
