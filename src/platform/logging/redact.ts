/** What stands in a log in the place of something that must not. */
export const REDACTED = '[redacted]';

/**
 * Names of members that are never written, whatever they hold. Compared without case, dashes and
 * underscores, as whole names or as their end: `idNumber`, `learner_name`, `set-cookie`, `apiKey`.
 */
const SECRET_NAMES =
  /(^|first|last|full|display|learner|signin|given|family)names?$|(number|document|phone|mobile|email|token|secret|password|passcode|otp|cookie|authorization|apikey|signature|credential)s?$|^(codes?|sharecode|keys?|body|payload|parameters|query|cells?|detail|row|values?)$/;

/** Identity numbers, mobile numbers, our keys, session tokens, codes and bearer credentials in text. */
const SECRET_TEXTS: readonly RegExp[] = [
  // GB 11643, with or without its check digit; a longer run of digits is another thing.
  /(?<![0-9A-Za-z])[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![0-9A-Za-z])/g,
  /(?<!\d)(?:\+?86[- ]?)?1[3-9]\d{9}(?!\d)/g,
  /\bcb_[0-9A-Za-z]{8}_[0-9A-Za-z]{32}\b/g,
  /\b(?:whsec|whsk|whpk)_[\w+/=-]{16,}/g,
  /\b(bearer|basic)\s+[\w.~+/=-]+/gi,
  /(\b(?:session|password|token|secret)=)[^\s;&"]+/gi,
  /(\/verify\/)(?!:)[^\s/?"']+/gi,
];

const MOST_LEVELS = 6;
const MOST_CHARACTERS = 4_000;

/** Whether the member of this name is left out of logs. */
export function isSecretName(name: string): boolean {
  return SECRET_NAMES.test(name.toLowerCase().replace(/[-_\s]/g, ''));
}

/** The text without what looks like a person's number or a credential; cut when it is very long. */
export function redactText(text: string): string {
  let clean = text.slice(0, MOST_CHARACTERS);
  for (const pattern of SECRET_TEXTS) {
    clean = clean.replace(pattern, (_, kept: unknown) =>
      typeof kept === 'string' ? `${kept}${/\w$/.test(kept) ? ' ' : ''}${REDACTED}` : REDACTED,
    );
  }
  return clean;
}

/**
 * A copy that may be written to a log. Members with a secret name are replaced, texts are searched,
 * errors keep what says where they arose: what a query was called with is a person's data.
 */
export function redact(value: unknown, level = 0): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return value;
  if (level >= MOST_LEVELS) return REDACTED;
  if (value instanceof Error) return redactError(value, level);
  if (value instanceof Date) return value.toISOString();
  if (ArrayBuffer.isView(value)) return REDACTED;
  if (Array.isArray(value)) return value.map((one) => redact(one, level + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [
      name,
      isSecretName(name) ? REDACTED : redact(one, level + 1),
    ]),
  );
}

function redactError(error: Error, level: number): Record<string, unknown> {
  const { code, constraint } = error as { code?: unknown; constraint?: unknown };
  return {
    type: error.name,
    message: redactText(error.message),
    ...(typeof code === 'string' && { sqlState: code }),
    ...(typeof constraint === 'string' && { constraint }),
    ...(error.stack !== undefined && { stack: redactText(error.stack) }),
    ...(error.cause !== undefined && { cause: redact(error.cause, level + 1) }),
  };
}
