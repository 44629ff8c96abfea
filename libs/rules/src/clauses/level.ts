import { type Bounds, type BoundsDocument, boundTests, checkBounds, checkValue } from './bounds.js';
import { lotTest, type LotTestKind, truth } from './lot-test.js';

type LevelDocument = BoundsDocument & { readonly exactly?: string };

type Level = Bounds & { readonly exactly: string | null };

/** The level lies in an interval of a scale, or is exactly one. */
export const level: LotTestKind<'level', LevelDocument, Level | null> = {
  member: 'level',
  field: 'level',

  canonical(written) {
    return written ? { atLeast: null, below: null, exactly: null, ...written } : null;
  },

  check(value, path, context) {
    if (!value) return;
    checkBounds(value, path, context);
    if (value.exactly) checkValue(value.scale, value.exactly, path, context);
  },

  compile(value, { scales }) {
    if (!value) return [];
    const { exactly, scale } = value;
    if (exactly === null) return boundTests('level', value, scales);
    const wanted = scales.from(scale, exactly);
    const test = lotTest(
      {
        field: 'level',
        wanted: `= ${exactly} (${scale})`,
        verdict: (lot) => {
          const order = wanted.compare(lot.level);
          return truth(order === undefined ? undefined : order === 0);
        },
        read: ({ fact }) => fact.level,
        examples: () => [{ fact: { level: exactly, levelScale: scale } }],
      },
      'level',
    );
    return [test];
  },

  sentences: {
    change: { en: 'a level {wanted}', zh: '等级 {wanted}' },
    waits: { level: { en: 'the level of {lot} is unknown', zh: '{lot} 的等级未知' } },
  },
};
