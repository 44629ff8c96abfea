import type { ProblemDefinition } from '../definition.js';

/** Refusals of admission schemes. */
export const schemeProblems = {
  'admission-scheme-taken': {
    status: 409,
    title: { en: 'There is a scheme of this code', zh: '该编号的招生方案已存在' },
    change: {
      en: 'A published scheme never changes. Give the new one a code of its own.',
      zh: '已发布的方案不再更改，请为新方案另编编号。',
    },
  },
  'admission-scheme-days': {
    status: 422,
    title: { en: 'The days of the scheme do not follow each other', zh: '方案日期前后不符' },
    change: {
      en: 'It has to open before it closes, and evidence counts at most up to the last day.',
      zh: '开始日期须早于截止日期，成果截止日期不晚于报名截止日期。',
    },
  },
  'admission-scheme-credit': {
    status: 422,
    title: { en: 'These rules give credit', zh: '该规则给予学分' },
    change: {
      en: 'Rules of an admission give exemptions, scores and rights only; {rule} gives credit.',
      zh: '招生规则只给予免试、分数和资格；{rule} 给予学分。',
    },
  },
  'admission-scheme-rule': {
    status: 422,
    title: { en: 'The document has no such rule', zh: '规则文件中没有这一条' },
    change: {
      en: 'There is no {rule} in it: name rules of the document, or leave them out for all.',
      zh: '文件中没有 {rule}：请填写文件中的规则，或留空表示全部。',
    },
  },
  'admission-scheme-scoring': {
    status: 422,
    title: { en: 'This is no document of parts of a score', zh: '不是成绩组成文件' },
    change: {
      en: 'Send a document of the kind score-parts; this is {kind}.',
      zh: '请提交 score-parts 类文件；当前为 {kind}。',
    },
  },
  'admission-place-twice': {
    status: 422,
    title: { en: 'A major stands twice', zh: '同一学校的同一专业重复' },
    change: {
      en: 'Name {major} of {institution} once, with all its places.',
      zh: '{institution} 的 {major} 只填一次，名额合并。',
    },
  },
  'admission-not-open': {
    status: 409,
    title: { en: 'Nobody can apply today', zh: '今天不能报名' },
    change: {
      en: 'The scheme is {state}: it takes applications from {opens} to {closes}.',
      zh: '方案状态为 {state}：报名时间为 {opens} 至 {closes}。',
    },
  },
  'admission-not-eligible': {
    status: 409,
    title: { en: 'The rules do not call you eligible', zh: '按规则目前不符合条件' },
    change: {
      en: 'Look at the clauses and at what is missing, and come back when your record has it.',
      zh: '请查看各条说明和所缺内容，待成果入账后再报名。',
    },
  },
  'admission-applied-already': {
    status: 409,
    title: { en: 'You have applied under this scheme', zh: '已在该方案下报名' },
    change: {
      en: 'One place at a time: withdraw the candidacy that is there first.',
      zh: '同一方案一次只能报一个专业：请先撤回已有的报名。',
    },
  },
  'admission-state': {
    status: 409,
    title: { en: 'The candidacy is not in a state for this', zh: '报名的状态不允许此操作' },
    change: {
      en: 'It is {state}. Look at its history; a decision can be taken back by the school only.',
      zh: '当前状态为 {state}。请查看经过；只有招生学校可以收回决定。',
    },
  },
  'admission-places-full': {
    status: 409,
    title: { en: 'No place is left', zh: '名额已满' },
    change: {
      en: 'All {places} places of {major} are taken. Take an admission back, or have the authority add places.',
      zh: '{major} 的 {places} 个名额已满。请先收回一项录取，或请主管部门增加名额。',
    },
  },
  'admission-places-below': {
    status: 409,
    title: { en: 'More people than that are admitted', zh: '名额少于已录取人数' },
    change: {
      en: '{admitted} are admitted: there cannot be fewer places than that.',
      zh: '已录取 {admitted} 人：名额不能少于该数。',
    },
  },
  'admission-not-proven': {
    status: 409,
    title: { en: 'The rules do not call this person eligible now', zh: '按规则此人目前不符合条件' },
    change: {
      en: 'The bank proves, the school decides: send `despite` to admit all the same, which is written down.',
      zh: '学分银行只作证明，由学校决定：如仍要录取，请附 `despite`，系统会记录。',
    },
  },
  'admission-reason-missing': {
    status: 422,
    title: { en: 'A reason is missing', zh: '缺少理由' },
    change: {
      en: 'Say why: a decision against somebody, and one that is taken back, has a reason.',
      zh: '请说明理由：不予录取或收回决定须有理由。',
    },
  },
  'admission-reading-unknown': {
    status: 422,
    title: { en: 'The document has no such open question', zh: '规则文件没有这一参数' },
    change: {
      en: '{parameter} is no parameter with the readings "all" and "any" there.',
      zh: '{parameter} 不是该文件中取值为 “all” 或 “any” 的参数。',
    },
  },
  'admission-two-candidacies': {
    status: 409,
    title: { en: 'Both have applied under one scheme', zh: '两个账户在同一方案下都有报名' },
    change: {
      en: 'Have one of the candidacies withdrawn first: one person applies for one place.',
      zh: '请先撤回其中一个报名：一人只能报一个专业。',
    },
  },
} as const satisfies Record<string, ProblemDefinition>;
