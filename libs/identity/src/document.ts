import { type Result, accept, refuse } from '#libs/problems';
import {
  NUMBERED_KINDS,
  type NumberedKind,
  birthDateOf,
  maskResidentId,
  normaliseNumbered,
} from './resident-id.js';
import { toHalfWidth } from './text.js';

/** Kinds of identity document, and of the keys other credit banks give a person. */
export const IDENTITY_KINDS = [
  'resident-id',
  'passport',
  'hk-macao-permit',
  'taiwan-permit',
  'hmt-residence-permit',
  'foreign-permanent-resident',
  'foreign-student-number',
  'sh-credit-bank-id',
  'abc-account-id',
] as const;

export type IdentityKind = (typeof IDENTITY_KINDS)[number];

/** A document as somebody states it; `number` is not yet normalised. */
export interface IdentityDocument {
  readonly kind: IdentityKind;
  readonly number: string;
}

/** Numbers that a school hands out itself: the same number at another school is another person. */
const NUMBERED_BY_SCHOOL: ReadonlySet<IdentityKind> = new Set(['foreign-student-number']);

/**
 * The text that stands for a normalised document wherever it is indexed.
 *
 * @param school the institution that states it; it tells apart what schools number themselves
 */
export function documentKey({ kind, number }: IdentityDocument, school: string | null): string {
  return NUMBERED_BY_SCHOOL.has(kind) ? `${kind}|${school ?? ''}|${number}` : `${kind}|${number}`;
}

interface NumberForm {
  readonly pattern: RegExp;
  /** Said to whoever typed another form. */
  readonly form: string;
  /** How many leading characters stay with the person when the document is renewed. */
  readonly lifelong?: number;
}

type OtherKind = Exclude<IdentityKind, NumberedKind>;

const FORMS: Readonly<Record<OtherKind, NumberForm>> = {
  // ICAO Doc 9303 leaves nine places; some states print longer numbers outside the machine zone.
  passport: { pattern: /^[A-Z0-9]{5,20}$/, form: '5–20 A–Z 0–9, E12345678' },
  // The last two of eleven digits count renewals; the first nine are the holder's for life.
  'hk-macao-permit': { pattern: /^[HM]\d{8}(\d{2})?$/, form: 'H12345678 / M12345678', lifelong: 9 },
  // The booklet printed two digits of renewals after the eight of the holder.
  'taiwan-permit': { pattern: /^\d{8}(\d{2})?$/, form: '12345678', lifelong: 8 },
  'foreign-student-number': { pattern: /^[A-Z0-9][A-Z0-9/-]{3,29}$/, form: '4–30 A–Z 0–9 - /' },
  'sh-credit-bank-id': { pattern: /^[A-Z0-9][A-Z0-9_-]{3,39}$/, form: '4–40 A–Z 0–9 - _' },
  'abc-account-id': { pattern: /^\d{12}$/, form: '123456789012 (12)' },
};

/** Signs that people put between groups and that belong to no number of these kinds. */
const SEPARATORS: Readonly<Record<OtherKind, RegExp>> = {
  passport: /[\s-]/g,
  'hk-macao-permit': /[\s-]/g,
  'taiwan-permit': /[\s-]/g,
  'foreign-student-number': /\s/g,
  'sh-credit-bank-id': /\s/g,
  'abc-account-id': /[\s-]/g,
};

/** Before 2023 the card of a permanent resident had three letters of the nationality, 12 digits. */
const OLD_PERMANENT_RESIDENT = /^[A-Z]{3}\d{12}$/;

/**
 * The one form of a document number under which a person is found: half-width, capital letters,
 * no separators, without the digits that change when the document is renewed.
 *
 * @param today `yyyy-MM-dd`; a resident ID must not carry a later birth date
 */
export function normaliseDocument(
  kind: IdentityKind,
  number: string,
  today: string,
): Result<string> {
  if (isNumbered(kind)) {
    const old = compact(number, /[\s-]/g);
    if (kind === 'foreign-permanent-resident' && OLD_PERMANENT_RESIDENT.test(old)) {
      return accept(old);
    }
    return normaliseNumbered(kind, number, today);
  }
  const { pattern, form, lifelong } = FORMS[kind];
  const text = compact(number, SEPARATORS[kind]);
  if (!pattern.test(text)) return refuse('document-number-form', { form });
  return accept(lifelong === undefined ? text : text.slice(0, lifelong));
}

/**
 * How a number is shown to people who have the document in hand but must not copy it from us.
 * Works on any text, also on a malformed number; a birth date is never shown.
 */
export function maskDocument(kind: IdentityKind, number: string): string {
  if (isNumbered(kind)) return maskResidentId(number);
  const characters = Array.from(number);
  const shown = characters.length >= 8 ? 2 : characters.length >= 5 ? 1 : 0;
  return characters
    .map((char, i) => (i < shown || i >= characters.length - shown ? char : '*'))
    .join('');
}

/** The birth date that a document proves, `yyyy-MM-dd`; null where its number carries none. */
export function birthDateOfDocument(kind: IdentityKind, normalised: string): string | null {
  if (!isNumbered(kind) || OLD_PERMANENT_RESIDENT.test(normalised)) return null;
  return birthDateOf(normalised);
}

function isNumbered(kind: IdentityKind): kind is NumberedKind {
  return (NUMBERED_KINDS as readonly IdentityKind[]).includes(kind);
}

function compact(text: string, separators: RegExp): string {
  return toHalfWidth(text).replace(separators, '').toUpperCase();
}
