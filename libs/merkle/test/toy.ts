import { createHash } from 'node:crypto';
import { HASH_BYTES, type ReadTiles, type Tile, edgeTiles } from '../src/index.js';

const hash = (...parts: Buffer[]): Buffer =>
  createHash('sha256').update(Buffer.concat(parts)).digest();

/** Leaf hashes that differ. */
export function leavesOf(count: number): Buffer[] {
  return Array.from({ length: count }, (_, n) => hash(Buffer.of(0), Buffer.from(`leaf ${n}`)));
}

/**
 * The tree as RFC 6962 defines it, word for word: D[start:end] is the list of leaves from `start`
 * to `end`. It only remembers what it has hashed, because the specs ask for the same thing often.
 */
export class Toy {
  readonly #known = new Map<string, Buffer>();

  constructor(readonly leaves: readonly Buffer[]) {}

  /** MTH(D[start:end]) of section 2.1, over leaf hashes. */
  mth(start: number, end: number): Buffer {
    if (end - start === 0) return hash();
    if (end - start === 1) return this.leaves[start] as Buffer;
    const key = `${start}:${end}`;
    const known = this.#known.get(key);
    if (known) return known;
    const middle = split(start, end);
    const root = hash(Buffer.of(1), this.mth(start, middle), this.mth(middle, end));
    this.#known.set(key, root);
    return root;
  }

  /** PATH(m, D[0:end]) of section 2.1.1; m counts from zero, whatever part it is in. */
  path(m: number, end: number, start = 0): Buffer[] {
    if (end - start === 1) return [];
    const middle = split(start, end);
    return m < middle
      ? [...this.path(m, middle, start), this.mth(middle, end)]
      : [...this.path(m, end, middle), this.mth(start, middle)];
  }

  /** PROOF(m, D[0:end]) of section 2.1.2. */
  proof(m: number, end: number): Buffer[] {
    return this.#subproof(m, 0, end, true);
  }

  #subproof(m: number, start: number, end: number, whole: boolean): Buffer[] {
    if (m === end) return whole ? [] : [this.mth(start, end)];
    const middle = split(start, end);
    return m <= middle
      ? [...this.#subproof(m, start, middle, whole), this.mth(middle, end)]
      : [...this.#subproof(m, middle, end, false), this.mth(start, middle)];
  }
}

/** Where the list is split: k is the largest power of two smaller than its length. */
function split(start: number, end: number): number {
  return start + 2 ** Math.floor(Math.log2(end - start - 1));
}

/** Keeps tiles by their place, as a store does. */
export class Shelf {
  readonly #tiles = new Map<string, Tile>();

  put(tiles: readonly Tile[]): void {
    for (const tile of tiles) this.#tiles.set(`${tile.level}/${tile.index}`, tile);
  }

  all(): Tile[] {
    return [...this.#tiles.values()].sort((a, b) => a.level - b.level || a.index - b.index);
  }

  /** Widths of the tiles of a level. */
  widths(level: number): number[] {
    return this.all().flatMap((tile) => (tile.level === level ? [tile.width] : []));
  }

  /** Everything in one text, to compare two shelves. */
  digest(): string {
    return this.all()
      .map(
        ({ level, index, width, hashes }) =>
          `${level}/${index}/${width} ${hash(hashes).toString('hex')}`,
      )
      .join('\n');
  }

  /** The hashes of the tiles at the edge of a tree. */
  edge(size: number): Buffer[] {
    return edgeTiles(size).map(
      ({ level, index }) => this.#tiles.get(`${level}/${index}`)?.hashes as Buffer,
    );
  }

  readonly read: ReadTiles = async (tiles) =>
    tiles.map(({ level, index, width }) => {
      const hashes = this.#tiles.get(`${level}/${index}`)?.hashes;
      if (!hashes || hashes.length < width * HASH_BYTES) {
        throw new Error(`tile ${level}/${index} has no ${width} hashes`);
      }
      return hashes;
    });
}

/** Hashes as text: Jest compares long lists of buffers slowly. */
export function hex(hashes: readonly Buffer[] | Buffer): string {
  return Buffer.isBuffer(hashes) ? hashes.toString('hex') : hashes.map(hex).join(' ');
}
