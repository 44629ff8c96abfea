import type { Text } from '#libs/problems';
import { LEARNER_TESTS } from '../clauses/learner-tests.js';
import { LOT_TESTS } from '../clauses/lot-tests.js';
import type { Change, OutcomeTrait, ReasonCode, Waiting } from '../types.js';

/** Why something was not granted. The tables are closed: a new code does not compile without texts. */
export const REASONS: Readonly<Record<ReasonCode, Text>> = {
  'condition-false': {
    en: 'the condition is not met: {condition}{read}.',
    zh: '不符合条件：{condition}{read}。',
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
  'lot-after-cut-off': {
    en: 'for a graduation in {graduates} nothing completed after {lastDay} counts.',
    zh: '{graduates} 毕业的，{lastDay} 之后完成的成果不计入。',
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
  'agreement-closed': {
    en: 'nothing is recognised under the agreement "{agreement}" here now ({closed}).',
    zh: '协议“{agreement}”目前在此不适用（{closed}）。',
  },
  'outside-agreement': {
    en: 'the agreement "{agreement}" is not about this outcome.',
    zh: '该成果不在协议“{agreement}”的范围内。',
  },
};

/** Follows a condition that is not met and for which something was read. */
export const READ: Text = { en: '; it is {read}', zh: '，实际为 {read}' };

/** Conditions that are about more than one value, by their operator. */
export const CONDITIONS = {
  has: { en: 'the outcome {wanted}', zh: '须有成果 {wanted}' },
  sum: { en: '{wanted} together', zh: '合计{wanted}' },
  usable: { en: 'an outcome that can be used', zh: '成果须可使用' },
  distinct: { en: 'an outcome of its own for each part', zh: '各项条件须各有一项成果' },
  all: { en: 'all parts of it', zh: '须全部满足' },
  any: { en: 'one of its parts', zh: '须满足其中一项' },
  'at-least': { en: '{wanted} of its parts', zh: '须满足其中 {wanted} 项' },
} as const satisfies Readonly<Record<string, Text>>;

/** As `lot-better-used`, where nobody counted what the other use would cost. */
export const COST_UNKNOWN: Text = {
  en: 'the outcome is used elsewhere ({by}), where it counts no less.',
  zh: '该成果已用于 {by}，不少于用于此处。',
};

/** Follows a reason that rests on a search which was stopped before its end. */
export const UNCONFIRMED: Text = {
  en: ' The search was stopped, so this is not confirmed.',
  zh: '搜索提前结束，此原因未经证实。',
};

const TESTS = [...LOT_TESTS, ...LEARNER_TESTS];

/** What is unknown and has to be found out before a rule can be decided; each kind says it itself. */
export const WAITS = Object.assign(
  {},
  ...TESTS.map(({ sentences }) => sentences.waits),
) as Readonly<Record<Waiting['what'], Text>>;

/** What an outcome is like that has yet to be completed. */
const TRAITS: Readonly<Record<OutcomeTrait, Text>> = {
  source: { en: 'a {wanted}', zh: '来源为{wanted}' },
  kind: { en: 'of kind {wanted}', zh: '类型为 {wanted}' },
  category: { en: 'of category {wanted}', zh: '类别为 {wanted}' },
  code: { en: 'with code {wanted}', zh: '代码 {wanted}' },
  name: { en: 'of a name that no other outcome has', zh: '名称不同于已有成果' },
};

/** What the learner would have to do; each kind says it itself. */
export const CHANGES = {
  outcome: { en: 'complete {names}', zh: '取得 {names}' },
  ...TRAITS,
  ...Object.fromEntries(TESTS.map(({ field, sentences }) => [field, sentences.change])),
} as Readonly<Record<Change['kind'], Text>>;
