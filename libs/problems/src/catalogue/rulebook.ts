import type { ProblemDefinition } from '../definition.js';

/** Refusals of the rulebook feature: first whole documents, then single places in one. */
export const rulebookProblems = {
  'rulebook-unreadable': {
    status: 422,
    title: { en: 'The rule document is not readable YAML', zh: '规则文件不是可读的 YAML' },
    change: {
      en: 'Line {line}, column {column}: {reason}. Use two spaces for each level and quote texts that hold a colon.',
      zh: '第 {line} 行第 {column} 列：{reason}。每级缩进两个空格，含冒号的文字请加引号。',
    },
  },
  'rulebook-too-large': {
    status: 413,
    title: { en: 'The rule document is too large', zh: '规则文件过大' },
    change: {
      en: 'Keep one document under {limit}; split it by programme.',
      zh: '单个文件请不要超过 {limit}；可按专业拆分。',
    },
  },
  'rulebook-too-deep': {
    status: 422,
    title: { en: 'Conditions are nested too deeply', zh: '条件嵌套过深' },
    change: {
      en: 'Nest at most {limit} levels; a long chain of groups usually means one flat list.',
      zh: '最多嵌套 {limit} 层；过长的嵌套通常可以写成一个并列的列表。',
    },
  },
  'rulebook-invalid': {
    status: 422,
    title: { en: 'The rule document has faults', zh: '规则文件有错误' },
    change: {
      en: 'Correct the places listed in errors; each names its path and what to write instead.',
      zh: '请按 errors 修改；每一条都指出位置和应写的内容。',
    },
  },
  'rulebook-examples-fail': {
    status: 422,
    title: {
      en: 'A worked example does not come out as written',
      zh: '规则文件中的示例结果与预期不符',
    },
    change: {
      en: 'Correct the rule or the example; errors shows what was expected and what came out.',
      zh: '请修改规则或示例；errors 列出预期结果和实际结果。',
    },
  },
  'rulebook-version-exists': {
    status: 409,
    title: { en: 'This version is already published', zh: '该版本已发布' },
    change: {
      en: 'Published versions never change. Raise the version above {version} and publish again.',
      zh: '已发布的版本不能更改。请把 version 改为大于 {version} 后重新发布。',
    },
  },
  'rulebook-programme-changed': {
    status: 409,
    title: { en: 'A regulation keeps its programme', zh: '规则所属专业不能更改' },
    change: {
      en: 'This regulation governs {programme}. Keep it, or give the document another id.',
      zh: '该规则适用于 {programme}。请保持不变，或为文件另取 id。',
    },
  },
  'rulebook-dates-overlap': {
    status: 409,
    title: { en: 'The effective dates overlap another rulebook', zh: '生效日期与其他规则重叠' },
    change: {
      en: 'Programme {programme} is already governed by {other} in that time. Choose other dates or publish a newer version of {other}.',
      zh: '专业 {programme} 在此期间已适用 {other}。请另选日期，或发布 {other} 的新版本。',
    },
  },
  'rulebook-not-in-force': {
    status: 422,
    title: { en: 'No rulebook is in force', zh: '没有生效的规则' },
    change: {
      en: 'Programme {programme} has no rulebook in force on {on}. Choose another date or ask the institution to publish one.',
      zh: '专业 {programme} 在 {on} 没有生效的规则。请另选日期，或请该校发布规则。',
    },
  },
  'rulebook-shape': {
    status: 422,
    title: { en: 'This place does not have the required form', zh: '此处格式不符合要求' },
    change: {
      en: 'Line {line}: {found} does not fit here. Write it like this: {example}',
      zh: '第 {line} 行：{found} 不合要求。请这样写：{example}',
    },
  },
  'rulebook-member-missing': {
    status: 422,
    title: { en: 'Something is missing here', zh: '此处缺少内容' },
    change: {
      en: 'Line {line}: add "{name}", for example {example}',
      zh: '第 {line} 行：请加上“{name}”，例如 {example}',
    },
  },
  'rulebook-member-unknown': {
    status: 422,
    title: { en: 'This word is not known here', zh: '此处没有这个词' },
    change: {
      en: 'Line {line}: "{name}" is not known here. Did you mean "{nearest}"? Known words: {known}.',
      zh: '第 {line} 行：此处没有“{name}”。是否应为“{nearest}”？可用的词：{known}。',
    },
  },
  'rulebook-comma': {
    status: 422,
    title: { en: 'A comma cuts a text in two', zh: '逗号把文字截成了两段' },
    change: {
      en: 'Line {line}: inside { } a text with a comma needs quotes. It was cut before "{name}".',
      zh: '第 {line} 行：花括号内含逗号的文字要加引号。文字在“{name}”之前被截断。',
    },
  },
  'rulebook-needs-quotes': {
    status: 422,
    title: { en: 'Numbers of credit are written as text', zh: '学分数值应写成文字' },
    change: {
      en: 'Line {line}: put {found} in quotes: "{found}".',
      zh: '第 {line} 行：请给 {found} 加引号："{found}"。',
    },
  },
  'rulebook-number': {
    status: 422,
    title: { en: 'The number is out of range', zh: '数值超出范围' },
    change: {
      en: '"{value}" does not fit; allowed: {range}. Write it as text in quotes.',
      zh: '“{value}”不合要求；允许：{range}。请加引号写成文字。',
    },
  },
  'rulebook-unknown-name': {
    status: 422,
    title: { en: 'The document does not define this name', zh: '文件中没有定义该名称' },
    change: {
      en: '"{name}" is not defined. Did you mean "{nearest}"? Otherwise define it first.',
      zh: '“{name}”未定义。是否应为“{nearest}”？否则请先定义。',
    },
  },
  'rulebook-reserved-id': {
    status: 422,
    title: { en: 'This id is reserved', zh: '该 id 为保留字' },
    change: {
      en: '"{id}" is a word of the API. Write the institution before it, for example college/{id}.',
      zh: '“{id}”是接口的保留字。请在前面加上机构，例如 college/{id}。',
    },
  },
  'rulebook-duplicate': {
    status: 422,
    title: { en: 'The name is used twice', zh: '名称重复' },
    change: {
      en: '"{name}" is already used at {first}. Give this one another name.',
      zh: '“{name}”已用于 {first}。请改用其他名称。',
    },
  },
  'rulebook-too-many-asked': {
    status: 422,
    title: { en: 'More is asked than is offered', zh: '要求的数量多于可选数量' },
    change: {
      en: 'Ask for at most {offered} of {offered}; the document asks for {asked}.',
      zh: '共 {offered} 项，最多要求 {offered} 项；文件要求 {asked} 项。',
    },
  },
  'rulebook-limit': {
    status: 422,
    title: { en: 'There are too many of these', zh: '数量过多' },
    change: {
      en: 'At most {limit} are allowed here; there are {count}. Split the rule or the document.',
      zh: '此处最多 {limit} 项，现有 {count} 项。请拆分规则或文件。',
    },
  },
  'rulebook-dates-reversed': {
    status: 422,
    title: { en: 'The window ends before it begins', zh: '结束日期早于开始日期' },
    change: {
      en: 'Let "to" ({to}) be on or after "from" ({from}).',
      zh: '请使 to（{to}）不早于 from（{from}）。',
    },
  },
  'rulebook-grant-target': {
    status: 422,
    title: { en: 'The grant does not say what it gives', zh: '未写明给予什么' },
    change: {
      en: 'Name either a course or an elective pool; a score or right needs a value instead.',
      zh: '请写明 course 或 elective 之一；成绩或资格请写 value。',
    },
  },
  'rulebook-judged-course': {
    status: 422,
    title: { en: 'It is not clear which course a person judges', zh: '未写明人工判断针对哪门课程' },
    change: {
      en: 'Add "course" to the judged clause: the rule leads to {count} courses.',
      zh: '请在 judged 中写明 course：该规则对应 {count} 门课程。',
    },
  },
  'rulebook-two-sums': {
    status: 422,
    title: { en: 'A rule adds up twice', zh: '一条规则中有两个求和条件' },
    change: {
      en: 'Keep one "sum" in a rule and write a second rule for the other.',
      zh: '每条规则只保留一个 sum，另一个请写成新的规则。',
    },
  },
  'rulebook-remainder-target': {
    status: 422,
    title: { en: 'The remainder has nowhere to go', zh: '未写明剩余学分的去向' },
    change: {
      en: 'With "remainder: elective", name an elective pool in "remainderTo".',
      zh: '使用 remainder: elective 时，请在 remainderTo 中写明选修课组。',
    },
  },
  'rulebook-contradiction': {
    status: 422,
    title: { en: 'The rule grants what another clause forbids', zh: '该规则与禁止条款矛盾' },
    change: {
      en: 'Course {course} is never replaced ({never}). Remove it here or there.',
      zh: '课程 {course} 不得替代（{never}）。请删除其中一处。',
    },
  },
  'rulebook-nothing-to-decide': {
    status: 422,
    title: { en: 'The document decides nothing', zh: '文件没有可执行的内容' },
    change: {
      en: 'Write at least one rule, and at least one worked example.',
      zh: '请至少写一条规则和一个示例。',
    },
  },
  'rulebook-example-fails': {
    status: 422,
    title: { en: 'The example comes out differently', zh: '示例结果不同' },
    change: {
      en: '"{name}": {what} should be {expected} and is {actual}.',
      zh: '“{name}”：{what} 应为 {expected}，实际为 {actual}。',
    },
  },
  'scheme-kind-unknown': {
    status: 422,
    title: { en: 'There is no such kind of scheme', zh: '没有这种规则类别' },
    change: {
      en: '"{kind}" is no kind of scheme. Choose one of those in rulebooks/README.md.',
      zh: '没有“{kind}”这种类别。请从 rulebooks/README.md 列出的类别中选择。',
    },
  },
  'scheme-unreachable': {
    status: 422,
    title: { en: 'What stands below is never reached', zh: '其后的条款永远用不到' },
    change: {
      en: '"{id}" takes every case. Put it last, or say when it applies.',
      zh: '“{id}”适用于一切情形。请放在最后，或写明适用条件。',
    },
  },
  'rulebook-calendar-missing': {
    status: 422,
    title: { en: 'The document states no calendar', zh: '文件没有规定学年和学期' },
    change: {
      en: 'Something is counted per {per}. Add "calendar" with the start of the year and of each semester.',
      zh: '有条款按 {per} 计算。请加上 calendar，写明学年和各学期的开始日期。',
    },
  },
  'rulebook-prerequisite-empty': {
    status: 422,
    title: { en: 'The prerequisite does not say what for', zh: '先修要求未写明针对什么' },
    change: {
      en: 'Name the course or the outcome that has the prerequisite.',
      zh: '请写明哪门课程或哪项成果有先修要求（course 或 outcome）。',
    },
  },
  'rulebook-prerequisite-circle': {
    status: 422,
    title: { en: 'Prerequisites go in a circle', zh: '先修要求形成循环' },
    change: {
      en: 'Nothing of this can ever come first: {circle}. Remove one of these prerequisites.',
      zh: '以下要求互为先修，无法开始：{circle}。请删除其中一项。',
    },
  },
  'rulebook-exclusion-empty': {
    status: 422,
    title: { en: 'The exclusion does not say of what', zh: '互斥条款未写明对象' },
    change: {
      en: 'Name either courses or outcomes of which only one counts.',
      zh: '请写明互斥的课程（courses）或成果（outcomes）之一。',
    },
  },
} as const satisfies Record<string, ProblemDefinition>;
