import type { ProblemDefinition } from '../definition.js';

/**
 * What the linter says about rule documents that can be read and still are not what somebody means.
 * `libs/rules/src/lint` finds them; each has its severity there.
 */
export const lintProblems = {
  'lint-rule-without-example': {
    status: 422,
    title: { en: 'No example shows this rule', zh: '没有示例说明该规则' },
    change: {
      en: 'Add an example in which "{rule}" is granted and one in which it is refused. A rule without an example cannot be published.',
      zh: '请为“{rule}”各加一个予以认定和不予认定的示例。没有示例的规则不能发布。',
    },
  },
  'lint-leaf-one-sided': {
    status: 422,
    title: { en: 'Examples show one side of this limit only', zh: '示例只说明了界限的一侧' },
    change: {
      en: 'Add an example in which "{operator} {wanted}" is {side}.',
      zh: '请加一个“{operator} {wanted}”为 {side} 的示例。',
    },
  },
  'lint-unsatisfiable': {
    status: 422,
    title: { en: 'The condition can never be true', zh: '该条件永远不成立' },
    change: {
      en: '{what}: nothing is at least {from} and below {to}. Correct one of the two, or remove the rule.',
      zh: '{what}：没有值既不低于 {from} 又低于 {to}。请改正其中之一，或删除该规则。',
    },
  },
  'lint-always-true': {
    status: 422,
    title: { en: 'The condition asks for nothing', zh: '该条件没有实际要求' },
    change: {
      en: '"{wanted}" lets everything pass. Raise it, or remove it.',
      zh: '“{wanted}”对任何成果都成立。请提高要求，或删除该条件。',
    },
  },
  'lint-never-in-force': {
    status: 422,
    title: { en: 'The rule is never in force', zh: '该规则永不生效' },
    change: {
      en: 'The rule holds from {from} to {to} and the document from {documentFrom} to {documentTo}: no day is in both.',
      zh: '规则适用于 {from} 至 {to}，文件适用于 {documentFrom} 至 {documentTo}：没有共同的日期。',
    },
  },
  'lint-shadowed': {
    status: 422,
    title: { en: 'Another rule gives as much for less', zh: '另一规则以更低条件给予相同结果' },
    change: {
      en: 'Whoever meets "{rule}" also meets "{by}", which gives at least as much. Remove one, or make them differ.',
      zh: '符合“{rule}”的也都符合“{by}”，而后者给予不少于前者。请删除其一，或使二者有别。',
    },
  },
  'lint-ambiguous': {
    status: 422,
    title: { en: 'Two rules speak of the same outcome', zh: '两条规则针对同一成果' },
    change: {
      en: '"{rule}" and "{other}" take {outcome} under the same condition ({kind}). The better one for the learner is applied; say so, or merge them.',
      zh: '“{rule}”与“{other}”以相同条件接受 {outcome}（{kind}）。系统会采用对学习者更有利的一条；请注明，或合并二者。',
    },
  },
  'lint-outcome-unknown': {
    status: 422,
    title: { en: 'The catalogue does not have this outcome', zh: '成果名录中没有该成果' },
    change: {
      en: '"{outcome}" is not in the catalogue. Did you mean "{nearest}"? Otherwise define the outcome first.',
      zh: '名录中没有“{outcome}”。是否应为“{nearest}”？否则请先登记该成果。',
    },
  },
  'lint-outcome-nobody-accepts': {
    status: 422,
    title: { en: 'No rule accepts this outcome', zh: '没有规则接受该成果' },
    change: {
      en: '"{outcome}" is in the catalogue and no rule in force takes it. Write a rule, or tell its issuer.',
      zh: '名录中有“{outcome}”，但没有现行规则接受它。请编写规则，或告知发证机构。',
    },
  },
  'lint-lapses-soon': {
    status: 422,
    title: { en: 'This ends soon', zh: '即将失效' },
    change: {
      en: '"{name}" ends on {to}, in {days} days. Publish its successor, or let it end.',
      zh: '“{name}”将于 {to} 失效，还有 {days} 天。请发布后续版本，或任其失效。',
    },
  },
  'lint-lapsed': {
    status: 422,
    title: { en: 'This has ended', zh: '已经失效' },
    change: {
      en: '"{name}" ended on {to}. Remove it, or extend it.',
      zh: '“{name}”已于 {to} 失效。请删除或延长。',
    },
  },
  'lint-cap-never-binds': {
    status: 422,
    title: { en: 'This limit can never be reached', zh: '该上限不可能达到' },
    change: {
      en: 'Cap "{cap}" allows {limit} and at most {most} can come under it ({because}). Lower it, or remove it.',
      zh: '上限“{cap}”为 {limit}，而最多只会计入 {most}（{because}）。请降低或删除。',
    },
  },
  'lint-cap-below-grant': {
    status: 422,
    title: { en: 'The rule never fits under this limit', zh: '该规则永远超出上限' },
    change: {
      en: 'Rule "{rule}" gives {least} at the least and cap "{cap}" allows {limit}. Raise the cap, lower the grant, or let it be cut with "partial".',
      zh: '规则“{rule}”至少给予 {least}，而上限“{cap}”为 {limit}。请提高上限、降低学分，或用 partial 允许部分认定。',
    },
  },
  'lint-out-of-reach': {
    status: 422,
    title: { en: 'More is required than the programme has', zh: '要求超过专业的总量' },
    change: {
      en: '"{name}" wants {atLeast} and at most {most} can count. Lower it, or correct the programme.',
      zh: '“{name}”要求 {atLeast}，而最多只能计入 {most}。请降低要求，或改正专业学分。',
    },
  },
  'lint-too-many-ways': {
    status: 422,
    title: { en: 'The rule can be met in too many ways', zh: '满足该规则的方式过多' },
    change: {
      en: '"{rule}" can be met in {ways} ways or more; beyond {limit} some are not looked at. Name fewer outcomes in each group.',
      zh: '“{rule}”可由 {ways} 种以上方式满足；超过 {limit} 种的部分不予查看。请减少每组列出的成果。',
    },
  },
  'lint-dates-overlap': {
    status: 422,
    title: { en: 'Two rulebooks govern one programme', zh: '两份规则同时适用于一个专业' },
    change: {
      en: '{programme} is governed by this document and by {other} from {from} to {to}. Let one end before the other begins.',
      zh: '{programme} 在 {from} 至 {to} 同时适用本文件和 {other}。请使一份在另一份生效前失效。',
    },
  },
  'lint-version-twice': {
    status: 422,
    title: { en: 'One version has two contents', zh: '同一版本有两种内容' },
    change: {
      en: 'Version {version} of {id} is here twice with different content. Raise the version of the newer one.',
      zh: '{id} 的第 {version} 版出现了两种内容。请提高较新一份的版本号。',
    },
  },
  'lint-agreement-differs': {
    status: 422,
    title: { en: 'The two sides wrote down different agreements', zh: '双方所写的协议不一致' },
    change: {
      en: 'Agreement "{name}" has other parties, caps or days in {other}. Write the same on both sides.',
      zh: '协议“{name}”在 {other} 中的各方、上限或日期不同。请使双方一致。',
    },
  },
  'lint-unused': {
    status: 422,
    title: { en: 'Nothing uses this', zh: '没有被使用' },
    change: {
      en: '{what} "{name}" is defined and no clause uses it. Use it, or remove it.',
      zh: '{what}“{name}”已定义，但没有条款使用。请使用或删除。',
    },
  },
} as const satisfies Record<string, ProblemDefinition>;
