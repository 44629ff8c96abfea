import { parseDecimal, multiply, rational, add, type Rational } from '#libs/credit';
import type { Text } from '#libs/problems';
import {
  closed,
  COUNT,
  DECIMAL,
  ID,
  list,
  record,
  type SchemeDocument,
  schemeKind,
  TEXT,
} from '../scheme.js';

/** Groups of people or hours are counted with a coefficient each and added up (R55). */
interface WeightedDocument extends SchemeDocument {
  /** What the sum is called. */
  readonly total: Text;
  readonly groups: readonly {
    readonly id: string;
    readonly title: Text;
    readonly weight: string;
  }[];
}

interface WeightedGiven {
  readonly counts: Readonly<Record<string, number>>;
}

export const weightedCount = schemeKind<WeightedDocument, WeightedGiven>({
  kind: 'weighted-count',
  members: {
    total: TEXT,
    groups: list(closed({ id: ID, title: TEXT, weight: DECIMAL }), 200),
  },
  required: ['total', 'groups'],
  given: closed({ counts: record(COUNT) }),
  answers: ['total'],
  check: ({ groups, examples }, check) => {
    const ids = groups.map(({ id }) => id);
    check.unique('/groups', ids);
    groups.forEach(({ weight }, index) => check.positive(`/groups/${index}/weight`, weight));
    examples.forEach(({ given }, index) => {
      for (const name of Object.keys((given as WeightedGiven).counts)) {
        check.known(`/examples/${index}/given/counts/${name}`, name, ids);
      }
    });
  },
  decide: ({ groups }, { counts }) => {
    const parts = groups.map(({ id, weight }) =>
      multiply(rational(BigInt(counts[id] ?? 0)), parseDecimal(weight) ?? rational(0n)),
    );
    return { total: formatExact(parts.reduce(add, rational(0n))) };
  },
  explain: ({ total, groups }) => [
    {
      en: `${total.en} = ${groups.map(({ title, weight }) => `${title.en} × ${weight}`).join(' + ')}.`,
      zh: `${total.zh} = ${groups.map(({ title, weight }) => `${title.zh} × ${weight}`).join(' + ')}。`,
    },
  ],
});

/** Weights have at most three decimals, so thousandths are exact. */
function formatExact(value: Rational): string {
  const thousandths = (value.num * 1000n) / value.den;
  const decimals = String(thousandths % 1000n)
    .padStart(3, '0')
    .replace(/0+$/, '');
  return `${thousandths / 1000n}${decimals === '' ? '' : `.${decimals}`}`;
}
