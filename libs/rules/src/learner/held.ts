import type { LearnerReading } from '../clauses/learner-test.js';
import type { Desk } from '../match/desk.js';
import type { Lot } from './lots.js';

/** The learner as the clauses of one rulebook see them: lots that are found by their keys. */
export class Held {
  readonly #desk: Desk;
  #turn = -1;

  /** @param lots in the order of their ids */
  constructor(
    desk: Desk,
    readonly lots: readonly Lot[],
    readonly reading: LearnerReading,
  ) {
    this.#desk = desk;
  }

  /** The desk with this learner's lots; others may have been on it since. */
  desk(): Desk {
    if (this.#desk.turn !== this.#turn) {
      this.#desk.lay(this.lots);
      this.#turn = this.#desk.turn;
    }
    return this.#desk;
  }

  /** Positions of the lots that have one of the keys, ascending; of all lots without keys. */
  positions(keys: readonly number[] | null): number[] {
    if (keys === null) return this.lots.map((_, position) => position);
    const desk = this.desk();
    const found: number[] = [];
    for (const key of keys) {
      for (let entry = desk.first(key); entry >= 0; entry = desk.next(entry)) {
        found.push(desk.positionOf(entry));
      }
    }
    return keys.length > 1 ? found.sort((a, b) => a - b) : found;
  }
}
