/** What people with an account may do. */
export const role = {
  learner: '学习者',
  registrar: '教务登记',
  issuer: '证书登记',
  admissions: '招生核验',
  clerk: '窗口服务',
  'rule-author': '规则起草',
  approver: '规则审核',
  manager: '机构管理员',
  authority: '主管部门',
  operator: '系统运维',
} as const;
