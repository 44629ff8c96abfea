import { type Mark, markOf, RANK, type Rank } from './mark.js';

/** More than any clause has questions: a better verdict is nearer than any number of them. */
const VERDICT_STEP = 1024;

/** Farther than any lot. */
const NO_LOT = VERDICT_STEP * 4;

/** The nearest of the lots that were offered; of equally near ones the first. */
export class Nearest {
  #position = -1;
  #distance = NO_LOT;

  /** @param worst rank of the answers to all questions; `failed` of them are not what is wanted */
  offer(position: number, worst: Rank, failed: number): void {
    const distance = worst * VERDICT_STEP + failed;
    if (distance > this.#distance) return;
    if (distance === this.#distance && position > this.#position) return;
    this.#position = position;
    this.#distance = distance;
  }

  /** Makes ready for the lots of another clause. */
  clear(): void {
    this.#position = -1;
    this.#distance = NO_LOT;
  }

  mark(): Mark {
    if (this.#position < 0) return markOf(RANK.false, null);
    return markOf(Math.floor(this.#distance / VERDICT_STEP) as Rank, this.#position);
  }
}
