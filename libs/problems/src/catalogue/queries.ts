import type { ProblemDefinition } from '../definition.js';

/** Refusals of what learners ask schools. */
export const queryProblems = {
  'learner-query-about-one': {
    status: 422,
    title: { en: 'It is not clear what you ask about', zh: '未能确定提问的内容' },
    change: {
      en: 'Name one of your outcomes, or the school and the course that is missing; not both.',
      zh: '请指明一项已有成果，或写明学校和缺少的课程；两者只选其一。',
    },
  },
  'learner-query-waits': {
    status: 409,
    title: { en: 'You have asked about this outcome already', zh: '已就该成果提问，正在等待答复' },
    change: {
      en: 'Wait for the answer of the school, or close the query that is there.',
      zh: '请等待学校答复，或先关闭已有的提问。',
    },
  },
  'learner-query-too-many': {
    status: 409,
    title: { en: 'Too many of your queries wait', zh: '等待答复的提问过多' },
    change: {
      en: 'At most {most} wait at a time: close those that you do not need.',
      zh: '最多可有 {most} 条提问同时等待答复，请先关闭不需要的提问。',
    },
  },
  'learner-query-outcome-elsewhere': {
    status: 422,
    title: { en: 'This outcome does not answer the query', zh: '该成果与此提问不符' },
    change: {
      en: 'Name an outcome of the learner who asks that your school has posted.',
      zh: '请填写由本机构为该学习者登记的成果。',
    },
  },
  'learner-query-asked-again': {
    status: 409,
    title: { en: 'You have asked again already', zh: '已再次提问过一次' },
    change: {
      en: 'About one answer you can ask again once. Begin a new query, or turn to the authority.',
      zh: '每条提问只能追问一次。可另行提问，或向主管部门反映。',
    },
  },
  'learner-query-state': {
    status: 409,
    title: { en: 'The query is not in a state for this', zh: '提问的状态不允许此操作' },
    change: {
      en: 'It is {state}: a question is answered once, an answer can be asked about again once, and a closed query stays closed.',
      zh: '当前状态为 {state}：每次提问只答复一次，答复后可追问一次，已关闭的提问不再变更。',
    },
  },
} as const satisfies Record<string, ProblemDefinition>;
