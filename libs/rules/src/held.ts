import type { LearnerReading } from './clauses/learner-test.js';
import type { LotKeys } from './lot-keys.js';
import type { Lot } from './lots.js';

/** The learner as the clauses of one rulebook see them: lots that are found by their keys. */
export class Held {
  #turn = -1;
  #present: readonly number[] = [];

  /** @param lots in the order of their ids */
  constructor(
    readonly keys: LotKeys,
    readonly lots: readonly Lot[],
    readonly reading: LearnerReading,
  ) {}

  /** Numbers of the keys that the learner's lots have and the rulebook mentions. */
  present(): readonly number[] {
    this.#list();
    return this.#present;
  }

  /** The first entry of the lots with a key, or -1; `keys.next` leads to the others. */
  first(key: number): number {
    this.#list();
    return this.keys.first(key);
  }

  /** Positions of the lots that have one of the keys, ascending; of all lots without keys. */
  positions(keys: readonly number[] | null): number[] {
    if (keys === null) return this.lots.map((_, position) => position);
    const found: number[] = [];
    for (const key of keys) {
      for (let at = this.first(key); at >= 0; at = this.keys.next(at)) {
        found.push(this.keys.positionOf(at));
      }
    }
    return keys.length > 1 ? found.sort((a, b) => a - b) : found;
  }

  /** Other learners may have been listed in the same place since. */
  #list(): void {
    if (this.keys.turn === this.#turn) return;
    this.#present = this.keys.list(this.lots);
    this.#turn = this.keys.turn;
  }
}
