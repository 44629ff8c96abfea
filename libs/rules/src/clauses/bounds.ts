import { compare } from '#libs/credit';
import type { Lot } from '../lots.js';
import type { Rank, Scales } from '../scales.js';
import { type ConditionContext, lotTest, type LotTest, truth } from './lot-test.js';

/** Ends of an interval on a scale as people write them. */
export interface BoundsDocument {
  readonly scale: string;
  readonly atLeast?: string;
  readonly below?: string;
}

export interface Bounds {
  readonly scale: string;
  readonly atLeast: string | null;
  readonly below: string | null;
}

/** Refuses an unknown scale, and ends that are not on it. */
export function checkBounds(bounds: Bounds, path: string, context: ConditionContext): void {
  if (!context.scales.has(bounds.scale)) {
    context.check.known(`${path}/scale`, bounds.scale, context.scales.names());
    return;
  }
  for (const member of ['atLeast', 'below'] as const) {
    const value = bounds[member];
    if (value !== null) checkValue(bounds.scale, value, `${path}/${member}`, context);
  }
}

export function checkValue(
  scale: string,
  value: string,
  path: string,
  { check, scales }: ConditionContext,
): void {
  if (scales.has(scale) && !scales.rank(scale, value)) {
    check.known(path, value, scales.valuesOf(scale));
  }
}

/** One question for each end. */
export function boundTests(
  field: 'grade' | 'level',
  bounds: Bounds,
  scales: Scales,
  place: (lot: Lot) => Rank | undefined,
): LotTest[] {
  const bound = (sign: '>=' | '<', limit: string | null): LotTest[] => {
    const end = scales.rank(bounds.scale, limit);
    if (limit === null || !end) return [];
    const isWithin = (rank: Rank): boolean => compare(rank, end) >= 0 === (sign === '>=');
    const test = lotTest(
      {
        field,
        wanted: `${sign} ${limit} (${bounds.scale})`,
        verdict: (lot) => {
          const rank = place(lot);
          return truth(rank && isWithin(rank));
        },
        read: ({ fact }) => fact[field],
      },
      field,
    );
    return [test];
  };
  return [...bound('>=', bounds.atLeast), ...bound('<', bounds.below)];
}
