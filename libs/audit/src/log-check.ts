import {
  GrowingTree,
  HASH_BYTES,
  TILE_WIDTH,
  type Tile,
  edgeTiles,
  hashesAtLevel,
} from '#libs/merkle';
import type { Finding } from './findings.js';

/** The root that somebody says the log had at a size. */
export interface Claim {
  readonly size: number;
  readonly root: Buffer;
}

/**
 * Builds the whole tree again from the log's leaves, and keeps of it what is needed to judge the
 * stored tiles above them and every claim about its past: 1/256 of the leaves.
 */
export class LogCheck {
  readonly #tree = GrowingTree.empty();
  readonly #sizes: number[];
  readonly #roots = new Map<number, Buffer>();
  readonly #upper = new Map<string, Buffer>();

  /** @param sizes at which a root will be asked for */
  constructor(sizes: readonly number[]) {
    this.#sizes = [...new Set(sizes)].sort((a, b) => a - b);
    this.#noteRoot();
  }

  get size(): number {
    return this.#tree.size;
  }

  /** Adds the next leaves, side by side. */
  append(leaves: Buffer): void {
    for (let from = 0; from < leaves.length;) {
      const next = this.#sizes[0] ?? Infinity;
      const most = (next - this.#tree.size) * HASH_BYTES;
      const part = leaves.subarray(from, Math.min(leaves.length, from + most));
      this.#tree.append(part);
      from += part.length;
      this.#noteRoot();
    }
    for (const { level, index, hashes } of this.#tree.takeTiles()) {
      if (level > 0) this.#upper.set(`${level}/${index}`, hashes);
    }
  }

  /** Whether the log, as it is, had this root at this size. */
  agrees({ size, root }: Claim): boolean {
    return this.#roots.get(size)?.equals(root) ?? false;
  }

  root(): Buffer {
    return this.#tree.root();
  }

  /** Roots are taken when the tree has just the size at which one will be asked for. */
  #noteRoot(): void {
    if (this.#sizes[0] !== this.#tree.size) return;
    this.#roots.set(this.#tree.size, this.#tree.root());
    this.#sizes.shift();
  }

  /** Compares a stored tile above the leaves with the tree. */
  judge({ level, index, hashes }: Tile): Finding | undefined {
    const made = this.#upper.get(`${level}/${index}`);
    const span = TILE_WIDTH ** level;
    if (made && hashes.subarray(0, made.length).equals(made)) return undefined;
    const at = firstDifference(made ?? Buffer.alloc(0), hashes);
    return altered(index * TILE_WIDTH * span + at * span, span, `tile ${level}/${index}`);
  }
}

/** Names of all tiles above the leaves that a log of this size keeps. */
export function upperTiles(size: number): string[] {
  const names: string[] = [];
  for (let level = 1; hashesAtLevel(size, level) > 0; level += 1) {
    const full = Math.floor(hashesAtLevel(size, level) / TILE_WIDTH);
    for (let index = 0; index < full; index += 1) names.push(`${level}/${index}`);
  }
  for (const { level, index } of edgeTiles(size)) {
    if (level > 0) names.push(`${level}/${index}`);
  }
  return names;
}

export function altered(index: number | null, count: number, what: string): Finding {
  return {
    kind: 'log-altered',
    index,
    count,
    entryId: null,
    postingId: null,
    postingPos: null,
    detail: `${what} of the log is not what the leaves under it make`,
  };
}

/** The first hash in which two rows differ. */
export function firstDifference(a: Buffer, b: Buffer): number {
  const width = Math.min(a.length, b.length) / HASH_BYTES;
  for (let at = 0; at < width; at += 1) {
    const from = at * HASH_BYTES;
    if (a.compare(b, from, from + HASH_BYTES, from, from + HASH_BYTES) !== 0) return at;
  }
  return width;
}
