import { parseDecimal, type Rational, rational } from '#libs/credit';

/** Parses a decimal, or a fraction of whole numbers: two thirds have no decimal (R09). */
export function parseShare(text: string): Rational | undefined {
  const fraction = /^(\d{1,9})\/([1-9]\d{0,8})$/.exec(text);
  if (!fraction) return parseDecimal(text);
  const [, num = '', den = ''] = fraction;
  return rational(BigInt(num), BigInt(den));
}
