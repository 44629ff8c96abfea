import type { Text } from '#libs/problems';
import type { Change, ReasonCode, Waiting } from './types.js';

/** Why something was not granted. The tables are closed: a new code does not compile without texts. */
export const REASONS: Readonly<Record<ReasonCode, Text>> = {
  'condition-false': {
    en: 'the condition is not met: {operator} {wanted}, read {read}.',
    zh: '不符合条件：{operator} {wanted}，实际为 {read}。',
  },
  'not-in-force': {
    en: 'the rule does not hold for this day ({from} to {to}).',
    zh: '该规则在此日期不适用（{from} 至 {to}）。',
  },
  'lot-used': {
    en: 'the outcome was already converted ({programme}) and cannot be used again.',
    zh: '该成果已转换（{programme}），不能再次使用。',
  },
  'lot-held': {
    en: 'the credit is held by another application.',
    zh: '该学分正被其他申请占用。',
  },
  'lot-revoked': {
    en: 'the outcome was revoked by its issuer.',
    zh: '该成果已被发证机构撤销。',
  },
  'lot-expired': {
    en: 'the credit has expired; the last day was {lastUsable}.',
    zh: '该学分已过期，最后有效日为 {lastUsable}。',
  },
  'lot-failed': {
    en: 'the outcome is recorded as not passed, or attended too little.',
    zh: '该成果记录为不及格或出勤不足。',
  },
  'lot-too-small': {
    en: 'the outcome is worth {worth} credits, fewer than the {wanted} of the target.',
    zh: '成果为 {worth} 学分，少于目标所需的 {wanted} 学分。',
  },
  'lot-unreadable': {
    en: 'the record cannot be read: {unreadable}.',
    zh: '记录无法读取：{unreadable}。',
  },
  'lot-better-used': {
    en: 'the outcome counts more elsewhere ({by}); using it here would cost {gain} credits.',
    zh: '该成果用于 {by} 更有利；用于此处将少得 {gain} 学分。',
  },
  'target-filled': {
    en: '{course} is already replaced by {by}; each course is replaced once.',
    zh: '{course} 已由 {by} 替代；每门课程只能替代一次。',
  },
  cap: {
    en: 'the cap "{cap}" has no room: {used} of {limit} is used and {wanted} more is needed.',
    zh: '已达上限“{cap}”：{limit} 中已用 {used}，还需 {wanted}。',
  },
  family: {
    en: 'of similar outcomes only one counts, and {kept} is the one.',
    zh: '同类成果只计一项，已计 {kept}。',
  },
  'never-convertible': {
    en: '{course} may not be replaced here ({never}).',
    zh: '{course} 在此不得替代（{never}）。',
  },
};

/** What is unknown and has to be found out before a rule can be decided. */
export const WAITS: Readonly<Record<Waiting['what'], Text>> = {
  finding: {
    en: 'a person has to find "{finding}" {wanted} for {lot} and {course}',
    zh: '需人工认定 {lot} 与 {course} 的“{finding}”{wanted}',
  },
  grade: { en: 'the grade of {lot} is unknown', zh: '{lot} 的成绩未知' },
  'pass-grade': {
    en: 'the pass mark of the sending school for {lot} is unknown',
    zh: '{lot} 原学校的及格线未知',
  },
  level: { en: 'the level of {lot} is unknown', zh: '{lot} 的等级未知' },
  hours: { en: 'the hours of {lot} are unknown', zh: '{lot} 的学时未知' },
  attendance: { en: 'the attendance of {lot} is unknown', zh: '{lot} 的出勤率未知' },
  credits: { en: 'the credit value of {lot} is unknown', zh: '{lot} 的学分值未知' },
  completed: {
    en: 'the completion day of {lot} is not known precisely enough',
    zh: '{lot} 的完成日期不够精确',
  },
  born: { en: 'the day of birth is unknown', zh: '出生日期未知' },
};

/** What the learner would have to do. */
export const CHANGES: Readonly<Record<Change['kind'], Text>> = {
  outcome: { en: 'complete {names}', zh: '取得 {names}' },
  grade: { en: 'grade {wanted}', zh: '成绩 {wanted}' },
  level: { en: 'level {wanted}', zh: '等级 {wanted}' },
  hours: { en: 'hours {wanted}', zh: '学时 {wanted}' },
  attendance: { en: 'attendance {wanted}', zh: '出勤率 {wanted}' },
  credits: { en: 'credits {wanted}', zh: '学分 {wanted}' },
  completed: { en: 'completed {wanted}', zh: '完成时间 {wanted}' },
  issuer: { en: 'issued by {wanted}', zh: '由 {wanted} 颁发' },
  age: { en: 'age {wanted}', zh: '年龄 {wanted}' },
  enrolment: { en: 'enrolled in {wanted}', zh: '就读于 {wanted}' },
  finding: { en: 'a finding of {wanted}', zh: '人工认定结果 {wanted}' },
};
