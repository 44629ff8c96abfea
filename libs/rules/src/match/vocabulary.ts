import type { LotTest } from '../clauses/lot-test.js';
import type { OutcomeFact } from '../types.js';

/** A property by which clauses find lots, for example `code:X-LOG-2` or `source:training`. */
export type LotKey = `${Dimension}:${string}`;

/** What lots are found by. */
export const DIMENSIONS = ['code', 'kind', 'category', 'source'] as const;

type Dimension = (typeof DIMENSIONS)[number];

/** Something that is asked of a lot. */
export type Question = Pick<LotTest, 'verdict'>;

/**
 * What the clauses of one rulebook speak of, as numbers from 0: the keys by which they find lots, and
 * the questions they ask of them. Many rules ask the same questions; each is here once.
 */
export class Vocabulary {
  readonly #keys = {
    code: new Map<string, number>(),
    kind: new Map<string, number>(),
    category: new Map<string, number>(),
    source: new Map<string, number>(),
  } satisfies Record<Dimension, Map<string, number>>;
  readonly #questions: Question[] = [];
  readonly #asked = new Map<string, readonly LotTest[]>();
  readonly #numbers = new Map<Question, number>();
  #keyCount = 0;

  get questions(): readonly Question[] {
    return this.#questions;
  }

  get keyCount(): number {
    return this.#keyCount;
  }

  /** The number of a key, the same each time. */
  key(key: LotKey): number {
    const colon = key.indexOf(':');
    const values = this.#keys[key.slice(0, colon) as Dimension];
    const value = key.slice(colon + 1);
    const known = values.get(value);
    if (known !== undefined) return known;
    values.set(value, this.#keyCount);
    this.#keyCount += 1;
    return this.#keyCount - 1;
  }

  /** Of each dimension the number of an outcome's key, or -1 when no clause looks for it. */
  keysOf({ outcome, kind, category, source }: OutcomeFact): readonly number[] {
    const { code: codes, kind: kinds, category: categories, source: sources } = this.#keys;
    return [
      codes.get(outcome) ?? -1,
      kinds.get(kind) ?? -1,
      categories.get(category) ?? -1,
      sources.get(source) ?? -1,
    ];
  }

  /** Questions that were asked before in the same words, or new ones. */
  tests(words: string, make: () => readonly LotTest[]): readonly LotTest[] {
    const known = this.#asked.get(words);
    if (known) return known;
    const tests = make();
    this.#asked.set(words, tests);
    return tests;
  }

  /** The number of a question, the same each time. */
  number(question: Question): number {
    const known = this.#numbers.get(question);
    if (known !== undefined) return known;
    this.#numbers.set(question, this.#questions.length);
    return this.#questions.push(question) - 1;
  }
}
