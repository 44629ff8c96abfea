import assert from 'node:assert';

/** An exact fraction; `den` is positive and the pair is in lowest terms. */
export interface Rational {
  readonly num: bigint;
  readonly den: bigint;
}

/** How a value that lies between two steps is brought onto one of them. */
export type RoundingMode = 'down' | 'up' | 'half-up' | 'half-even';

/** Builds a fraction in lowest terms. Throws when `den` is zero. */
export function rational(num: bigint, den: bigint = 1n): Rational {
  assert(den !== 0n, 'a fraction needs a denominator other than zero');
  const sign = den < 0n ? -1n : 1n;
  const divisor = greatestCommonDivisor(num < 0n ? -num : num, den * sign);
  return { num: (num * sign) / divisor, den: (den * sign) / divisor };
}

export function multiply(a: Rational, b: Rational): Rational {
  return rational(a.num * b.num, a.den * b.den);
}

export function add(a: Rational, b: Rational): Rational {
  return rational(a.num * b.den + b.num * a.den, a.den * b.den);
}

/** Negative when `a < b`, zero when equal, positive when `a > b`. */
export function compare(a: Rational, b: Rational): number {
  const difference = a.num * b.den - b.num * a.den;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/**
 * Rounds a fraction onto a multiple of `step` and returns that multiple as an integer.
 * This is the one place where a conversion loses precision; every rule names its mode and step.
 *
 * @param step a positive integer in the same unit as the value
 */
export function roundToStep(value: Rational, step: bigint, mode: RoundingMode): bigint {
  assert(step > 0n, 'a rounding step must be positive');
  const den = value.den * step;
  const floor = floorDivide(value.num, den);
  const rest = value.num - floor * den;
  if (rest === 0n) return floor * step;
  const twice = rest * 2n;
  const up =
    mode === 'up' ||
    (mode === 'half-up' && twice >= den) ||
    (mode === 'half-even' && (twice > den || (twice === den && floor % 2n !== 0n)));
  return (up ? floor + 1n : floor) * step;
}

/** Parses `"12"` or `"12.345"` exactly. Returns undefined when the text is not a plain decimal. */
export function parseDecimal(text: string): Rational | undefined {
  const match = /^(-?)(\d{1,15})(?:\.(\d{1,12}))?$/.exec(text);
  if (!match) return undefined;
  const fraction = match[3] ?? '';
  const scaled = BigInt(match[2] + fraction) * (match[1] ? -1n : 1n);
  return rational(scaled, 10n ** BigInt(fraction.length));
}

function floorDivide(num: bigint, den: bigint): bigint {
  const quotient = num / den;
  return num % den !== 0n && num < 0n ? quotient - 1n : quotient;
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b];
  return a === 0n ? 1n : a;
}
