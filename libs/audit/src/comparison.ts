import assert from 'node:assert';
import { HASH_BYTES } from '#libs/merkle';
import {
  type Differing,
  type EntryName,
  type Extra,
  type Facts,
  type Missing,
  SECOND_AT_PLACE,
} from './findings.js';

/** Facts kept of each sort: whoever rewrites a million entries is found by the first thousands. */
const MOST_FACTS = 10_000;

/** Where a posting's entries stand in the log, and the hashes it keeps itself. */
export interface Place {
  readonly postingId: string;
  readonly firstIndex: number;
  readonly entries: number;
  readonly leaves: Buffer | undefined;
}

/**
 * Holds the books against the log, one window of the log after the other, so that memory does not
 * grow with either. An entry that fits costs a comparison of 32 bytes and nothing else.
 */
export class Comparison {
  #start = 0;
  #leaves: Buffer = Buffer.alloc(0);
  #seen = new Uint8Array(0);
  #places: readonly Place[] = [];
  /** Hashes of postings that differ from the log's, by place in the log. */
  #posted = new Map<number, Buffer>();
  readonly #differing = new Kept<Differing>(({ index }) => index);
  readonly #missing = new Kept<Missing>(({ index }) => index);
  readonly #extra = new Kept<Extra>(() => 0);
  #checked = 0;

  /** Entries that were compared so far. */
  get checked(): number {
    return this.#checked;
  }

  /**
   * Begins with the log's hashes from `start` on.
   *
   * @param places sorted by firstIndex; those at the edges may reach beyond the window
   */
  open(start: number, leaves: Buffer, places: readonly Place[]): void {
    this.#start = start;
    this.#leaves = leaves;
    this.#seen = new Uint8Array(leaves.length / HASH_BYTES);
    this.#places = places;
    this.#posted = new Map();
    for (const place of places) this.#comparePosting(place);
  }

  /** Whether a place in the log lies in the window. */
  covers(index: number): boolean {
    return index >= this.#start && index < this.#start + this.#seen.length;
  }

  /** Compares an entry with the log; false when it must be explained by {@link differs}. */
  fits(index: number, leaf: Buffer): boolean {
    const at = index - this.#start;
    if (this.#seen[at] !== 0) return false;
    const from = at * HASH_BYTES;
    if (this.#posted.has(index)) return false;
    if (leaf.compare(this.#leaves, from, from + HASH_BYTES) !== 0) return false;
    this.#seen[at] = 1;
    this.#checked += 1;
    return true;
  }

  /** Records an entry that {@link fits} did not take. */
  differs(index: number, leaf: Buffer | undefined, name: EntryName): void {
    const at = index - this.#start;
    this.#checked += 1;
    if (this.#seen[at] !== 0) {
      this.#extra.add({ ...name, kind: 'inserted', leaf, detail: SECOND_AT_PLACE });
      return;
    }
    this.#seen[at] = 1;
    const logged = this.#leafAt(at);
    this.#differing.add({
      ...name,
      index,
      leaf,
      logged,
      posted: this.#posted.get(index) ?? logged,
    });
  }

  /** Records an entry for which the log has no place. */
  isExtra(extra: Extra): void {
    this.#checked += 1;
    this.#extra.add(extra);
  }

  /** Ends the window: places that no entry came for are missing. */
  close(): void {
    let hint = 0;
    for (let at = this.#seen.indexOf(0); at >= 0; at = this.#seen.indexOf(0, at + 1)) {
      const index = this.#start + at;
      hint = this.#placeOf(index, hint);
      const place = this.#places[hint];
      const isInside = place && index >= place.firstIndex;
      this.#missing.add({
        index,
        logged: this.#leafAt(at),
        postingId: isInside ? place.postingId : null,
        postingPos: isInside ? index - place.firstIndex : null,
        entryId: null,
      });
    }
  }

  facts(log: Pick<Facts, 'logSize' | 'isLogSound'>): Facts {
    return {
      ...log,
      differing: this.#differing.items,
      missing: this.#missing.items,
      extra: this.#extra.items,
    };
  }

  /** The first place at or behind `from` that ends behind the index. */
  #placeOf(index: number, from: number): number {
    let at = from;
    for (let place = this.#places[at]; place; place = this.#places[(at += 1)]) {
      if (index < place.firstIndex + place.entries) break;
    }
    return at;
  }

  #comparePosting({ firstIndex, entries, leaves }: Place): void {
    if (!leaves) return;
    const first = Math.max(firstIndex, this.#start);
    const beyond = Math.min(firstIndex + entries, this.#start + this.#seen.length);
    const own = (index: number): Buffer =>
      leaves.subarray((index - firstIndex) * HASH_BYTES, (index - firstIndex + 1) * HASH_BYTES);
    const range = (from: number, to: number, base: number, bytes: Buffer): Buffer =>
      bytes.subarray((from - base) * HASH_BYTES, (to - base) * HASH_BYTES);
    const logged = range(first, beyond, this.#start, this.#leaves);
    if (range(first, beyond, firstIndex, leaves).equals(logged)) return;
    for (let index = first; index < beyond; index += 1) {
      if (!own(index).equals(this.#leafAt(index - this.#start))) {
        this.#posted.set(index, Buffer.from(own(index)));
      }
    }
  }

  #leafAt(at: number): Buffer {
    assert(at >= 0 && at < this.#seen.length, 'the place is in the window');
    return Buffer.from(this.#leaves.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES));
  }
}

/** The first facts by their place in the log. */
class Kept<T> {
  #items: T[] = [];

  constructor(private readonly placeOf: (item: T) => number) {}

  add(item: T): void {
    this.#items.push(item);
    if (this.#items.length >= 2 * MOST_FACTS) this.#items = this.items;
  }

  get items(): T[] {
    return this.#items.toSorted((a, b) => this.placeOf(a) - this.placeOf(b)).slice(0, MOST_FACTS);
  }
}
