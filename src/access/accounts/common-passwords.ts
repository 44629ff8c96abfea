import { dictionary } from '@zxcvbn-ts/language-common';

/** What the dictionary of the English-speaking world lacks and people here choose. */
const CHOSEN_HERE = [
  'admin888',
  'aa123456789',
  'qq123456789',
  'wang123456',
  'woaini123',
  'woaini1314',
  'woaini520',
  'woaini521',
  'zhang123456',
];

/** Shorter digits are a birthday, a telephone number or a walk over the keys. */
const DIGITS_THAT_ARE_A_SECRET = 12;

let common: ReadonlySet<string> | undefined;

/**
 * Whether a password is one that guessers try first (NIST SP 800-63B 3.1.1.2, ASVS 6.2.4): on the list
 * of about 49,000, one or two characters repeated, or a short run of digits. Case makes no difference.
 */
export function isCommonPassword(password: string): boolean {
  const text = password.normalize('NFKC').toLowerCase();
  if (new Set(text).size <= 2) return true;
  if (/^\d+$/.test(text) && text.length < DIGITS_THAT_ARE_A_SECRET) return true;
  common ??= new Set([...dictionary['passwords-common'], ...CHOSEN_HERE]);
  return common.has(text);
}
