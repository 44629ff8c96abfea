import type { Text } from '#libs/problems';
import { closed, COUNT, ID, list, type SchemeDocument, schemeKind, TEXT } from '../scheme.js';

/** Points add up, and each threshold that is reached changes the standing (R49). */
interface PointsDocument extends SchemeDocument {
  /** What collects points, for example a subject of a provider. */
  readonly counts: Text;
  readonly offences: readonly {
    readonly id: string;
    readonly title: Text;
    /** Points of the first, second … offence; the last is that of every further one. */
    readonly adds: readonly number[];
  }[];
  /** From the lowest to the highest. */
  readonly thresholds: readonly {
    readonly id: string;
    readonly title: Text;
    readonly atLeast: number;
  }[];
}

interface PointsGiven {
  /** Points from before. */
  readonly points?: number;
  readonly offences?: readonly { readonly offence: string; readonly times: number }[];
}

export const pointsAndThresholds = schemeKind<PointsDocument, PointsGiven>({
  kind: 'points-and-thresholds',
  members: {
    counts: TEXT,
    offences: list(closed({ id: ID, title: TEXT, adds: list({ ...COUNT, minimum: 1 }, 20) }), 200),
    thresholds: list(closed({ id: ID, title: TEXT, atLeast: { ...COUNT, minimum: 1 } }), 50),
  },
  required: ['counts', 'offences', 'thresholds'],
  given: closed({
    'points?': COUNT,
    'offences?': list(
      closed({ offence: ID, times: { type: 'integer', minimum: 1, maximum: 1000 } }),
    ),
  }),
  answers: ['points', 'standing'],
  check: ({ offences, thresholds, examples }, check) => {
    const ids = offences.map(({ id }) => id);
    check.unique('/offences', ids);
    check.unique(
      '/thresholds',
      thresholds.map(({ id }) => id),
    );
    thresholds.forEach(({ atLeast }, index) => {
      const before = thresholds[index - 1]?.atLeast ?? 0;
      if (atLeast <= before) {
        const params = { value: String(atLeast), range: `> ${before}` };
        check.fault(`/thresholds/${index}/atLeast`, 'rulebook-number', params);
      }
    });
    examples.forEach(({ given }, index) =>
      (given as PointsGiven).offences?.forEach(({ offence }, at) =>
        check.known(`/examples/${index}/given/offences/${at}/offence`, offence, ids),
      ),
    );
  },
  decide: ({ offences, thresholds }, { points = 0, offences: committed = [] }) => {
    const added = committed.map(({ offence, times }) => {
      const adds = offences.find(({ id }) => id === offence)?.adds ?? [];
      return Array.from({ length: times }, (_, at) => adds[at] ?? adds.at(-1) ?? 0);
    });
    const sum = added.flat().reduce((total, each) => total + each, points);
    const reached = thresholds.findLast(({ atLeast }) => sum >= atLeast);
    return { points: String(sum), standing: reached?.id ?? 'none' };
  },
  explain: ({ counts, offences, thresholds }) => [
    ...offences.map(({ title, adds }) => ({
      en: `${counts.en}: ${title.en} adds ${adds.join(', then ')} points.`,
      zh: `${counts.zh}：${title.zh}依次扣 ${adds.join('、')} 分。`,
    })),
    ...thresholds.map(({ title, atLeast }) => ({
      en: `From ${atLeast} points: ${title.en}.`,
      zh: `满 ${atLeast} 分：${title.zh}。`,
    })),
  ],
});
