import assert from 'node:assert';
import { EMPTY_ROOT, HASH_BYTES, rootOfRow } from './hash.js';
import { TILE_WIDTH, type Tile, edgeTiles } from './tiles.js';

const TILE_BYTES = TILE_WIDTH * HASH_BYTES;

/** The tile of a level that is being filled. */
interface OpenTile {
  bytes: Buffer;
  /** Hashes in it, 0 to 255. */
  width: number;
  /** Whether a hash was added since the tiles were last taken. */
  changed: boolean;
}

/**
 * A tree that grows at its right edge and keeps nothing else in memory: at most 255 hashes per
 * level, whatever its size. Tiles that fill up, and the ends of those that do not, are handed out
 * by {@link takeTiles} to be stored.
 */
export class GrowingTree {
  #size: number;
  readonly #edge: OpenTile[] = [];
  #filled: Tile[] = [];

  private constructor(size: number) {
    this.#size = size;
  }

  /** A tree without leaves. */
  static empty(): GrowingTree {
    return new GrowingTree(0);
  }

  /**
   * Goes on from a stored tree.
   *
   * @param hashesOfTile the stored hashes of the tiles that {@link edgeTiles} names, in its order;
   *   a stored tile may have grown further, only its first hashes are used
   */
  static resume(size: number, hashesOfTile: readonly Buffer[]): GrowingTree {
    const tree = new GrowingTree(size);
    const tiles = edgeTiles(size);
    assert(tiles.length === hashesOfTile.length, 'one buffer per tile at the edge');
    tiles.forEach(({ level, width }, place) => {
      const open = tree.#openTile(level);
      const stored = hashesOfTile[place] as Buffer;
      assert(stored.length >= width * HASH_BYTES, 'an edge tile is at least as wide as the tree');
      open.bytes.set(stored.subarray(0, width * HASH_BYTES));
      open.width = width;
    });
    return tree;
  }

  get size(): number {
    return this.#size;
  }

  /** Adds leaves, given as their leaf hashes side by side. */
  append(leafHashes: Buffer): void {
    assert(leafHashes.length % HASH_BYTES === 0, 'leaves are whole hashes');
    for (let from = 0; from < leafHashes.length;) {
      const room = TILE_BYTES - this.#openTile(0).width * HASH_BYTES;
      const part = leafHashes.subarray(from, from + room);
      this.#size += part.length / HASH_BYTES;
      this.#extend(0, part);
      from += part.length;
    }
  }

  /** The root over all leaves (RFC 6962, 2.1). Its cost does not grow with the tree. */
  root(): Buffer {
    let right: Buffer = Buffer.alloc(0);
    for (const { bytes, width } of this.#edge) {
      // The complete subtrees of this level, then everything smaller to their right as one node.
      const row = Buffer.concat([bytes.subarray(0, width * HASH_BYTES), right]);
      if (row.length > 0) right = rootOfRow(row);
    }
    return right.length > 0 ? right : EMPTY_ROOT;
  }

  /**
   * The tiles that changed since the last call: those that are full now, and the open ones at the
   * edge with what they have.
   */
  takeTiles(): Tile[] {
    const tiles = this.#filled;
    this.#filled = [];
    this.#edge.forEach((open, level) => {
      if (!open.changed) return;
      open.changed = false;
      if (open.width === 0) return;
      const index = Math.floor(this.#size / TILE_WIDTH ** (level + 1));
      const hashes = Buffer.from(open.bytes.subarray(0, open.width * HASH_BYTES));
      tiles.push({ level, index, width: open.width, hashes });
    });
    return tiles;
  }

  /** Adds hashes to the open tile of a level; they fit in. */
  #extend(level: number, hashes: Buffer): void {
    const open = this.#openTile(level);
    open.bytes.set(hashes, open.width * HASH_BYTES);
    open.width += hashes.length / HASH_BYTES;
    open.changed = true;
    if (open.width < TILE_WIDTH) return;
    const index = Math.floor(this.#size / TILE_WIDTH ** (level + 1)) - 1;
    const full = { level, index, width: TILE_WIDTH, hashes: open.bytes };
    this.#filled.push(full);
    open.bytes = Buffer.allocUnsafe(TILE_BYTES);
    open.width = 0;
    this.#extend(level + 1, rootOfRow(full.hashes));
  }

  #openTile(level: number): OpenTile {
    while (this.#edge.length <= level) {
      this.#edge.push({ bytes: Buffer.allocUnsafe(TILE_BYTES), width: 0, changed: false });
    }
    return this.#edge[level] as OpenTile;
  }
}
