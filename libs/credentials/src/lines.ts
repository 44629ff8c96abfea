import type { Text } from '#libs/problems';

/** What is looked at, in the order of an answer. */
export const LINES = [
  'format',
  'signature',
  'issuer',
  'validity',
  'revoked',
  'suspended',
  'log',
] as const;

export type LineName = (typeof LINES)[number];

/**
 * `pass` and `fail` are answers. `not-applicable`: the document has nothing of the kind.
 * `not-checked`: it has, and it could not be looked at; what is missing is said.
 */
export type LineResult = 'pass' | 'fail' | 'not-applicable' | 'not-checked';

/** What was found, in one closed table: result and words of every code. */
export interface Finding {
  readonly result: LineResult;
  readonly text: Text;
}

/** One line of an answer. */
export interface Line {
  readonly line: LineName;
  readonly result: LineResult;
  readonly code: LineCode;
  readonly params?: Readonly<Record<string, string>>;
  readonly text: Text;
}

const FORMAT = {
  'format-sound': pass(
    '格式正确，语境与词汇均已知',
    'The form is right; every context and word is known',
  ),
  'not-json': fail(
    '不是可读取的凭证文件。请提交原始文件（JSON 或 JWT），不要复制显示内容',
    'This is no credential that can be read. Send the file itself (JSON or JWT), not what a page shows of it',
  ),
  'too-large': fail(
    '文件过大（上限 {limit} 字节）。请只提交凭证本身',
    'The file is too large (at most {limit} bytes). Send the credential alone',
  ),
  'not-a-credential': fail(
    '凭证的 {pointer} 不符合 W3C 可验证凭证 2.0。请向签发机构索取完整文件',
    'Member {pointer} is not what W3C Verifiable Credentials 2.0 ask for. Ask the issuer for the whole file',
  ),
  'not-a-presentation': fail(
    '出示文件的 {pointer} 不符合 W3C 可验证凭证 2.0。请持有人重新出示',
    'Member {pointer} of the presentation is not what W3C Verifiable Credentials 2.0 ask for. Ask the holder to present again',
  ),
  'context-unknown': fail(
    '引用了未知语境 {url}，其词义无法确定，不予采信',
    'It uses the unknown context {url}; what its words mean cannot be said, so they are not relied on',
  ),
  'term-unknown': fail(
    '含有语境未定义的词（{detail}），签名不涵盖该内容，不予采信',
    'It holds a word that no context explains ({detail}); a signature does not cover it',
  ),
  'schema-mismatch': fail(
    '{pointer} 不符合所声明的模式 {schema}（{detail}）',
    '{pointer} is not what the schema {schema} asks for ({detail})',
  ),
  'related-resource-changed': fail(
    '所引用资源的摘要不符，资源已被更改',
    'The digest of a resource it refers to does not fit: the resource was changed',
  ),
} as const;

const SIGNATURE = {
  'signature-right': pass(
    '签名有效，内容自签发后未被更改',
    'The signature is right; nothing was changed since it was made',
  ),
  'signature-missing': fail(
    '没有签名，任何人都可能写出此文件。请索取已签名的凭证',
    'It is not signed, so anybody could have written it. Ask for the signed credential',
  ),
  'signature-wrong': fail(
    '签名与内容不符：文件在签发后被更改，或签名并非该密钥所签。不予采信',
    'The signature does not fit the content: something was changed, or another key made it. Do not rely on it',
  ),
  'proof-malformed': fail(
    '签名部分残缺或写法有误。请索取原始文件',
    'The signature is incomplete or written wrongly. Ask for the original file',
  ),
  'cryptosuite-unknown': fail(
    '签名算法 {cryptosuite} 不受支持（支持 eddsa-rdfc-2022、eddsa-jcs-2022、EdDSA）',
    'The kind of signature {cryptosuite} is not supported (eddsa-rdfc-2022, eddsa-jcs-2022 and EdDSA are)',
  ),
  'key-not-found': fail(
    '签发者的公开文件中没有密钥 {key}',
    "The issuer's public document does not list the key {key}",
  ),
  'key-not-of-issuer': fail(
    '签名密钥属于他人，并非凭证所称的签发者。不予采信',
    'The key belongs to somebody else than the issuer that is named. Do not rely on it',
  ),
  'key-not-for-purpose': fail(
    '该密钥未被授权用于此类签名',
    'The key is not listed for this kind of signature',
  ),
  'proof-expired': fail(
    '签名已过期。请索取新的凭证',
    'The signature has expired. Ask for a new credential',
  ),
  'audience-wrong': fail(
    '该文件是出示给其他接收方的。请持有人重新向您出示',
    'It was presented to somebody else. Ask the holder to present it to you',
  ),
  'challenge-wrong': fail(
    '该出示不是对本次请求的回应（可能是重放）。请持有人重新出示',
    'It does not answer this request and may be a replay. Ask the holder to present again',
  ),
  'issuer-not-reachable': unchecked(
    '暂时取不到签发者 {key} 的公开密钥，无法核对签名。请稍后再试',
    'The public keys of {key} cannot be had now, so the signature is not checked. Try again later',
  ),
  'signature-not-read': unchecked(
    '格式不符，未核对签名',
    'The form is wrong, so the signature was not checked',
  ),
} as const;

