import { daysOfSpan } from '#libs/credit';
import type { Text } from '#libs/problems';
import {
  closed,
  COUNT,
  DAY,
  ID,
  list,
  type SchemeAnswer,
  type SchemeDocument,
  schemeKind,
  TEXT,
} from '../scheme.js';

/** How long a proof can be looked up, how many at once, and what each look-up says (R58). */
interface ValidityDocument extends SchemeDocument {
  /** Days of life that a holder may choose, both included. */
  readonly validDays: { readonly atLeast: number; readonly atMost: number };
  /** What a verifier reads about a proof that is too old. */
  readonly expired: Text;
  /** Rows of one batch. */
  readonly batchAtMost: number;
  readonly results: readonly {
    readonly id: string;
    readonly title: Text;
    /** Number of records that match; left out for every other number, and for "not looked up". */
    readonly matches?: number;
  }[];
}

interface ValidityGiven {
  readonly proof?: { readonly issued: string; readonly days: number; readonly on: string };
  /** Number of matching records of each row; -1 for a row that was not looked up. */
  readonly batch?: readonly number[];
}

const DAYS = { type: 'integer', minimum: 1, maximum: 36_500 } as const;

export const validityAndBatch = schemeKind<ValidityDocument, ValidityGiven>({
  kind: 'validity-and-batch',
  members: {
    validDays: closed({ atLeast: DAYS, atMost: DAYS }),
    expired: TEXT,
    batchAtMost: { ...COUNT, minimum: 1 },
    results: list(closed({ id: ID, title: TEXT, 'matches?': COUNT }), 20),
  },
  required: ['validDays', 'expired', 'batchAtMost', 'results'],
  given: closed({
    'proof?': closed({ issued: DAY, days: DAYS, on: DAY }),
    'batch?': { type: 'array', maxItems: 1000, items: { type: 'integer', minimum: -1 } },
  }),
  answers: ['verdict', 'results'],
  check: ({ validDays, results }, check) => {
    const { atLeast, atMost } = validDays;
    if (atMost < atLeast) {
      const params = { value: String(atMost), range: `>= ${atLeast}` };
      check.fault('/validDays/atMost', 'rulebook-number', params);
    }
    check.unique(
      '/results',
      results.map(({ id }) => id),
    );
    check.uniquePlaces(
      results.map(({ matches }, index) => ({
        name: String(matches ?? 'otherwise'),
        pointer: `/results/${index}`,
      })),
    );
  },
  decide: (document, given) =>
    given.batch
      ? decideBatch(document, given.batch)
      : { verdict: given.proof ? decideProof(document, given.proof) : 'refused', results: 'none' },
  explain: ({ validDays, expired, batchAtMost, results }) => [
    {
      en: `A holder chooses a life of ${validDays.atLeast} to ${validDays.atMost} days; after it: ${expired.en}.`,
      zh: `持有人可选 ${validDays.atLeast} 至 ${validDays.atMost} 天有效期；过期后：${expired.zh}。`,
    },
    {
      en: `A batch has at most ${batchAtMost} rows; each is one of: ${results.map(({ title }) => title.en).join(', ')}.`,
      zh: `批量核查每次最多 ${batchAtMost} 条，结果为：${results.map(({ title }) => title.zh).join('、')}。`,
    },
  ],
});

function decideProof(
  { validDays }: ValidityDocument,
  { issued, days, on }: NonNullable<ValidityGiven['proof']>,
): string {
  if (days < validDays.atLeast || days > validDays.atMost) return 'refused';
  return daysOfSpan(issued, on) - 1 > days ? 'expired' : 'valid';
}

function decideBatch(document: ValidityDocument, batch: readonly number[]): SchemeAnswer {
  if (batch.length > document.batchAtMost) return { verdict: 'refused', results: 'none' };
  const otherwise = document.results.find(({ matches }) => matches === undefined);
  const results = batch.map(
    (count) =>
      (document.results.find(({ matches }) => matches === count) ?? otherwise)?.id ?? 'none',
  );
  return { verdict: 'valid', results: results.join(', ') || 'none' };
}
