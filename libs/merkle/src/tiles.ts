import assert from 'node:assert';
import { HASH_BYTES } from './hash.js';

/** Hashes in a full tile; a tile is a subtree of height 8. */
export const TILE_WIDTH = 256;

/** A tile covers this many levels of the tree. */
export const TILE_HEIGHT = 8;

/** The highest level that has a name in C2SP tlog-tiles. */
export const MAX_TILE_LEVEL = 63;

/** A tile by its place: the `index`-th of its level, with the `width` hashes it has (1 to 256). */
export interface TileId {
  readonly level: number;
  readonly index: number;
  readonly width: number;
}

/** A tile with its hashes, side by side. */
export interface Tile extends TileId {
  readonly hashes: Buffer;
}

/** `entries` names a bundle of entries; a number is a level of hashes. */
export interface TilePath {
  readonly level: number | 'entries';
  readonly index: number;
  readonly width: number;
}

/** How many hashes a level has in a tree of `size` leaves: one per full subtree of 256^level. */
export function hashesAtLevel(size: number, level: number): number {
  return Math.floor(size / TILE_WIDTH ** level);
}

/** How wide a tile is in a tree of `size` leaves: 256, less at the right edge, 0 beyond it. */
export function tileWidth(size: number, level: number, index: number): number {
  const beyond = hashesAtLevel(size, level) - index * TILE_WIDTH;
  return Math.max(0, Math.min(TILE_WIDTH, beyond));
}

/** The tiles at the right edge that are not full, lowest level first. */
export function edgeTiles(size: number): TileId[] {
  const tiles: TileId[] = [];
  for (let level = 0; hashesAtLevel(size, level) > 0; level += 1) {
    const count = hashesAtLevel(size, level);
    const width = count % TILE_WIDTH;
    if (width > 0) tiles.push({ level, index: Math.floor(count / TILE_WIDTH), width });
  }
  return tiles;
}

/** The path of a tile under a log's address (C2SP tlog-tiles): `tile/0/x001/x234/067.p/12`. */
export function tilePath({ level, index, width }: TilePath): string {
  assert(width >= 1 && width <= TILE_WIDTH, 'a tile has 1 to 256 hashes');
  const suffix = width === TILE_WIDTH ? '' : `.p/${width}`;
  return `tile/${level}/${indexPath(index)}${suffix}`;
}

/** Reads what {@link tilePath} writes; undefined for any other text, a second spelling included. */
export function parseTilePath(path: string): TilePath | undefined {
  const match = /^tile\/(entries|\d{1,2})\/((?:x\d{3}\/){0,5}\d{3})(?:\.p\/(\d{1,3}))?$/.exec(path);
  if (!match) return undefined;
  const [, levelText = '', indexText = '', widthText] = match;
  const level: TilePath['level'] = levelText === 'entries' ? 'entries' : Number(levelText);
  const index = Number(indexText.replace(/[x/]/g, ''));
  const width = widthText === undefined ? TILE_WIDTH : Number(widthText);
  if (width < 1 || width > TILE_WIDTH) return undefined;
  if (level !== 'entries' && level > MAX_TILE_LEVEL) return undefined;
  if (!Number.isSafeInteger(index)) return undefined;
  const tile = { level, index, width };
  return tilePath(tile) === path ? tile : undefined;
}

/** The hashes of one tile from place `from` on. */
export function hashesOf(hashes: Buffer, from: number, count: number): Buffer {
  const end = (from + count) * HASH_BYTES;
  assert(end <= hashes.length, 'the tile is wide enough');
  return hashes.subarray(from * HASH_BYTES, end);
}

/** 1234067 as `x001/x234/067`. */
function indexPath(index: number): string {
  assert(Number.isSafeInteger(index) && index >= 0, 'a tile index counts from zero');
  const digits = String(index);
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, '0');
  const groups = padded.match(/\d{3}/g) as string[];
  return groups.map((group, place) => (place < groups.length - 1 ? `x${group}` : group)).join('/');
}
