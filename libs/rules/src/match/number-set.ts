/** Numbers of one word of a set. */
const WORD = 32;

/**
 * Some of the whole numbers below a limit: a bit for each number, and a bit for each word of them
 * that is not empty. They come out in ascending order without being sorted.
 */
export class NumberSet {
  readonly #numbers: Int32Array;
  readonly #words: Int32Array;

  constructor(limit: number) {
    this.#numbers = new Int32Array(Math.ceil(limit / WORD));
    this.#words = new Int32Array(Math.ceil(this.#numbers.length / WORD));
  }

  add(number: number): void {
    const word = number >>> 5;
    this.#numbers[word] = (this.#numbers[word] as number) | (1 << number);
    this.#words[word >>> 5] = (this.#words[word >>> 5] as number) | (1 << word);
  }

  /** The numbers, ascending. The set is empty afterwards. */
  take(): number[] {
    const taken: number[] = [];
    for (let group = 0; group < this.#words.length; group += 1) {
      for (let words = this.#words[group] as number; words !== 0; words &= words - 1) {
        const word = group * WORD + lowestBit(words);
        for (let left = this.#numbers[word] as number; left !== 0; left &= left - 1) {
          taken.push(word * WORD + lowestBit(left));
        }
        this.#numbers[word] = 0;
      }
      this.#words[group] = 0;
    }
    return taken;
  }
}

/** The place of the lowest bit that is set. */
function lowestBit(bits: number): number {
  return WORD - 1 - Math.clz32(bits & -bits);
}
