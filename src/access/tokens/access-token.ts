import { randomBytes } from 'node:crypto';

const TOKEN_BYTES = 32;
const FORMAT = /^cbt_[A-Za-z0-9_-]{43}$/;

/** A random 256-bit access token. The `cbt_` in front lets secret scanners find one that leaked. */
export function newAccessToken(): string {
  return `cbt_${randomBytes(TOKEN_BYTES).toString('base64url')}`;
}

export function isAccessToken(text: string): boolean {
  return FORMAT.test(text);
}
