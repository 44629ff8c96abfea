import type { Lot } from '../learner/lots.js';
import type { Comparer, Scales } from '../learner/scales.js';
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

/** Where a value of a lot lies, seen from a limit. */
const ORDER = {
  grade: (lot: Lot, limit: Comparer) => limit.compare(lot.grade),
  level: (lot: Lot, limit: Comparer) => limit.compare(lot.level),
} as const;

/** One question for each end. */
export function boundTests(
  field: 'grade' | 'level',
  { scale, atLeast, below }: Bounds,
  scales: Scales,
): LotTest[] {
  const orderOf = ORDER[field];
  const scaleField = field === 'grade' ? 'gradeScale' : 'levelScale';
  const bound = (sign: '>=' | '<', limit: string | null): LotTest[] => {
    if (limit === null || !scales.rank(scale, limit)) return [];
    const end = scales.from(scale, limit);
    const least = sign === '>=' ? limit : scales.lowestValue(scale);
    const test = lotTest(
      {
        field,
        wanted: `${sign} ${limit} (${scale})`,
        verdict: (lot) => {
          const order = orderOf(lot, end);
          return truth(order === undefined ? undefined : order >= 0 === (sign === '>='));
        },
        read: ({ fact }) => fact[field],
        examples: () => [{ fact: { [field]: least, [scaleField]: scale } }],
      },
      field,
    );
    return [test];
  };
  return [...bound('>=', atLeast), ...bound('<', below)];
}
