import { add, compare, multiply, parseDecimal, rational, type Rational } from '#libs/credit';
import type { Text } from '#libs/problems';
import {
  closed,
  DECIMAL,
  ID,
  LINE,
  list,
  record,
  type SchemeDocument,
  schemeKind,
  TEXT,
} from '../scheme.js';

/** One part of a total score. */
export interface ScorePart {
  readonly id: string;
  readonly title: Text;
  /** The most that can be reached in it, as a decimal. */
  readonly max: string;
  /** The part of the total that a point of it is worth. */
  readonly weight: string;
  /** `source` when maximum and weight stand in the source, `parameter` when they were set here. */
  readonly stated: 'source' | 'parameter';
  /** Codes of outcomes whose grade is the score. */
  readonly outcomes: readonly string[];
  /** The exemption that stands for the test: then the score comes from the rule that gives it. */
  readonly waivedBy?: string;
}

/** Parts of a test with their weights, added up: 文化素质 + 职业技能. */
export interface ScorePartsDocument extends SchemeDocument {
  readonly kind: 'score-parts';
  /** What the sum is called. */
  readonly total: Text;
  readonly parts: readonly ScorePart[];
}

interface ScoreGiven {
  readonly scores: Readonly<Record<string, string>>;
}

const NONE = 'none';

export const scoreParts = schemeKind<ScorePartsDocument, ScoreGiven>({
  kind: 'score-parts',
  members: {
    total: TEXT,
    parts: list(
      closed({
        id: ID,
        title: TEXT,
        max: DECIMAL,
        weight: DECIMAL,
        stated: { enum: ['source', 'parameter'] },
        outcomes: list(LINE, 20),
        'waivedBy?': ID,
      }),
      20,
    ),
  },
  required: ['total', 'parts'],
  given: closed({ scores: { ...record(DECIMAL), minProperties: 0 } }),
  answers: ['total', 'missing', 'beyond'],
  check: ({ parts, examples }, check) => {
    const ids = parts.map(({ id }) => id);
    check.unique('/parts', ids);
    parts.forEach(({ max, weight }, index) => {
      check.positive(`/parts/${index}/max`, max);
      check.positive(`/parts/${index}/weight`, weight);
    });
    examples.forEach(({ given }, index) => {
      for (const name of Object.keys((given as ScoreGiven).scores)) {
        check.known(`/examples/${index}/given/scores/${name}`, name, ids);
      }
    });
  },
  decide: ({ parts }, { scores }) => {
    const missing = parts.filter(({ id }) => scores[id] === undefined).map(({ id }) => id);
    const beyond = parts
      .filter(({ id, max }) => compare(numberOf(scores[id] ?? '0'), numberOf(max)) > 0)
      .map(({ id }) => id);
    // Nothing that is not known stands as 0, and nothing beyond the maximum is cut to it.
    const isWhole = missing.length === 0 && beyond.length === 0;
    const points = parts.map(({ id, weight }) =>
      multiply(numberOf(scores[id] ?? '0'), numberOf(weight)),
    );
    return {
      total: isWhole ? formatExact(points.reduce(add, rational(0n))) : NONE,
      missing: missing.join(', ') || NONE,
      beyond: beyond.join(', ') || NONE,
    };
  },
  explain: ({ total, parts }) => [
    {
      en: `${total.en} = ${parts.map((part) => termOf(part, 'en')).join(' + ')}.`,
      zh: `${total.zh} = ${parts.map((part) => termOf(part, 'zh')).join(' + ')}。`,
    },
    ...parts.flatMap(({ title, stated }) =>
      stated === 'source'
        ? []
        : [
            {
              en: `Maximum and weight of ${title.en} are a parameter: the source does not state them.`,
              zh: `${title.zh}的满分和权重是参数：来源文件未写明。`,
            },
          ],
    ),
  ],
});

function termOf({ title, max, weight }: ScorePart, language: 'zh' | 'en'): string {
  const most = language === 'zh' ? `（满分 ${max}）` : ` (at most ${max})`;
  return `${title[language]}${most} × ${weight}`;
}

function numberOf(text: string): Rational {
  return parseDecimal(text) ?? rational(0n);
}

/** Scores and weights have at most three decimals each, so millionths are exact. */
function formatExact(value: Rational): string {
  const millionths = (value.num * 1_000_000n) / value.den;
  const decimals = String(millionths % 1_000_000n)
    .padStart(6, '0')
    .replace(/0+$/, '');
  return `${millionths / 1_000_000n}${decimals === '' ? '' : `.${decimals}`}`;
}
