import type { ProblemDefinition } from '../definition.js';

/** Refusals around pathways of several stages. */
export const pathwayProblems = {
  'pathway-fact-of-one': {
    status: 422,
    title: { en: 'A fact comes from one thing', zh: '一项事实只能有一种依据' },
    change: {
      en: 'Write either "examination" or "conditions".',
      zh: '请填写 "examination"（考核）或 "conditions"（条件），二者只选其一。',
    },
  },
  'pathway-clause-of-one': {
    status: 422,
    title: { en: 'A condition asks for one thing', zh: '一个条件只能有一种要求' },
    change: {
      en: 'Write either "credits" or "outcomes".',
      zh: '请填写 "credits"（学分）或 "outcomes"（成果数），二者只选其一。',
    },
  },
  'pathway-clause-out-of-reach': {
    status: 422,
    title: { en: 'Nobody can meet this condition', zh: '该条件无人能够达到' },
    change: {
      en: 'Ask for at most as many outcomes as "of" lists.',
      zh: '要求的成果数不能超过 "of" 所列数量。',
    },
  },
  'pathway-not-one': {
    status: 422,
    title: { en: 'This document is no pathway', zh: '该文件不是贯通培养方案' },
    change: {
      en: 'Send a scheme of the kind "staged-pathway"; rulebooks/pathways has examples.',
      zh: '请提交类别为 "staged-pathway" 的规则文件，示例见 rulebooks/pathways。',
    },
  },
  'pathway-examples': {
    status: 422,
    title: { en: 'An example comes out differently', zh: '示例结果与预期不符' },
    change: {
      en: 'Correct the rules or the example "{name}".',
      zh: '请修改规则，或修改示例“{name}”。',
    },
  },
  'pathway-names-unknown': {
    status: 422,
    title: { en: 'The pathway names what nobody knows', zh: '方案中有未登记的名称' },
    change: {
      en: 'Correct these codes of institutions, outcomes or agreements: {names}.',
      zh: '请改正以下机构、成果或协议代码：{names}。',
    },
  },
  'pathway-version': {
    status: 409,
    title: { en: 'This version is there already', zh: '该版本已经发布' },
    change: {
      en: 'The newest is {version}: count the version up by one.',
      zh: '现行版本为 {version}，请将版本号加一。',
    },
  },
  'pathway-agreement': {
    status: 409,
    title: { en: 'The agreement does not hold', zh: '所依据的协议未生效' },
    change: {
      en: 'The agreement {agreement} is not in force between the institutions. Sign it first.',
      zh: '协议 {agreement} 在双方之间尚未生效或已终止，请先签订。',
    },
  },
  'pathway-superseded': {
    status: 409,
    title: { en: 'There is a newer version', zh: '该方案已有新版本' },
    change: {
      en: 'Enrol in version {version}; learners who joined before stay where they are.',
      zh: '请在第 {version} 版中登记入学；此前入学的学生仍按原版本执行。',
    },
  },
  'pathway-intake-unknown': {
    status: 422,
    title: { en: 'There is no such intake', zh: '没有该年级招生计划' },
    change: {
      en: 'This pathway takes learners in: {years}.',
      zh: '该方案的招生年份为：{years}。',
    },
  },
  'pathway-full': {
    status: 409,
    title: { en: 'All places are taken', zh: '招生名额已满' },
    change: {
      en: 'The intake {year} has {places} places. Ask the authority for more in a new version.',
      zh: '{year} 级共有 {places} 个名额。如需增加，请主管部门发布新版本。',
    },
  },
  'pathway-no-entry': {
    status: 409,
    title: { en: 'Nobody joins here', zh: '不得在此阶段进入' },
    change: {
      en: 'The rules of the pathway let learners begin with "{start}" only; outside students do not join later.',
      zh: '按培养规则只能从“{start}”入学，校外学生不得中途插入。',
    },
  },
  'pathway-joined-before': {
    status: 409,
    title: { en: 'The learner is or was in this pathway', zh: '该学生已在或曾在该方案中' },
    change: {
      en: 'Look at the enrolment of {year}. Nobody joins the same pathway twice.',
      zh: '请查看其 {year} 级的登记；同一方案不得重复进入。',
    },
  },
  'pathway-not-allowed': {
    status: 409,
    title: { en: 'The rules do not allow this now', zh: '按规则目前不允许' },
    change: {
      en: 'In year {year}, as "{state}", no rule of the pathway allows "{event}".',
      zh: '第 {year} 学年、“{state}”状态下，培养规则不允许“{event}”。',
    },
  },
  'pathway-event-of-gate': {
    status: 422,
    title: { en: 'This is decided at a gate', zh: '此事项由关口审核决定' },
    change: {
      en: 'Run the gate "{gate}" instead.',
      zh: '请改为运行关口“{gate}”的审核。',
    },
  },
  'pathway-standing': {
    status: 409,
    title: { en: 'The evidence stands', zh: '依据仍然有效' },
    change: {
      en: 'A gate is reopened only when an outcome on which it rests was taken back.',
      zh: '只有所依据的学习成果被撤销后，才能重新打开关口。',
    },
  },
  'pathway-run-differs': {
    status: 409,
    title: { en: 'The answers have changed since', zh: '审核结果已发生变化' },
    change: {
      en: 'Run the gate again, look at the answers and send the new "digest".',
      zh: '请重新运行审核，核对结果后提交新的 "digest"。',
    },
  },
  'merge-pathway-twice': {
    status: 409,
    title: { en: 'Both are in the same pathway', zh: '两个账户在同一方案中' },
    change: {
      en: 'Let one of them leave the pathway {pathway} first.',
      zh: '请先让其中一个账户退出方案 {pathway}。',
    },
  },
} as const satisfies Record<string, ProblemDefinition>;
