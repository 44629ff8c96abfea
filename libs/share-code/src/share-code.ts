import assert from 'node:assert';

/** Digits that are drawn at random; the twelfth is computed from them. */
export const PAYLOAD_DIGITS = 11;

/** How many different codes there are. */
export const CODE_SPACE = 10 ** PAYLOAD_DIGITS;

/** Twelve digits: eleven random ones and a check digit. */
export type ShareCode = string & { readonly __kind: 'share-code' };

export type ParsedCode =
  | { readonly ok: true; readonly code: ShareCode }
  /** `form`: not twelve digits. `check-digit`: mistyped, or made up without knowing the scheme. */
  | { readonly ok: false; readonly fault: 'form' | 'check-digit' };

/**
 * The code of a random number.
 *
 * @param random a whole number from 0 to 10^11 - 1, drawn by the caller
 */
export function shareCode(random: number): ShareCode {
  assert(Number.isInteger(random) && random >= 0 && random < CODE_SPACE, 'a code has 11 digits');
  const payload = String(random).padStart(PAYLOAD_DIGITS, '0');
  return `${payload}${checkDigit(payload)}` as ShareCode;
}

/**
 * Reads a code as people type it: with spaces, hyphens or full-width digits between or in the
 * groups. Anything else is not a code.
 */
export function parseShareCode(text: string): ParsedCode {
  const digits = digitsOf(text);
  if (!/^\d{12}$/.test(digits)) return { ok: false, fault: 'form' };
  const payload = digits.slice(0, PAYLOAD_DIGITS);
  if (digits[PAYLOAD_DIGITS] !== checkDigit(payload)) return { ok: false, fault: 'check-digit' };
  return { ok: true, code: digits as ShareCode };
}

/** What people type around and between digits is taken away, full-width digits become plain ones. */
export function digitsOf(text: string): string {
  return text
    .replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
    .replace(/[\s\u3000\-‐‑–]/g, '');
}

/** The code as it is printed: `1234 5678 9012`. */
export function formatShareCode(code: ShareCode): string {
  return `${code.slice(0, 4)} ${code.slice(4, 8)} ${code.slice(8)}`;
}

/**
 * The check digit of ISO 7064 MOD 11,10 (in China GB/T 17710): it finds every single wrong digit
 * and almost every swap of two neighbours, and needs no letter X.
 */
export function checkDigit(payload: string): string {
  let product = 10;
  for (const digit of payload) {
    const sum = (Number(digit) + product) % 10 || 10;
    product = (sum * 2) % 11;
  }
  return String((11 - product) % 10);
}
