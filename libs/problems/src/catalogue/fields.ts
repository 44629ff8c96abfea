import type { ProblemDefinition } from '../definition.js';

/** Faults of a single field; the same codes serve a JSON body and a cell of a file. */
export const fieldProblems = {
  'word-unknown': {
    status: 422,
    title: { en: 'This word is not one of the list', zh: '该词不在可选范围内' },
    change: { en: 'Use one of: {words}.', zh: '请填写以下之一：{words}。' },
  },
  'value-missing': {
    status: 400,
    title: { en: 'A value is missing', zh: '缺少内容' },
    change: { en: 'Fill in this field.', zh: '请填写此项。' },
  },
  'value-malformed': {
    status: 400,
    title: { en: 'The value has the wrong form', zh: '格式不正确' },
    change: { en: '{reason}', zh: '{reason}' },
  },
  'value-too-long': {
    status: 400,
    title: { en: 'The value is too long', zh: '内容过长' },
    change: { en: 'Use at most {limit} characters.', zh: '最多 {limit} 个字符。' },
  },
  'unknown-field': {
    status: 400,
    title: { en: 'There is no such field', zh: '没有此字段' },
    change: { en: 'Remove it or check its spelling.', zh: '请删除或检查拼写。' },
  },
  'control-character': {
    status: 400,
    title: { en: 'The value holds an invisible character', zh: '内容含有不可见字符' },
    change: {
      en: 'Remove control, zero-width and direction characters.',
      zh: '请删除控制字符、零宽字符和方向字符。',
    },
  },
} as const satisfies Record<string, ProblemDefinition>;
