import { randomInt } from 'node:crypto';
import { sha256 } from '../../platform/crypto/index.js';

/** No letters or digits that look alike. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';
const GROUPS = 4;
const GROUP_LENGTH = 4;
const CODES = 10;
const FORMAT = /^[a-z2-9]{16}$/;

/** Ten codes of 79 random bits each, as `k7mq-2xpa-9wtd-hn3e`: beyond guessing, also from a hash. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: CODES }, newRecoveryCode);
}

function newRecoveryCode(): string {
  const group = (): string =>
    Array.from({ length: GROUP_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  return Array.from({ length: GROUPS }, group).join('-');
}

/**
 * What is stored of a code, and how one that was typed is found again: case, spaces and hyphens make
 * no difference. Undefined when the text cannot be a recovery code.
 */
export function hashOfRecoveryCode(accountId: string, text: string): Buffer | undefined {
  const plain = text.toLowerCase().replace(/[\s-]/g, '');
  return FORMAT.test(plain) ? sha256(`recovery|${accountId}|${plain}`) : undefined;
}
