import type { ProblemDefinition } from '../definition.js';

/** Refusals about outcome definitions, the entries of the catalogue. */
export const definitionProblems = {
  'unknown-outcome': {
    status: 422,
    title: { en: 'The catalogue has no such outcome', zh: '成果名录中没有该成果' },
    change: {
      en: 'Use a code or title of GET /v1/catalogue. Nearest: {suggestion}.',
      zh: '请使用名录（GET /v1/catalogue）中的代码或名称。最接近：{suggestion}。',
    },
  },
  'ambiguous-outcome': {
    status: 422,
    title: { en: 'Several outcomes of the catalogue fit', zh: '名录中有多个成果符合' },
    change: {
      en: 'State the institution and the level too, or use one of the codes {codes}.',
      zh: '请补充机构和等级，或使用其中一个代码：{codes}。',
    },
  },
  'outcome-of-another-institution': {
    status: 422,
    title: { en: 'This outcome belongs to another institution', zh: '该成果属于其他机构' },
    change: {
      en: 'Only {owner} may post completions of {code}; post your own outcomes.',
      zh: '{code} 只能由 {owner} 登记；请登记本机构的成果。',
    },
  },
  'outcome-closed': {
    status: 422,
    title: { en: 'This outcome was not open on that date', zh: '该成果在此日期未开放' },
    change: {
      en: '{code} takes completions of {from} to {to}; check the date of completion.',
      zh: '{code} 接受 {from} 至 {to} 完成的成果；请核对完成日期。',
    },
  },
  'outcome-code-taken': {
    status: 409,
    title: { en: 'This outcome code is taken', zh: '该成果代码已被使用' },
    change: { en: 'Choose another code than {code}.', zh: '请换一个代码，{code} 已存在。' },
  },
} as const satisfies Record<string, ProblemDefinition>;
