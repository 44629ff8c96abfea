/** Texts of the receiving school's review. */
export const review = {
  title: '转换审核',
  lead: '申请由规则计算，由您决定。列表自动更新。',
  none: '没有需要处理的申请。',
  page: {
    title: '审核申请',
    all: '返回全部申请',
    created: '提交于 {{at}}',
    outcomes: '学习者的学习成果',
  },
  findings: {
    title: '需要您认定',
    text: '规则在等下列认定。填写后系统会重新计算。',
    value: '认定结果：{{finding}}',
    wanted: '规则要求 {{wanted}}，只填数字。',
    record: '记录认定',
  },
  verdict: {
    title: '您的决定',
    choose: '选择',
    approve: '同意，按计算结果入账',
    return: '退回，请申请人补充',
    reject: '不同意',
    note: '说明',
    noteHint: '申请人会看到。退回或不同意时必填。',
    record: '提交决定',
  },
} as const;
