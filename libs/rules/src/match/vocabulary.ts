import type { LotTest } from '../clauses/lot-test.js';
import type { OutcomeFact } from '../types.js';

/** A property by which clauses find lots, for example `code:X-LOG-2` or `source:training`. */
export type LotKey = `${Dimension}:${string}`;

type Dimension = 'code' | 'kind' | 'category' | 'source';

/** What lots are found by. */
export const DIMENSIONS: readonly {
  readonly name: Dimension;
  readonly of: (fact: OutcomeFact) => string;
}[] = [
  { name: 'code', of: ({ outcome }) => outcome },
  { name: 'kind', of: ({ kind }) => kind },
  { name: 'category', of: ({ category }) => category },
  { name: 'source', of: ({ source }) => source },
];

/** Something that is asked of a lot. */
export type Question = Pick<LotTest, 'verdict'>;

/** Every key of an outcome, whoever looks for it. */
export function keysOfOutcome(fact: OutcomeFact): LotKey[] {
  return DIMENSIONS.map(({ name, of }): LotKey => `${name}:${of(fact)}`);
}

/**
 * What the clauses of one rulebook speak of, as numbers from 0: the keys by which they find lots, and
 * the questions they ask of them. Many rules ask the same questions; each is here once.
 */
export class Vocabulary {
  readonly #keys = DIMENSIONS.map(() => new Map<string, number>());
  readonly #questions: Question[] = [];
  readonly #asked = new Map<string, readonly LotTest[]>();
  readonly #numbers = new Map<Question, number>();
  #keyCount = 0;

  get keyCount(): number {
    return this.#keyCount;
  }

  /** The number of a key, the same each time. */
  key(key: LotKey): number {
    const colon = key.indexOf(':');
    const dimension = DIMENSIONS.findIndex(({ name }) => name === key.slice(0, colon));
    const values = this.#keys[dimension] as Map<string, number>;
    const value = key.slice(colon + 1);
    const known = values.get(value);
    if (known !== undefined) return known;
    values.set(value, this.#keyCount);
    this.#keyCount += 1;
    return this.#keyCount - 1;
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

  question(number: number): Question {
    return this.#questions[number] as Question;
  }

  get questionCount(): number {
    return this.#questions.length;
  }

  /** Numbers of the keys of one dimension, by what a lot has to be. */
  valuesOf(dimension: number): ReadonlyMap<string, number> {
    return this.#keys[dimension] as ReadonlyMap<string, number>;
  }
}
