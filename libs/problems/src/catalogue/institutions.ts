import type { ProblemDefinition } from '../definition.js';

/** Refusals about institutions: what they may do, who works there, what they agreed upon. */
export const institutionProblems = {
  'posting-suspended': {
    status: 403,
    title: { en: 'Posting is suspended', zh: '已暂停登记学习成果' },
    change: {
      en: '{institution} has {points} demerit points: from {from} to {to} nothing is posted (outcome {outcome}). Post after that, or appeal to the authority.',
      zh: '{institution} 已累计扣 {points} 分：{from} 至 {to} 暂停登记（成果 {outcome}）。请在此之后登记，或向主管部门申诉。',
    },
  },
  'may-not-apply': {
    status: 403,
    title: { en: 'Nothing new may be begun', zh: '暂不得申请新项目' },
    change: {
      en: '{institution} has {points} demerit points: from {from} to {to} it begins nothing new (outcome {outcome}). Wait until then, or appeal to the authority.',
      zh: '{institution} 已累计扣 {points} 分：{from} 至 {to} 不得申请新项目（成果 {outcome}）。请届时再申请，或向主管部门申诉。',
    },
  },
  'outcome-form-not-awarded': {
    status: 403,
    title: { en: 'Your institution does not award this', zh: '本机构不授予此类成果' },
    change: {
      en: 'Ask the authority to add "{form}" to what {institution} awards, or let its issuer post it.',
      zh: '请申请主管部门将“{form}”列入 {institution} 可授予的成果，或由发证机构登记。',
    },
  },
  'outcome-form-not-registered': {
    status: 403,
    title: { en: 'Your institution does not register this', zh: '本机构不登记此类成果' },
    change: {
      en: 'Ask the authority to add "{form}" to what {institution} registers, or let its issuer post it.',
      zh: '请申请主管部门将“{form}”列入 {institution} 可登记的成果，或由发证机构登记。',
    },
  },
  'recognition-missing': {
    status: 409,
    title: { en: 'Nobody may decide for this programme', zh: '该专业暂无认定机构' },
    change: {
      en: '{institution} may not decide about {programme}. Choose another programme, or ask the authority.',
      zh: '{institution} 不得对 {programme} 作出认定。请选择其他专业，或咨询主管部门。',
    },
  },
  'institution-suspended': {
    status: 409,
    title: { en: 'The institution is suspended', zh: '该机构已暂停' },
    change: {
      en: 'Wait until the authority lets {institution} work again.',
      zh: '请等待主管部门恢复 {institution}。',
    },
  },
  'institution-tier': {
    status: 422,
    title: { en: 'It cannot stand there', zh: '机构层级不符' },
    change: {
      en: 'A centre belongs to nobody, a sub-centre to a centre, a member unit to either or to nobody. What others belong to stays a centre or sub-centre.',
      zh: '中心无上级；分中心隶属中心；成员单位可隶属中心、分中心或不隶属。有下属的机构须保持为中心或分中心。',
    },
  },
  'institution-roles': {
    status: 403,
    title: { en: 'You cannot give these roles here', zh: '不能授予这些角色' },
    change: { en: 'Choose among: {roles}.', zh: '请从中选择：{roles}。' },
  },
  'institution-request-decided': {
    status: 409,
    title: { en: 'This request is decided already', zh: '该入驻申请已处理' },
    change: {
      en: 'It is {state}. A refused institution may ask again.',
      zh: '状态为 {state}。被拒的机构可以重新申请。',
    },
  },
  'invitation-not-valid': {
    status: 404,
    title: { en: 'This invitation is not valid', zh: '邀请无效' },
    change: {
      en: 'It was used, withdrawn, mistyped or is too old. Ask your institution for a new one.',
      zh: '邀请可能已使用、已撤回、输入有误或已过期。请向您的机构索取新的邀请。',
    },
  },
  'own-account': {
    status: 409,
    title: { en: 'Not on your own account', zh: '不能对本人账号操作' },
    change: {
      en: 'Let another manager do it, the authority or the operator.',
      zh: '请由其他管理员、主管部门或运维人员操作。',
    },
  },
  'offence-unknown': {
    status: 422,
    title: { en: 'The scheme has no such offence', zh: '扣分办法中无此违规' },
    change: { en: 'Use one of: {offences}.', zh: '请使用：{offences}。' },
  },
  'demerit-day': {
    status: 422,
    title: { en: 'Points do not change from that day', zh: '生效日期不符' },
    change: {
      en: 'Choose a day between {earliest} and {latest}: what was posted before stays posted.',
      zh: '请选择 {earliest} 至 {latest} 之间的日期：此前的登记不受影响。',
    },
  },
  'demerit-reversed': {
    status: 409,
    title: { en: 'These points are taken back already', zh: '该扣分已撤销' },
    change: {
      en: 'Each entry is taken back once, and what takes back is final.',
      zh: '每条扣分只能撤销一次，撤销记录不可再撤销。',
    },
  },
  'agreement-code-taken': {
    status: 409,
    title: { en: 'This name of an agreement is taken', zh: '该协议名称已被使用' },
    change: { en: 'Choose another than {code}.', zh: '请换一个名称，{code} 已存在。' },
  },
  'agreement-parties': {
    status: 422,
    title: { en: 'The parties do not fit', zh: '协议各方不符合要求' },
    change: {
      en: 'Name two or more institutions, each once, your own among them; only a centre or sub-centre signs for its members.',
      zh: '请列出两个以上不重复的机构，并包含本机构；只有中心或分中心可代表其成员单位签署。',
    },
  },
  'agreement-days': {
    status: 422,
    title: { en: 'The days do not fit', zh: '日期不符合要求' },
    change: {
      en: 'It ends on {earliest} or later, not before it begins, and within thirty years.',
      zh: '协议须在 {earliest} 或之后结束，不早于开始日期，且不超过三十年。',
    },
  },
  'quota-taken': {
    status: 409,
    title: { en: 'The quota of the agreement is taken', zh: '协议名额已用完' },
    change: {
      en: 'Others were first. Ask again: it is decided by what is left.',
      zh: '名额已被他人占用。请重新申请，将按剩余名额认定。',
    },
  },
  'agreement-state': {
    status: 409,
    title: { en: 'The agreement does not allow this now', zh: '协议当前状态不允许此操作' },
    change: {
      en: 'It is {state}. See what each party has said.',
      zh: '协议状态为 {state}。请查看各方的答复。',
    },
  },
} as const satisfies Record<string, ProblemDefinition>;
