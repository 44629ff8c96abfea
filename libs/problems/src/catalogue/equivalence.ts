import type { ProblemDefinition } from '../definition.js';

/** Refusals of answers for admissions offices. */
export const equivalenceProblems = {
  'equivalence-name-one': {
    status: 422,
    title: { en: 'It is not clear whom you ask about', zh: '未能确定所询问的学习者' },
    change: {
      en: 'Name the learner in exactly one way: by name and document, by share code, or by id.',
      zh: '请只用一种方式指明学习者：姓名加证件、验证码或学习者编号。',
    },
  },
  'equivalence-quota-used': {
    status: 429,
    title: { en: 'Your office has asked as much as it may today', zh: '今日核对额度不足' },
    change: {
      en: '{rows} asked, {left} of {quota} left: ask again tomorrow, send fewer rows, or have the authority raise the quota.',
      zh: '本次 {rows} 人，今日额度 {quota}，剩余 {left}：请明日再试、减少行数，或请主管部门提高额度。',
    },
  },
  'equivalence-result-not-there': {
    status: 409,
    title: { en: 'There is no result to fetch', zh: '没有可下载的结果' },
    change: {
      en: 'The list is {state}. Wait until it is done; when it is destroyed, send it again.',
      zh: '该名单状态为 {state}。请等待完成；如已销毁，请重新提交。',
    },
  },
  'equivalence-matched': {
    status: 409,
    title: { en: 'This answer is a match', zh: '该答复为“匹配”' },
    change: {
      en: 'Only an answer that does not match can be asked about.',
      zh: '只有“不匹配”的答复才能向学校查询。',
    },
  },
  'equivalence-school-not-asked': {
    status: 422,
    title: { en: 'This school cannot be asked about the answer', zh: '不能就该答复向此学校查询' },
    change: {
      en: 'Name one of the schools that the answer lists, other than your own.',
      zh: '请从答复所列学校中选择一所，且不能是本机构。',
    },
  },
  'equivalence-asked-already': {
    status: 409,
    title: { en: 'This school has been asked about the answer', zh: '已就该答复向此学校查询' },
    change: {
      en: 'Follow the query that is there, or ask again within it.',
      zh: '请跟进已有的查询，或在其中再次询问。',
    },
  },
  'equivalence-query-state': {
    status: 409,
    title: { en: 'The query is not in a state for this', zh: '查询的状态不允许此操作' },
    change: {
      en: 'It is {state}: a question is answered once, an answer can be asked about again, and a closed query stays closed.',
      zh: '当前状态为 {state}：每次提问只答复一次，答复后可再次询问，已关闭的查询不再变更。',
    },
  },
} as const satisfies Record<string, ProblemDefinition>;
