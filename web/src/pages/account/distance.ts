import type { Gap, Programme } from '../../api/types';

/** How far a record is from a programme. Amounts are decimal strings of credits. */
export interface Distance {
  /** What counts already. */
  readonly counted: string;
  /** What the programme asks for in all. */
  readonly needed: string;
  readonly short: string;
  readonly isReached: boolean;
  /** Missing parts per thousand, to compare goals. */
  readonly missing: number;
}

const UNIT = 1000n;

/**
 * The distance as the nearest sum says it. Of several requirements that lack credit it is the one
 * that lacks most, since credit for it commonly fills the others as well; of a programme without an
 * award, what is left to study of its total.
 */
export function distanceOf(gap: Gap, { totalCredits }: Programme): Distance | null {
  const counted = gap.decision.credits;
  if (gap.award === 'none') return totalCredits === null ? null : plain(counted, totalCredits);
  const missing = gap.missing.filter(({ short }) => thousandths(short) > 0n);
  const widest = missing.reduce<(typeof missing)[number] | undefined>(
    (a, b) => (a && thousandths(a.short) >= thousandths(b.short) ? a : b),
    undefined,
  );
  if (!widest) {
    const needed = totalCredits ?? counted;
    return { counted, needed, short: '0', isReached: gap.award === 'met', missing: 0 };
  }
  const { have, needed, short } = widest;
  return { counted: have, needed, short, isReached: false, missing: perThousand(short, needed) };
}

function plain(counted: string, needed: string): Distance {
  const left = thousandths(needed) - thousandths(counted);
  const short = decimal(left > 0n ? left : 0n);
  return {
    counted,
    needed,
    short,
    isReached: left <= 0n,
    missing: perThousand(short, needed),
  };
}

function perThousand(part: string, whole: string): number {
  const divisor = thousandths(whole);
  return divisor === 0n ? 0 : Number((thousandths(part) * UNIT) / divisor);
}

/** Whole thousandths of a credit in a decimal string. */
function thousandths(amount: string): bigint {
  const [whole = '0', fraction = ''] = amount.split('.');
  return BigInt(whole + fraction.padEnd(3, '0'));
}

function decimal(amount: bigint): string {
  const fraction = String(amount % UNIT).padStart(3, '0');
  return `${amount / UNIT}.${fraction}`;
}
