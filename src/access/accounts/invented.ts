import { randomInt } from 'node:crypto';

/** No letters or digits that look alike. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';

/** A password that can be typed from a terminal: 79 random bits as `k7mq-2xpa-9wtd-hn3e`. */
export function inventPassword(): string {
  return Array.from({ length: 4 }, () => inventLetters(4)).join('-');
}

/** What makes a sign-in name unique: `k7mq2xpa`. */
export function inventSuffix(): string {
  return inventLetters(8);
}

function inventLetters(count: number): string {
  return Array.from({ length: count }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}
