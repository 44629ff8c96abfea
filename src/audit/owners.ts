import { uuidAt } from './binary-rows.js';

const ID_BYTES = 16;

/** Whose the entries of a stretch of the log are, as the books say: 16 bytes an entry. */
export class Owners {
  readonly #ids: Buffer;

  constructor(count: number) {
    this.#ids = Buffer.alloc(count * ID_BYTES);
  }

  /** @param id the learner's id as 16 bytes, from a place of `bytes` on */
  set(at: number, bytes: Buffer, from: number): void {
    bytes.copy(this.#ids, at * ID_BYTES, from, from + ID_BYTES);
  }

  /** The learner's id as text; undefined where the books have no entry. */
  at(at: number): string | undefined {
    const from = at * ID_BYTES;
    // No id is zero: they begin with their time.
    return this.#ids.readUIntBE(from, 6) === 0 ? undefined : uuidAt(this.#ids, from);
  }
}
