import type { ProblemDefinition } from '../definition.js';

/** Refusals of the conversions feature. */
export const conversionProblems = {
  'application-state': {
    status: 409,
    title: { en: 'The application does not allow this now', zh: '申请的当前状态不允许此操作' },
    change: {
      en: 'Its state is "{state}". Read the application again to see who did what.',
      zh: '当前状态为“{state}”。请重新读取申请，查看处理记录。',
    },
  },
  'graduation-outside': {
    status: 422,
    title: { en: 'This graduation is over or too far ahead', zh: '毕业年月已过或过于久远' },
    change: {
      en: 'Name a month from {first} to {last}, or leave it out.',
      zh: '请填写 {first} 至 {last} 之间的年月，或留空。',
    },
  },
  'holiday-outside-year': {
    status: 422,
    title: { en: 'A day of another year', zh: '日期不属于该年份' },
    change: {
      en: '{day} is not in {year}. Each year has a notice of its own.',
      zh: '{day} 不在 {year} 年内。请按年份分别填写。',
    },
  },
  'holiday-twice': {
    status: 422,
    title: { en: 'A day is named twice', zh: '日期重复' },
    change: {
      en: '{day} stands twice, or is off and worked at once. Name it once.',
      zh: '{day} 重复出现，或同时列为放假和上班。请只保留一处。',
    },
  },
  'holiday-worked-anyway': {
    status: 422,
    title: { en: 'This day is worked anyway', zh: '该日本来就是工作日' },
    change: {
      en: '{day} is a Monday to Friday. workingDays are Saturdays and Sundays that are worked instead.',
      zh: '{day} 是周一至周五。workingDays 只填写需要上班的周六、周日。',
    },
  },
  'second-institution-needed': {
    status: 422,
    title: {
      en: 'The institution that reviews cannot be the one that asks',
      zh: '审核机构不能同时是申请机构',
    },
    change: {
      en: 'Programme {programme} is reviewed by your own institution: let the learner apply, or another institution of the learner.',
      zh: '专业 {programme} 由本机构审核：请由学习者本人或其所在的其他机构提出申请。',
    },
  },
  'reviewer-asked': {
    status: 403,
    title: { en: 'Who asked cannot review', zh: '申请人不能审核自己的申请' },
    change: {
      en: 'Let another person of the receiving institution review; it must not be the one that asked.',
      zh: '请由接收机构的其他人员审核，不能是提出申请的机构或个人。',
    },
  },
  'not-the-requester': {
    status: 403,
    title: { en: 'Only who asked can withdraw', zh: '只有申请方可以撤回' },
    change: {
      en: 'As the reviewing institution, reject or return the application instead.',
      zh: '作为审核机构，请改用驳回或退回。',
    },
  },
  'nothing-to-approve': {
    status: 409,
    title: { en: 'The decision grants nothing yet', zh: '该决定尚无可批准的内容' },
    change: {
      en: 'Record the findings that the decision waits for, or return or reject the application.',
      zh: '请先登记该决定所等待的认定结论，或退回、驳回申请。',
    },
  },
  'decision-differs': {
    status: 409,
    title: { en: 'There is a newer decision', zh: '决定已更新' },
    change: {
      en: 'Read the application again and review the decision {hash}.',
      zh: '请重新读取申请，并审核决定 {hash}。',
    },
  },
  'decision-outdated': {
    status: 409,
    title: { en: 'The credit behind this decision has changed', zh: '该决定所依据的学分已变化' },
    change: {
      en: 'The application is being evaluated again; review the new decision.',
      zh: '系统正在重新评估，请稍后审核新的决定。',
    },
  },
  'letter-not-yet': {
    status: 409,
    title: { en: 'There is no decision to write about', zh: '尚无可出具的决定书' },
    change: {
      en: 'The state is "{state}". Ask again when the application is decided.',
      zh: '当前状态为“{state}”。请在作出决定后再获取。',
    },
  },
  'already-voted': {
    status: 409,
    title: { en: 'You have voted on this decision', zh: '您已对该决定投票' },
    change: {
      en: 'One person has one vote; the other members of the panel decide.',
      zh: '每人一票，请由评审组其他成员投票。',
    },
  },
  'reviewer-of-first-panel': {
    status: 403,
    title: { en: 'Who decided first cannot hear the appeal', zh: '初审人员不能参加申诉复审' },
    change: {
      en: 'Let people of the receiving institution review who did not vote before.',
      zh: '请由接收机构中未参加初审的人员复审。',
    },
  },
  'appeal-is-final': {
    status: 422,
    title: { en: 'An appeal cannot be returned', zh: '申诉不能退回' },
    change: {
      en: 'Approve or reject; what the panel of an appeal decides is final.',
      zh: '请选择同意或驳回；复审决定为最终决定。',
    },
  },
  'appeal-used': {
    status: 409,
    title: { en: 'There has been an appeal', zh: '该申请已申诉过' },
    change: {
      en: 'An application can be appealed once and its state is "{state}". With new outcomes, apply again.',
      zh: '每份申请只能申诉一次，当前状态为“{state}”。如有新的成果，可重新申请。',
    },
  },
  'appeal-too-late': {
    status: 409,
    title: { en: 'The time for an appeal is over', zh: '申诉期已过' },
    change: {
      en: 'The last day was {until}. With new outcomes, apply again.',
      zh: '申诉截止日为 {until}。如有新的成果，可重新申请。',
    },
  },
  'unknown-course-of-programme': {
    status: 422,
    title: { en: 'The programme has no such course', zh: '该专业没有此课程' },
    change: {
      en: 'Use a course of {programme}: {courses}.',
      zh: '请使用专业 {programme} 的课程：{courses}。',
    },
  },
  'unknown-outcome-of-learner': {
    status: 422,
    title: { en: 'The learner has no such outcome', zh: '该学习者没有此成果' },
    change: {
      en: 'Use the id of an outcome listed in the application.',
      zh: '请使用申请中列出的成果编号。',
    },
  },
} as const satisfies Record<string, ProblemDefinition>;
