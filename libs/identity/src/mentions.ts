import { BETWEEN_PARTS, nameKey } from './name.js';
import { birthDateOf, residentIdCheckDigit } from './resident-id.js';

const EIGHTEEN = /(?<!\d)[1-9]\d{16}[\dXx](?![\dA-Za-z])/g;
const MOBILE = /(?<!\d)(?:\+?86[- ]?)?1[3-9]\d{9}(?!\d)/;
/** A surname alone stands in too many texts. */
const SHORTEST_NAME = 2;
const HAS_SPELLINGS = /[^\p{Script=Han}]/u;

/** Whether a text holds a resident ID: eighteen characters with a real date and the check digit. */
export function mentionsResidentId(text: string): boolean {
  // Nearly every text that is asked about is shorter.
  if (text.length < 18) return false;
  return (text.match(EIGHTEEN) ?? []).some((found) => {
    const number = found.toUpperCase();
    const birth = birthDateOf(number);
    return number.endsWith(residentIdCheckDigit(number)) && !Number.isNaN(Date.parse(birth));
  });
}

/** Whether a text holds a mobile telephone number of China. */
export function mentionsPhone(text: string): boolean {
  return text.length >= 11 && MOBILE.test(text);
}

/**
 * Whether a text holds the name of this person: also in other capitals, at full width, or with other
 * dots and blanks between the parts of a name (欧阳•娜娜 for 欧阳·娜娜).
 */
export function mentionsName(text: string, name: string | null): boolean {
  if (name === null || name.length < SHORTEST_NAME) return false;
  if (text.includes(name)) return true;
  // Names of hanzi alone are spelled in one way, and they are nearly all that an import asks about.
  return HAS_SPELLINGS.test(name) && spelling(text).includes(spelling(name));
}

function spelling(text: string): string {
  return nameKey(text).replace(BETWEEN_PARTS, ' ');
}
