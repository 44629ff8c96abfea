/** An exact fraction; the denominator is above zero. */
export interface Fraction {
  readonly num: bigint;
  readonly den: bigint;
}

export function fraction(num: bigint, den = 1n): Fraction {
  return { num, den };
}

/** Reads a decimal number that is not negative. */
export function parse(text: string): Fraction {
  const [whole = '0', decimals = ''] = text.split('.');
  return { num: BigInt(whole + decimals), den: 10n ** BigInt(decimals.length) };
}

export function add(a: Fraction, b: Fraction): Fraction {
  return { num: a.num * b.den + b.num * a.den, den: a.den * b.den };
}

export function times(a: Fraction, b: Fraction): Fraction {
  return { num: a.num * b.num, den: a.den * b.den };
}

/** Null: there is nothing to divide by. */
export function over(a: Fraction, b: Fraction | null): Fraction | null {
  return b === null || b.num === 0n ? null : { num: a.num * b.den, den: a.den * b.num };
}

/** Cut, not rounded. */
export function cut({ num, den }: Fraction, decimals: number): string {
  const steps = ((num * 10n ** BigInt(decimals)) / den).toString().padStart(decimals + 1, '0');
  return decimals === 0 ? steps : `${steps.slice(0, -decimals)}.${steps.slice(-decimals)}`;
}
