import type { ProblemDefinition } from '../definition.js';

/** Refusals about people, their documents and their names. */
export const learnerProblems = {
  'name-mismatch': {
    status: 422,
    title: { en: 'The name does not belong to this document', zh: '姓名与证件不符' },
    change: {
      en: 'Check name and number against the document itself; if both are right, ask the learner to have the stored name corrected.',
      zh: '请对照证件原件核对姓名和号码；如均无误，请学习者申请更正已登记的姓名。',
    },
  },
  'unknown-learner': {
    status: 422,
    title: { en: 'Your institution has no learner with this id', zh: '本机构没有该编号的学习者' },
    change: {
      en: 'Name the learner by name and document the first time; use the id afterwards.',
      zh: '首次请提供姓名和证件，之后可使用学习者编号。',
    },
  },
  'learner-frozen': {
    status: 409,
    title: {
      en: 'The learner has asked for erasure: nothing is posted or shown',
      zh: '该学习者已申请删除个人信息：不再入账或展示',
    },
    change: {
      en: 'Leave the row out. The learner can take the request back until the period ends.',
      zh: '请去掉此行。学习者可在期限届满前撤回申请。',
    },
  },
  'outcome-erased': {
    status: 409,
    title: {
      en: 'This was posted for a person whose data has been erased',
      zh: '该记录所属人员的个人信息已删除',
    },
    change: {
      en: 'Leave the row out, and delete it from the file as well.',
      zh: '请去掉此行，并从文件中一并删除。',
    },
  },
  'erasure-done': {
    status: 409,
    title: { en: 'The data is erased already', zh: '个人信息已删除' },
    change: { en: 'Nothing can be taken back any more.', zh: '已无法撤回。' },
  },
  'consent-receiver-unknown': {
    status: 422,
    title: { en: 'No institution has this code', zh: '没有此代码的机构' },
    change: {
      en: 'Take the code from the list of institutions.',
      zh: '请使用机构名单中的代码。',
    },
  },
  'consent-record-missing': {
    status: 422,
    title: { en: 'A consent at a counter needs its paper', zh: '柜台代办的同意须有书面记录' },
    change: {
      en: 'State in `record` where the signed sheet is kept.',
      zh: '请在 record 中写明签字表的存放处。',
    },
  },
  'merge-same-person': {
    status: 409,
    title: { en: 'Both are read as one person already', zh: '两个账号已合并为同一人' },
    change: { en: 'There is nothing to merge.', zh: '无需再合并。' },
  },
  'merge-frozen': {
    status: 409,
    title: { en: 'One of the two has asked for erasure', zh: '其中一人已申请删除个人信息' },
    change: {
      en: 'Wait until the request is taken back, or let the data go.',
      zh: '请待其撤回申请，或等待删除完成。',
    },
  },
  'merge-outcome-twice': {
    status: 409,
    title: { en: 'Both accounts hold the same outcome', zh: '两个账号有相同的学习成果' },
    change: {
      en: 'Let one of each be taken back by the school that posted it: {outcomes}.',
      zh: '请由入账学校撤销其中一份：{outcomes}。',
    },
  },
  'merge-applications-on-both': {
    status: 409,
    title: { en: 'Both accounts have an application under way', zh: '两个账号都有在办的转换申请' },
    change: {
      en: 'Wait for the decisions, or withdraw those of the account that is given up: {applications}.',
      zh: '请等待审核结果，或撤回被并入账号的申请：{applications}。',
    },
  },
  'merge-application-open': {
    status: 409,
    title: {
      en: 'The account that is given up has an application under way',
      zh: '被并入的账号有在办的转换申请',
    },
    change: {
      en: 'Let that account be the surviving one, or wait for: {applications}.',
      zh: '请以该账号作为保留账号，或等待办结：{applications}。',
    },
  },
  'split-entangled': {
    status: 409,
    title: { en: 'Decisions rest on the record of both', zh: '已有决定依据两个账号的记录作出' },
    change: {
      en: 'Have these withdrawn or reversed first: {applications}.',
      zh: '请先撤回或冲销：{applications}。',
    },
  },
  'split-done': {
    status: 409,
    title: { en: 'This merge is undone already', zh: '该合并已撤销' },
    change: { en: 'There is nothing to undo.', zh: '无需再撤销。' },
  },
  'witness-unknown': {
    status: 422,
    title: { en: 'What is spoken needs a colleague who heard it', zh: '口头同意须有同事见证' },
    change: {
      en: 'Name in `witness` the sign-in name of a colleague of your institution, not your own.',
      zh: '请在 witness 中填写本机构一位同事的用户名，不能是您本人。',
    },
  },
  'claim-refused': {
    status: 403,
    title: { en: 'This does not open an account', zh: '无法认领账号' },
    change: {
      en: 'Check name, document and code; a code works once and for 14 days. A counter or your school gives a new one.',
      zh: '请核对姓名、证件和认领码；认领码 14 天内有效且只能使用一次，可在柜台或学校重新领取。',
    },
  },
  'too-many-claims': {
    status: 429,
    title: { en: 'Too many attempts to claim an account', zh: '认领账号尝试次数过多' },
    change: { en: 'Wait {seconds} seconds and try again.', zh: '请等待 {seconds} 秒后再试。' },
  },
  'guardian-not-another': {
    status: 422,
    title: { en: 'Nobody is the guardian of oneself', zh: '监护人不能是本人' },
    change: {
      en: 'Name the guardian by the guardian’s own document.',
      zh: '请填写监护人本人的证件。',
    },
  },
  'guardian-minor': {
    status: 422,
    title: { en: 'The guardian is a minor', zh: '监护人未满 18 周岁' },
    change: { en: 'A guardian is of full age.', zh: '监护人须年满 18 周岁。' },
  },
  'learner-of-age': {
    status: 409,
    title: { en: 'The learner is of full age', zh: '该学习者已满 18 周岁' },
    change: {
      en: 'Nobody acts as guardian after the 18th birthday; a counter serves the learner in person.',
      zh: '年满 18 周岁后不再设监护人；可由柜台为本人办理。',
    },
  },
  'birth-date-missing': {
    status: 422,
    title: { en: 'No document proves the day of birth', zh: '没有证件可证明出生日期' },
    change: {
      en: 'State `birthDate` from the evidence that you saw.',
      zh: '请按所见证明材料填写 birthDate。',
    },
  },
  'birth-date-differs': {
    status: 422,
    title: { en: 'The document says another day of birth', zh: '出生日期与证件不符' },
    change: {
      en: 'Leave `birthDate` out; the document counts.',
      zh: '请不要填写 birthDate，以证件为准。',
    },
  },
  'not-a-learner': {
    status: 403,
    title: { en: 'This account is not a learner', zh: '该账号不是学习者账号' },
    change: {
      en: 'Use the learner id instead of "me", or sign in as the learner.',
      zh: '请用学习者编号代替 me，或以学习者身份登录。',
    },
  },
  'resident-id-length': {
    status: 422,
    title: { en: 'A resident ID has 18 characters', zh: '居民身份证号应为 18 位' },
    change: {
      en: 'Enter all 18 characters: 17 digits and a digit or X; {length} were given.',
      zh: '请填写完整的 18 位：17 位数字加 1 位数字或 X；现为 {length} 位。',
    },
  },
  'resident-id-old-form': {
    status: 422,
    title: { en: 'This is the old 15-digit resident ID', zh: '这是旧版 15 位身份证号' },
    change: {
      en: 'Take the 18-character number from the present card; the old form is not converted by guessing.',
      zh: '请使用现行证件上的 18 位号码；系统不推算旧号码。',
    },
  },
  'resident-id-form': {
    status: 422,
    title: {
      en: 'A resident ID holds digits and a last X only',
      zh: '身份证号只能是数字，末位可为 X',
    },
    change: {
      en: 'Remove letters and signs; only the last character may be X.',
      zh: '请删除字母和符号；仅末位可以是 X。',
    },
  },
  'resident-id-birth-date': {
    status: 422,
    title: {
      en: 'The birth date in the resident ID does not exist',
      zh: '身份证号中的出生日期不存在',
    },
    change: {
      en: 'Check characters 7 to 14; they are a real date that is not in the future.',
      zh: '请核对第 7 至 14 位：应为真实且不晚于今天的日期。',
    },
  },
  'resident-id-check-digit': {
    status: 422,
    title: { en: 'The check digit of the resident ID is wrong', zh: '身份证号校验码错误' },
    change: {
      en: 'One character is mistyped or two are swapped: compare all 18 with the card.',
      zh: '可能有一位输错或两位颠倒：请对照证件核对全部 18 位。',
    },
  },
  'document-other-kind': {
    status: 422,
    title: {
      en: 'This number belongs to another kind of document',
      zh: '该号码属于另一种证件',
    },
    change: {
      en: 'State the kind {kind}, and the same number.',
      zh: '号码不变，请将证件类型改为 {kind}。',
    },
  },
  'name-dot': {
    status: 422,
    title: { en: 'A dot stands where no part of the name ends', zh: '姓名中的间隔点位置不当' },
    change: {
      en: 'Put one middle dot (U+00B7) between two parts of the name and none elsewhere.',
      zh: '请仅在姓名两部分之间使用一个间隔号“·”（U+00B7）。',
    },
  },
  'name-character': {
    status: 422,
    title: { en: 'The name holds a code that is no character', zh: '姓名含有非字符编码' },
    change: {
      en: 'Replace {codePoint}: GB 18030-2022 has no character there; a system of its own may show one.',
      zh: '请更换 {codePoint}：GB 18030-2022 中该码位没有字符，可能是本地自造字。',
    },
  },
  'document-number-form': {
    status: 422,
    title: { en: 'The number does not fit this kind of document', zh: '号码与证件类型不符' },
    change: { en: 'Use {form}.', zh: '正确格式：{form}。' },
  },
} as const satisfies Record<string, ProblemDefinition>;
