/**
 * Random numbers from a seed (mulberry32). Each actor of a run draws from a stream of its own, so
 * that what one draws does not depend on how fast the others are.
 */
export class Chance {
  #state;

  constructor(seed, stream = '') {
    this.#state = [...`${seed}/${stream}`].reduce(
      (hash, letter) => Math.imul(hash ^ letter.codePointAt(0), 16_777_619) >>> 0,
      2_166_136_261,
    );
  }

  /** From 0 to below 1. */
  next() {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from `least` to `most`. */
  between(least, most) {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  happens(probability) {
    return this.next() < probability;
  }

  pick(items) {
    return items[this.between(0, items.length - 1)];
  }

  shuffle(items) {
    const shuffled = [...items];
    for (let last = shuffled.length - 1; last > 0; last -= 1) {
      const other = this.between(0, last);
      [shuffled[last], shuffled[other]] = [shuffled[other], shuffled[last]];
    }
    return shuffled;
  }
}
