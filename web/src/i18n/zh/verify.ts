/** Texts of the public verification. */
export const verify = {
  title: '核验证明',
  resultTitle: '核验结果',
  lead: '任何人都可以核验，无需账号。结果由学分银行实时给出。',
  form: {
    code: '核验码',
    hint: '12 位数字，空格可有可无。',
    check: '核验',
    fault_other: '核验码应为 12 位数字，现在是 {{count}} 位。',
  },
  another: '核验另一份',
  valid: '证明有效',
  notAll_other: '有 {{count}} 项未通过',
  checkedAt: '核验时间：{{at}}（北京时间）',
  checks: '逐项结果',
  result: {
    pass: '通过',
    fail: '未通过',
    'not-applicable': '不适用',
  },
  fact: {
    name: '姓名',
    document: '证件',
    purpose: '用途',
    expires: '有效期至',
  },
  outcomes: '学习成果',
  noOutcomes: '这份证明没有列出学习成果。',
  notValid: {
    title: '没有可以核验的证明',
    text: '核验码可能输错，也可能已到期或被持有人停用。请向持有人确认，或请其重新生成。',
  },
  print: '打印本页',
  how: {
    title: '怎样确认这一结果可信',
    address: '确认地址栏是 {{host}}，不要相信截图或转发的网页。',
    code: '打印件或文件上的核验码，请自己在本页输入一遍。',
    person: '核对姓名和证件号首尾是否与本人证件一致。',
    fresh: '结果只代表核验时间那一刻；需要时请重新核验。',
  },
} as const;
