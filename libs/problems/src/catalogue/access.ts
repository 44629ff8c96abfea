import type { ProblemDefinition } from '../definition.js';

/** Refusals about who is asking. */
export const accessProblems = {
  'not-signed-in': {
    status: 401,
    title: { en: 'Sign in first', zh: '请先登录' },
    change: {
      en: 'Send an API key as "Authorization: Bearer …", or sign in.',
      zh: '请在 Authorization: Bearer 中提供 API 密钥，或先登录。',
    },
  },
  'sign-in-failed': {
    status: 401,
    title: { en: 'Name or password is wrong', zh: '用户名或密码错误' },
    change: { en: 'Check both and try again.', zh: '请核对后重试。' },
  },
  'not-allowed': {
    status: 403,
    title: { en: 'Your role may not do this', zh: '您的角色无权执行此操作' },
    change: { en: 'This needs one of the roles: {roles}.', zh: '需要以下角色之一：{roles}。' },
  },
  'representation-ended': {
    status: 403,
    title: {
      en: 'You do not act for this learner, or no longer',
      zh: '您无权代该学习者办理，或代办已结束',
    },
    change: {
      en: 'Open a counter session again, or leave out the header Acting-For.',
      zh: '请重新开始柜台服务，或去掉 Acting-For 请求头。',
    },
  },
  'not-on-behalf': {
    status: 403,
    title: { en: 'Only the learner in person can do this', zh: '此事只能由学习者本人办理' },
    change: {
      en: 'Leave it to the learner, who can sign in; an account can be claimed at a counter.',
      zh: '请由学习者本人登录办理；可在柜台办理账号认领。',
    },
  },
  'act-not-agreed': {
    status: 403,
    title: { en: 'The learner has not agreed to this', zh: '学习者未同意此项代办' },
    change: {
      en: 'Ask the learner, and open a counter session that names `{act}`.',
      zh: '请征得学习者同意，并以包含“{act}”的范围重新开始柜台服务。',
    },
  },
  'cross-site-request': {
    status: 403,
    title: { en: 'This request comes from another site', zh: '该请求来自其他网站' },
    change: {
      en: 'A signed-in browser must send Origin or Sec-Fetch-Site of this site; programs use an API key.',
      zh: '登录后的浏览器请求须带有本站的 Origin 或 Sec-Fetch-Site；程序请使用 API 密钥。',
    },
  },
  'too-many-sign-ins': {
    status: 429,
    title: { en: 'Too many failed sign-ins', zh: '登录失败次数过多' },
    change: {
      en: 'Wait {seconds} seconds and try again.',
      zh: '请等待 {seconds} 秒后再试。',
    },
  },
  'second-factor-needed': {
    status: 401,
    title: { en: 'The password alone is not enough', zh: '仅凭密码不足以登录' },
    change: {
      en: 'Send the same again with a one-time code or a recovery code as "code", or use a passkey.',
      zh: '请在 "code" 中附上动态验证码或恢复码重新提交，或使用通行密钥登录。',
    },
  },
  'second-factor-failed': {
    status: 401,
    title: { en: 'The code is wrong or was used already', zh: '验证码错误或已使用' },
    change: {
      en: 'Wait for the next one-time code, or use a recovery code that is left.',
      zh: '请等待下一个动态验证码，或使用尚未用过的恢复码。',
    },
  },
  'second-factor-missing': {
    status: 403,
    title: { en: 'Set up a second factor first', zh: '请先设置第二重验证' },
    change: {
      en: 'Staff need a one-time code or a passkey here: add one under /v1/account, then go on.',
      zh: '工作人员须使用动态验证码或通行密钥：请先在 /v1/account 下添加。',
    },
  },
  'password-temporary': {
    status: 403,
    title: { en: 'Choose a password of your own first', zh: '请先设置自己的密码' },
    change: {
      en: 'Somebody else made the present one: change it under PUT /v1/account/password, then go on.',
      zh: '当前密码由他人设置：请先通过 PUT /v1/account/password 修改。',
    },
  },
  'second-factor-absent': {
    status: 409,
    title: { en: 'There is no second factor to reset', zh: '没有可重置的第二重验证' },
    change: {
      en: 'This account signs in without one. A lost password is another matter.',
      zh: '该账号未设置第二重验证；忘记密码请另行处理。',
    },
  },
  'reset-of-oneself': {
    status: 403,
    title: { en: 'Not for one’s own account', zh: '不能用于本人账号' },
    change: {
      en: 'Others reset a second factor. Change your own under /v1/account.',
      zh: '第二重验证须由他人重置；本人请在 /v1/account 下修改。',
    },
  },
  'second-factor-required': {
    status: 409,
    title: { en: 'This is your last second factor', zh: '这是您仅有的第二重验证' },
    change: {
      en: 'Staff need one here: add another before you take this one away.',
      zh: '工作人员必须保留一种：请先添加另一种再移除。',
    },
  },
  'one-time-code-there': {
    status: 409,
    title: { en: 'One-time codes are set up already', zh: '动态验证码已设置' },
    change: {
      en: 'Take the present one away first, then set up another.',
      zh: '请先移除现有的，再重新设置。',
    },
  },
  'passkey-refused': {
    status: 401,
    title: { en: 'The passkey was not accepted', zh: '通行密钥未被接受' },
    change: {
      en: 'Ask for new options and let the browser answer them within five minutes, on this site.',
      zh: '请重新获取参数，并在五分钟内于本站用浏览器完成验证。',
    },
  },
  'provider-refused': {
    status: 401,
    title: { en: 'Signing in there did not work', zh: '第三方登录未成功' },
    change: {
      en: 'Begin again from the sign-in page, in one browser, within ten minutes.',
      zh: '请在同一浏览器中从登录页重新开始，并在十分钟内完成。',
    },
  },
  'provider-person-unknown': {
    status: 403,
    title: { en: 'There is no account here for you', zh: '此处没有您的账号' },
    change: {
      en: 'Ask your institution to open an account with the name that you have there.',
      zh: '请让您的机构按您在该处的用户名开立账号。',
    },
  },
  'provider-second-factor': {
    status: 403,
    title: { en: 'Staff need a second factor', zh: '工作人员须使用第二重验证' },
    change: {
      en: 'Set one up where you sign in, or sign in here with a passkey.',
      zh: '请在该处设置第二重验证，或在此使用通行密钥登录。',
    },
  },
  'provider-away': {
    status: 503,
    title: { en: 'The other sign-in does not answer', zh: '第三方登录暂不可用' },
    change: {
      en: 'Try again in a few minutes, or sign in with your password.',
      zh: '请几分钟后再试，或使用密码登录。',
    },
  },
  'sign-in-again': {
    status: 403,
    title: { en: 'Sign in again for this change', zh: '此更改需要重新登录' },
    change: {
      en: 'How to sign in can be changed within {minutes} minutes of signing in.',
      zh: '只能在登录后 {minutes} 分钟内更改登录方式。',
    },
  },
  'password-wrong': {
    status: 403,
    title: { en: 'The present password is wrong', zh: '当前密码错误' },
    change: {
      en: 'Type the password that you sign in with now.',
      zh: '请输入目前用于登录的密码。',
    },
  },
  'password-common': {
    status: 400,
    title: { en: 'This password is one that guessers try first', zh: '该密码太容易被猜到' },
    change: {
      en: 'Choose several words, or anything that is no common password, number or your own name.',
      zh: '请使用几个词的组合，不要用常见密码、短数字或自己的用户名。',
    },
  },
  'people-only': {
    status: 403,
    title: { en: 'Only a person who signed in may do this', zh: '此操作仅限本人登录后进行' },
    change: {
      en: 'Sign in with an account; keys and access tokens are refused here.',
      zh: '请使用账号登录；此处不接受密钥和访问令牌。',
    },
  },
  'scope-missing': {
    status: 403,
    title: { en: 'The key is not meant for this', zh: '该密钥不用于此操作' },
    change: {
      en: 'This needs the scope {scope}. Use a key that has it.',
      zh: '需要权限范围 {scope}。请使用具有该范围的密钥。',
    },
  },
  'address-not-allowed': {
    status: 403,
    title: { en: 'The key is not used from this address', zh: '该密钥不可在此地址使用' },
    change: {
      en: 'Call from an address on the key’s list, or have the list changed.',
      zh: '请从密钥允许的地址调用，或修改允许的地址。',
    },
  },
  'key-roles': {
    status: 403,
    title: { en: 'A key cannot do more than you', zh: '密钥的权限不能超过您本人' },
    change: {
      en: 'Choose roles among your own: {roles}.',
      zh: '请在您自己的角色中选择：{roles}。',
    },
  },
  'key-expiry': {
    status: 422,
    title: { en: 'A key does not live that long', zh: '密钥有效期不符' },
    change: {
      en: 'Choose a moment between now and {latest}.',
      zh: '请选择从现在到 {latest} 之间的时间。',
    },
  },
  'key-without-secret': {
    status: 409,
    title: { en: 'This client signs and has no secret', zh: '该客户端使用签名，没有密钥' },
    change: {
      en: 'Make a new client with the new public key, then end this one.',
      zh: '请用新的公钥新建客户端，再停用此客户端。',
    },
  },
  'password-length': {
    status: 400,
    title: { en: 'The password is too short or too long', zh: '密码长度不符' },
    change: { en: 'Use 8 to 128 characters.', zh: '请使用 8 到 128 个字符。' },
  },
  'sign-in-name-taken': {
    status: 409,
    title: { en: 'This sign-in name is taken', zh: '该用户名已被使用' },
    change: { en: 'Choose another name.', zh: '请换一个用户名。' },
  },
  'learner-has-account': {
    status: 409,
    title: { en: 'This learner has an account already', zh: '该学习者已有账号' },
    change: { en: 'Sign in with it.', zh: '请使用已有账号登录。' },
  },
  'institution-code-taken': {
    status: 409,
    title: { en: 'This institution code is taken', zh: '该机构代码已被使用' },
    change: { en: 'Choose another code than {code}.', zh: '请换一个代码，{code} 已存在。' },
  },
} as const satisfies Record<string, ProblemDefinition>;
