import type { ProblemDefinition } from '../definition.js';

/** Refusals about outcomes of enterprises, contests and schools of pupils. */
export const sourceProblems = {
  'started-on-missing': {
    status: 422,
    title: { en: 'It needs a first day', zh: '缺少开始日期' },
    change: {
      en: 'Work, practice and apprenticeships are stated from–to: send `startedOn` too.',
      zh: '岗位、企业实践和学徒培养须写明起止日期：请填写开始日期。',
    },
  },
  'counterpart-missing': {
    status: 422,
    title: {
      en: 'The enterprise has not stated its part of this apprenticeship',
      zh: '企业尚未登记该学徒培养的企业部分',
    },
    change: {
      en: 'Ask the enterprise to post {counterpart} for this person on days that overlap {from} to {to}; then send this row again.',
      zh: '请联系企业为此人登记“{counterpart}”（起止日期须与 {from} 至 {to} 有重合），然后重新提交本行。',
    },
  },
  'pupil-not-graded': {
    status: 422,
    title: { en: 'Pupils are not graded', zh: '中小学记录不作评分' },
    change: {
      en: 'Leave this field out: records of pupils carry no grade, level, credit or attendance, so that nobody is compared.',
      zh: '请删除此项：中小学记录不登记成绩、等级、学分和出勤率，不作排名比较。',
    },
  },
  'guardian-consent-missing': {
    status: 422,
    title: {
      en: 'No guardian has agreed to records of this child',
      zh: '未取得监护人同意，不得登记该学生的记录',
    },
    change: {
      en: 'Record the guardian and the signed consent for your school first (counter, or the guardian signed in), then send this again.',
      zh: '请先登记监护关系和监护人签署的同意书（可在窗口登记，也可由监护人登录后同意），再重新提交。',
    },
  },
  'guardian-consent-withdrawn': {
    status: 422,
    title: {
      en: 'The guardian has withdrawn the consent',
      zh: '监护人已撤回同意，不得登记新的记录',
    },
    change: {
      en: 'Post nothing more about this child. Only a new consent of the guardian opens this again.',
      zh: '请停止登记该学生的记录。监护人重新同意后方可继续。',
    },
  },
  'guardian-needed': {
    status: 403,
    title: { en: 'Only a guardian can agree to this', zh: '此事须由监护人同意' },
    change: {
      en: 'The guardian signs in and acts for the child, or signs on paper at the school’s counter.',
      zh: '请由监护人登录后代为办理，或在学校窗口签署纸质同意书。',
    },
  },
  'not-a-pupil-school': {
    status: 422,
    title: {
      en: 'This institution keeps no records of pupils',
      zh: '该机构不登记中小学生记录',
    },
    change: {
      en: 'Name a primary or middle school: {institution} is none.',
      zh: '请选择中小学：{institution} 不是中小学。',
    },
  },
} as const satisfies Record<string, ProblemDefinition>;
