/** Texts of the page to sign in on, beside those that it shares. */
export const signing = {
  code: '动态验证码或恢复码',
  codeHint: '验证器应用显示的六位数；手机不在身边时，可用一个恢复码。',
  passkey: '用通行密钥登录',
  passkeyHint: '指纹、面容或锁屏密码',
  cancelled: '没有登录：操作被取消或超时。',
  provider: '用{{name}}登录',
  providerFailed: '通过统一身份认证没有登录成功，请重试或改用其他方式。',
  or: '或者用密码登录',
  help: '登录不了？',
  helpForgotten: '忘记密码：学习者带证件到任何一个窗口重新领取；工作人员请联系本机构管理员。',
  helpLost:
    '手机丢了：在验证码处输入一个恢复码。恢复码也没有时，请联系本机构管理员，经两人核实后重设。',
  claim: '第一次使用？凭激活码开通',
  invited: '收到了邀请？接受邀请',
} as const;
