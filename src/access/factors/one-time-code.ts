import { Secret, TOTP } from 'otpauth';

/** RFC 6238 as every authenticator app reads it: SHA-1, six digits, steps of 30 seconds. */
const SETTINGS = { algorithm: 'SHA1', digits: 6, period: 30 };
const SECRET_BYTES = 20;
/** A code counts one step before and after its own: clocks differ, and people type slowly. */
const WINDOW = 1;
const FORMAT = /^\d{6}$/;

/** A new secret of 160 bits, base32. */
export function newSecret(): string {
  return new Secret({ size: SECRET_BYTES }).base32;
}

/** The address that an authenticator app reads from a QR code. */
export function keyUri(secret: string, issuer: string, label: string): string {
  return new TOTP({ ...SETTINGS, issuer, label, secret: Secret.fromBase32(secret) }).toString();
}

/** The step whose code this is; undefined for a wrong one. Compares in constant time. */
export function stepOfCode(secret: string, text: string, now: Date): number | undefined {
  const token = text.replace(/\s/g, '');
  if (!FORMAT.test(token)) return undefined;
  const timestamp = now.getTime();
  const totp = { ...SETTINGS, secret: Secret.fromBase32(secret), timestamp };
  const delta = TOTP.validate({ ...totp, token, window: WINDOW });
  return delta === null ? undefined : TOTP.counter({ period: SETTINGS.period, timestamp }) + delta;
}
