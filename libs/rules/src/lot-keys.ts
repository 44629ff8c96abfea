import type { Lot } from './lots.js';
import type { OutcomeFact } from './types.js';

/** A property by which clauses find lots, for example `code:X-LOG-2` or `source:training`. */
export type LotKey = `${Dimension}:${string}`;

type Dimension = 'code' | 'kind' | 'category' | 'source';

const DIMENSIONS: readonly {
  readonly name: Dimension;
  readonly of: (fact: OutcomeFact) => string;
}[] = [
  { name: 'code', of: ({ outcome }) => outcome },
  { name: 'kind', of: ({ kind }) => kind },
  { name: 'category', of: ({ category }) => category },
  { name: 'source', of: ({ source }) => source },
];

/** Every key of an outcome, whoever looks for it. */
export function keysOfOutcome(fact: OutcomeFact): LotKey[] {
  return DIMENSIONS.map(({ name, of }): LotKey => `${name}:${of(fact)}`);
}

/**
 * The keys that the clauses of one rulebook mention, as numbers, and a place where the lots of one
 * learner at a time are listed by them. What no clause mentions is not listed. A place for the next
 * learner is made by counting up and not by emptying: the rulebook may be large, the learner is not.
 */
export class LotKeys {
  readonly #values = DIMENSIONS.map(() => new Map<string, number>());
  #count = 0;
  /** Number of the learner whose lots are listed. */
  #turn = 0;
  /** Of each key, for which learner its list was made, and the first entry of the list. */
  #turns = new Int32Array(0);
  #first = new Int32Array(0);
  /** Of each entry the next one of its list, or -1. An entry is a lot's position and a dimension. */
  #next = new Int32Array(0);

  /** How many keys there are. */
  get count(): number {
    return this.#count;
  }

  get turn(): number {
    return this.#turn;
  }

  /** The number of a key, the same each time. */
  number(key: LotKey): number {
    const colon = key.indexOf(':');
    const dimension = DIMENSIONS.findIndex(({ name }) => name === key.slice(0, colon));
    const values = this.#values[dimension] as Map<string, number>;
    const value = key.slice(colon + 1);
    const known = values.get(value);
    if (known !== undefined) return known;
    values.set(value, this.#count);
    this.#count += 1;
    return this.#count - 1;
  }

  /** Lists the lots of the next learner, each list in the order of the lots; answers their keys. */
  list(lots: readonly Lot[]): number[] {
    this.#nextTurn(lots.length);
    const present: number[] = [];
    this.#values.forEach((values, dimension) => {
      const { of } = DIMENSIONS[dimension] as (typeof DIMENSIONS)[number];
      if (values.size === 0) return;
      for (let position = lots.length - 1; position >= 0; position -= 1) {
        const key = values.get(of((lots[position] as Lot).fact));
        if (key === undefined) continue;
        const entry = position * DIMENSIONS.length + dimension;
        const isListed = this.#turns[key] === this.#turn;
        this.#next[entry] = isListed ? (this.#first[key] as number) : -1;
        this.#first[key] = entry;
        this.#turns[key] = this.#turn;
        if (!isListed) present.push(key);
      }
    });
    return present;
  }

  /** The first entry of a list, or -1 when the learner has no such lot. */
  first(key: number): number {
    return this.#turns[key] === this.#turn ? (this.#first[key] as number) : -1;
  }

  next(entry: number): number {
    return this.#next[entry] as number;
  }

  /** The position of an entry's lot among the lots of the learner. */
  positionOf(entry: number): number {
    return Math.floor(entry / DIMENSIONS.length);
  }

  #nextTurn(lots: number): void {
    this.#turn += 1;
    if (this.#turns.length < this.#count) {
      this.#turns = new Int32Array(this.#count);
      this.#first = new Int32Array(this.#count);
    }
    const entries = lots * DIMENSIONS.length;
    if (this.#next.length < entries) this.#next = new Int32Array(entries * 2);
  }
}
