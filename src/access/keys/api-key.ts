import { randomBytes, timingSafeEqual } from 'node:crypto';
import { sha256 } from '../../platform/crypto/index.js';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const PREFIX_LENGTH = 8;
/** 32 characters of 62 are 190 bits: beyond guessing, so that one SHA-256 protects them at rest. */
const SECRET_LENGTH = 32;
const FORMAT = /^cb_([0-9A-Za-z]{8})_([0-9A-Za-z]{32})$/;

/** What is stored of a key, and the key itself. */
export interface FreshApiKey {
  readonly key: string;
  readonly prefix: string;
  readonly secretHash: Buffer;
}

/** Makes a key. The `cb_` in front lets secret scanners find one that leaked. */
export function newApiKey(): FreshApiKey {
  const prefix = randomBase62(PREFIX_LENGTH);
  const secret = randomBase62(SECRET_LENGTH);
  return { key: `cb_${prefix}_${secret}`, prefix, secretHash: sha256(secret) };
}

/** Prefix and secret of a key; undefined when the text cannot be one. */
export function parseApiKey(text: string): { prefix: string; secret: string } | undefined {
  const match = FORMAT.exec(text);
  return match ? { prefix: match[1] as string, secret: match[2] as string } : undefined;
}

/** Compares in constant time. */
export function isSecretOf(secret: string, secretHash: Buffer): boolean {
  return timingSafeEqual(sha256(secret), secretHash);
}

function randomBase62(length: number): string {
  let text = '';
  while (text.length < length) {
    for (const byte of randomBytes(length)) {
      // 248 = 4 × 62: bytes above would make the first characters of the alphabet likelier.
      if (byte < 248 && text.length < length) text += ALPHABET[byte % 62];
    }
  }
  return text;
}
