import { randomInt } from 'node:crypto';

/** No letters or digits that look alike. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';
const GROUPS = 4;
const GROUP_LENGTH = 4;

/** A password that can be typed from a terminal: 79 random bits as `k7mq-2xpa-9wtd-hn3e`. */
export function inventPassword(): string {
  const letter = (): string => ALPHABET[randomInt(ALPHABET.length)] as string;
  const group = (): string => Array.from({ length: GROUP_LENGTH }, letter).join('');
  return Array.from({ length: GROUPS }, group).join('-');
}
