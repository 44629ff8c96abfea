import type { ProblemDefinition } from '../definition.js';

/** Refusals of a completion that is well-formed but cannot be booked as it is. */
export const completionProblems = {
  'completion-conflict': {
    status: 409,
    title: {
      en: 'This external id already stands for other content',
      zh: '该外部编号已登记过不同内容',
    },
    change: {
      en: 'Differing: {differences}. Give a new outcome its own external id; to correct the old one, revoke it first.',
      zh: '不同之处：{differences}。新成果请使用新的外部编号；更正旧成果请先撤销。',
    },
  },
  'names-a-person': {
    status: 422,
    title: {
      en: 'This field holds a name, an ID number or a telephone number',
      zh: '该字段含有姓名、证件号码或电话号码',
    },
    change: {
      en: 'Take it out: this field is kept in the clear. The person is named in `learner` alone.',
      zh: '请删除：该字段以明文保存。个人信息只应填在学习者栏。',
    },
  },
  'external-id-of-another-learner': {
    status: 409,
    title: {
      en: 'This external id already belongs to another learner',
      zh: '该外部编号已属于另一位学习者',
    },
    change: {
      en: 'One external id is one credit of one person. Use the id of this person’s own record.',
      zh: '一个外部编号只对应一个人的一项成果。请使用此人自己的记录编号。',
    },
  },
  'grade-not-on-scale': {
    status: 422,
    title: { en: 'The grade is not on the scale of this outcome', zh: '成绩不在该成果的计分制内' },
    change: {
      en: 'This outcome is graded on {scale}. Send a grade of that scale, or leave it out if unknown.',
      zh: '该成果采用 {scale} 计分。请填写该计分制的成绩；不清楚时请留空。',
    },
  },
  'level-not-on-scale': {
    status: 422,
    title: { en: 'The level is not on the scale of this outcome', zh: '等级不在该成果的等级制内' },
    change: {
      en: 'This outcome has the levels of {scale}. Send one of them, or leave it out if unknown.',
      zh: '该成果采用 {scale} 等级。请填写该等级制的等级；不清楚时请留空。',
    },
  },
  'level-differs': {
    status: 422,
    title: { en: 'The level is not the level of this outcome', zh: '等级与该成果不符' },
    change: {
      en: 'The catalogue says {level}. Use the code of the right level, or leave the level out.',
      zh: '名录中的等级为 {level}。请改用对应等级的成果代码，或不填等级。',
    },
  },
  'started-after-completed': {
    status: 422,
    title: { en: 'It starts after it is completed', zh: '开始日期晚于完成日期' },
    change: {
      en: 'Let the first day be on or before {completedOn}.',
      zh: '开始日期不得晚于 {completedOn}。',
    },
  },
  'hours-beyond-days': {
    status: 422,
    title: { en: 'More hours than these days have', zh: '学时超过这些天的总小时数' },
    change: {
      en: 'From the first to the last day are {days} days, at most {most} hours. Correct the hours or the dates.',
      zh: '起止共 {days} 天，最多 {most} 小时。请更正学时或日期。',
    },
  },
  'credits-above-catalogue': {
    status: 422,
    title: { en: 'More credit than the catalogue allows', zh: '学分高于名录' },
    change: {
      en: 'The catalogue gives at most {credits} credits for this outcome.',
      zh: '名录规定该成果最多 {credits} 学分。',
    },
  },
  'no-institution': {
    status: 403,
    title: { en: 'You act for no institution', zh: '您未代表任何机构' },
    change: {
      en: 'Use a key or an account of the institution that awards the outcome.',
      zh: '请使用颁发机构的密钥或账号。',
    },
  },
} as const satisfies Record<string, ProblemDefinition>;
