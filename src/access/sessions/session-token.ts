import { randomBytes } from 'node:crypto';

const TOKEN_BYTES = 32;
const FORMAT = /^[A-Za-z0-9_-]{43}$/;

/** A random 256-bit session token, base64url. Only its SHA-256 is stored. */
export function newSessionToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

export function isSessionToken(text: string): boolean {
  return FORMAT.test(text);
}
