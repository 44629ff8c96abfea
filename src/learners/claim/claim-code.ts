import { randomInt } from 'node:crypto';

/** No letters or digits that look alike. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';
const GROUPS = 3;
const GROUP_LENGTH = 4;
const FORMAT = /^[a-z2-9]{12}$/;

/** A code of 59 random bits as it is printed: `k7mq-2xpa-9wtd`. */
export function newClaimCode(): string {
  const group = (): string =>
    Array.from({ length: GROUP_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  return Array.from({ length: GROUPS }, group).join('-');
}

/**
 * The text under which a code is hashed: case, spaces and hyphens make no difference. Of what can be
 * no code it is a text that no code has.
 */
export function claimText(learnerId: string, typed: string): string {
  const plain = typed.toLowerCase().replace(/[\s-]/g, '');
  return `claim|${learnerId}|${FORMAT.test(plain) ? plain : ''}`;
}