const ISSUER = {
  'issuer-known': pass('签发者 {name} 在册', 'The issuer {name} is known to this credit bank'),
  'issuer-unknown': unchecked(
    '签发者 {name} 不在本学分银行名册中：签名只证明由其签发，不证明其身份。请自行核实',
    'The issuer {name} is not known here: the signature says that it signed, not who it is. Make sure yourself',
  ),
} as const;

const VALIDITY = {
  'valid-now': pass('在有效期内', 'Valid at this time'),
  'no-end': pass('已生效，没有截止日期', 'In force, without an end'),
  'not-yet-valid': fail('自 {from} 起方有效', 'Valid from {from} on only'),
  expired: fail('已于 {until} 失效。请索取新的凭证', 'It ended on {until}. Ask for a new one'),
} as const;

const STATUS = {
  'not-revoked': pass('未被撤销（状态名单截至 {at}）', 'Not revoked (status list of {at})'),
  revoked: fail('已被签发机构撤销', 'Revoked by its issuer'),
  'not-suspended': pass('未被暂停（状态名单截至 {at}）', 'Not suspended (status list of {at})'),
  suspended: fail('目前被签发机构暂停，请向其核实', 'Suspended by its issuer for now; ask it'),
  'issuer-suspended': fail(
    '签发者 {name} 已被本学分银行暂停。请向该机构核实',
    'The issuer {name} is suspended at this credit bank. Ask it to confirm',
  ),
  'issuer-not-suspended': pass(
    '签发者 {name} 未被本学分银行暂停',
    'The issuer {name} is not suspended at this credit bank',
  ),
  'status-none': notApplicable('凭证未提供此项状态', 'The credential offers no such status'),
  'status-kind-unknown': unchecked(
    '凭证使用不受支持的状态方式 {type}，请向签发机构核实是否已被撤销',
    'It uses the kind of status {type}, which is not supported; ask the issuer whether it stands',
  ),
  'status-not-reachable': unchecked(
    '暂时取不到状态名单 {url} 或其签发者的公开密钥，无法得知是否已被撤销。请稍后再试',
    'The status list {url}, or the keys that signed it, cannot be had now, so nobody can say whether it stands. Try again later',
  ),
  'status-unreadable': fail(
    '状态名单 {url} 无效（{why}），无法得知凭证是否有效',
    'The status list {url} is not sound ({why}), so nobody can say whether the credential stands',
  ),
} as const;

const UNREAD = {
  'not-read': unchecked('前项不符，未再查对', 'Not looked at, because of what failed above'),
} as const;

const LOG = {
  'in-log': pass(
    '所依据的分录已收入透明日志',
    'The entries it rests on are in the transparency log',
  ),
  'not-in-log': fail(
    '所依据的分录不在透明日志中。不予采信，请向学分银行核实',
    'The entries it rests on are not in the transparency log. Do not rely on it; ask the credit bank',
  ),
  'log-waiting': unchecked(
    '所依据的分录已登记，尚待收入透明日志（通常数秒内）。请稍后再查',
    'The entries it rests on are booked and wait for the transparency log, mostly for seconds. Look again in a moment',
  ),
  'log-none': notApplicable(
    '凭证不涉及透明日志',
    'The credential does not speak of a transparency log',
  ),
  'log-not-asked': unchecked('未查对透明日志', 'The transparency log was not asked'),
} as const;

export const FINDINGS = {
  ...FORMAT,
  ...SIGNATURE,
  ...ISSUER,
  ...VALIDITY,
  ...STATUS,
  ...LOG,
  ...UNREAD,
} as const satisfies Record<string, Finding>;

export type LineCode = keyof typeof FINDINGS;

/** A line of an answer, its words filled in. */
export function lineOf(
  line: LineName,
  code: LineCode,
  params?: Readonly<Record<string, string>>,
): Line {
  const { result, text } = FINDINGS[code];
  return {
    line,
    result,
    code,
    ...(params ? { params } : {}),
    text: { zh: fill(text.zh, params), en: fill(text.en, params) },
  };
}

function fill(template: string, params: Readonly<Record<string, string>> = {}): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => params[name] ?? whole);
}

function pass(zh: string, en: string): Finding {
  return { result: 'pass', text: { zh, en } };
}

function fail(zh: string, en: string): Finding {
  return { result: 'fail', text: { zh, en } };
}

function notApplicable(zh: string, en: string): Finding {
  return { result: 'not-applicable', text: { zh, en } };
}

function unchecked(zh: string, en: string): Finding {
  return { result: 'not-checked', text: { zh, en } };
}
