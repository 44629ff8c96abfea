import { birthDateOf, residentIdCheckDigit } from './resident-id.js';

const EIGHTEEN = /(?<!\d)[1-9]\d{16}[\dXx](?![\dA-Za-z])/g;
const MOBILE = /(?<!\d)(?:\+?86[- ]?)?1[3-9]\d{9}(?!\d)/;
/** A surname alone stands in too many texts. */
const SHORTEST_NAME = 2;

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

/** Whether a text holds the name of this person. */
export function mentionsName(text: string, name: string | null): boolean {
  return name !== null && name.length >= SHORTEST_NAME && text.includes(name);
}
