import { type Result, accept, refuse } from '#libs/problems';
import { toHalfWidth } from './text.js';

/** GB 11643-1999: six digits of region, eight of birth date, three of sequence, one check digit. */
const LENGTH = 18;
const OLD_LENGTH = 15;
/** Weights of ISO 7064 MOD 11-2: 2^(17 - i) mod 11. */
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_DIGITS = '10X98765432';
const ZERO = '0'.charCodeAt(0);

/** Documents whose number is built like a resident ID, by the digits that tell them apart. */
export const NUMBERED_KINDS = [
  'resident-id',
  'hmt-residence-permit',
  'foreign-permanent-resident',
] as const;

export type NumberedKind = (typeof NUMBERED_KINDS)[number];

/**
 * Which document a number of 18 characters belongs to: 810000, 820000 and 830000 stand for the
 * residence permit of people from Hong Kong, Macao and Taiwan (State Council order of 2018-08-19),
 * a leading 9 for the permanent residence of foreigners (the card of 2023-12-01).
 */
export function numberedKindOf(number: string): NumberedKind {
  if (/^8[123]0000/.test(number)) return 'hmt-residence-permit';
  return number.startsWith('9') ? 'foreign-permanent-resident' : 'resident-id';
}

/**
 * The 18 characters of a resident ID: half-width, no spaces, capital X.
 *
 * Refuses a wrong length, the old 15-digit form, foreign characters, a birth date that is not real
 * or lies after `today`, a wrong check digit, and the number of another document that is built the
 * same way, in this order.
 *
 * @param today `yyyy-MM-dd`
 */
export function normaliseResidentId(text: string, today: string): Result<string> {
  return normaliseNumbered('resident-id', text, today);
}

/** {@link normaliseResidentId} for any document whose number is built like a resident ID. */
export function normaliseNumbered(kind: NumberedKind, text: string, today: string): Result<string> {
  const number = toHalfWidth(text).replace(/\s/g, '').toUpperCase();
  if (/^\d{15}$/.test(number)) return refuse('resident-id-old-form');
  if (number.length !== LENGTH) {
    return refuse('resident-id-length', { length: String(Array.from(number).length) });
  }
  if (!/^[1-9]\d{16}[\dX]$/.test(number)) return refuse('resident-id-form');
  if (!isRealDate(number.slice(6, 14), today)) return refuse('resident-id-birth-date');
  if (number[LENGTH - 1] !== residentIdCheckDigit(number)) return refuse('resident-id-check-digit');
  const found = numberedKindOf(number);
  return found === kind ? accept(number) : refuse('document-other-kind', { kind: found });
}

/** The check digit over the first 17 digits, by ISO 7064 MOD 11-2. */
export function residentIdCheckDigit(number: string): string {
  let sum = 0;
  // Character codes: converting single characters made this the dearest step of an import.
  for (let i = 0; i < WEIGHTS.length; i += 1) {
    sum += (WEIGHTS[i] as number) * (number.charCodeAt(i) - ZERO);
  }
  return CHECK_DIGITS[sum % 11] as string;
}

/** The birth date, `yyyy-MM-dd`, that a normalised resident ID carries. */
export function birthDateOf(residentId: string): string {
  return `${residentId.slice(6, 10)}-${residentId.slice(10, 12)}-${residentId.slice(12, 14)}`;
}

/** How a resident ID is shown: region and the last four, never the birth date. */
export function maskResidentId(text: string): string {
  const number = toHalfWidth(text).replace(/\s/g, '');
  if (number.length === LENGTH) return `${number.slice(0, 4)}${'*'.repeat(10)}${number.slice(-4)}`;
  // In a number that lost or gained digits the birth date may lie anywhere.
  const shown = number.length === OLD_LENGTH ? 4 : 0;
  return number.slice(0, shown) + '*'.repeat(Math.max(number.length - shown, 4));
}

function isRealDate(digits: string, today: string): boolean {
  const [year, month, day] = [digits.slice(0, 4), digits.slice(4, 6), digits.slice(6, 8)].map(
    Number,
  ) as [number, number, number];
  if (year < 1800 || month < 1 || month > 12 || day < 1) return false;
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = month === 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
  return day <= days && birthDateOf(`000000${digits}`) <= today;
}
