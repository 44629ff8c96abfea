import assert from 'node:assert';
import { EMPTY_ROOT, HASH_BYTES, nodeHash, rootOfRow } from './hash.js';
import {
  type LeafRange,
  type Subtree,
  consistencyRanges,
  inclusionRanges,
  subtreesOf,
} from './ranges.js';
import { TILE_HEIGHT, TILE_WIDTH, type TileId, hashesOf, tileWidth } from './tiles.js';

/**
 * Reads tiles from wherever they are, all in one go, and answers their hashes in the same order.
 * A stored tile may be wider than asked for; only its first hashes are used.
 */
export type ReadTiles = (tiles: readonly TileId[]) => Promise<readonly Buffer[]>;

/** The proof that a leaf is in the tree of `size`: hashes from the leaf's neighbour up. */
export async function proveInclusion(
  index: number,
  size: number,
  readTiles: ReadTiles,
): Promise<Buffer[]> {
  return rangeHashes(inclusionRanges(index, size), size, readTiles);
}

/**
 * {@link proveInclusion} of many leaves with one look at the tiles: where the ways of two meet, a
 * hash is made once.
 */
export async function proveInclusions(
  indexes: readonly number[],
  size: number,
  readTiles: ReadTiles,
): Promise<Buffer[][]> {
  const ranges = indexes.map((index) => inclusionRanges(index, size));
  const wanted = new Map(ranges.flat().map((range) => [nameOf(range), range]));
  const made = await rangeHashes([...wanted.values()], size, readTiles);
  const hashes = new Map([...wanted.keys()].map((name, place) => [name, made[place] as Buffer]));
  return ranges.map((own) => own.map((range) => hashes.get(nameOf(range)) as Buffer));
}

/** The proof that the tree of size `to` goes on from the tree of size `from`. */
export async function proveConsistency(
  from: number,
  to: number,
  readTiles: ReadTiles,
): Promise<Buffer[]> {
  return rangeHashes(consistencyRanges(from, to), to, readTiles);
}

/** The root of the tree at any size that the tiles cover. */
export async function rootFromTiles(size: number, readTiles: ReadTiles): Promise<Buffer> {
  if (size === 0) return EMPTY_ROOT;
  const [root] = await rangeHashes([{ start: 0, end: size }], size, readTiles);
  return root as Buffer;
}

/** Where the hashes of a complete subtree stand: `count` of them from place `from` in one tile. */
interface Place {
  readonly tile: TileId;
  readonly from: number;
  readonly count: number;
}

async function rangeHashes(
  ranges: readonly LeafRange[],
  size: number,
  readTiles: ReadTiles,
): Promise<Buffer[]> {
  if (ranges.length === 0) return [];
  const places = ranges.map((range) => subtreesOf(range).map((part) => placeOf(part, size)));
  const tiles = distinct(places.flat().map(({ tile }) => tile));
  const read = await readTiles([...tiles.values()]);
  assert(read.length === tiles.size, 'every tile is answered');
  const hashes = new Map<string, Buffer>();
  [...tiles].forEach(([key, { width }], place) => {
    const bytes = read[place] as Buffer;
    assert(bytes.length >= width * HASH_BYTES, 'a tile is at least as wide as it was asked for');
    hashes.set(key, bytes);
  });
  return places.map((parts) =>
    parts
      .map(({ tile, from, count }) =>
        rootOfRow(hashesOf(hashes.get(keyOf(tile)) as Buffer, from, count)),
      )
      .reduceRight((right, left) => nodeHash(left, right)),
  );
}

function placeOf({ height, index }: Subtree, size: number): Place {
  const level = Math.floor(height / TILE_HEIGHT);
  const count = 2 ** (height % TILE_HEIGHT);
  const first = index * count;
  const tileIndex = Math.floor(first / TILE_WIDTH);
  const tile = { level, index: tileIndex, width: tileWidth(size, level, tileIndex) };
  return { tile, from: first % TILE_WIDTH, count };
}

function nameOf({ start, end }: LeafRange): string {
  return `${start}-${end}`;
}

function distinct(tiles: readonly TileId[]): Map<string, TileId> {
  return new Map(tiles.map((tile) => [keyOf(tile), tile]));
}

function keyOf({ level, index }: TileId): string {
  return `${level}/${index}`;
}
