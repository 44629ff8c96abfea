import type { Tile } from '#libs/merkle';
import { firstDifference } from './log-check.js';

/** A stored tile that is not what the leaves make. */
export interface WrongTile {
  readonly name: string;
  /** The first leaf that it has wrong; null where it holds none. */
  readonly leaf: number | null;
}

/** The first tile that is missing, too short or holds other hashes than those that were made. */
export function firstWrongTile(
  made: readonly Tile[],
  stored: readonly Tile[],
): WrongTile | undefined {
  const known = new Map(stored.map((tile) => [nameOf(tile), tile.hashes]));
  for (const tile of made) {
    const name = nameOf(tile);
    const hashes = known.get(name);
    if (hashes?.subarray(0, tile.hashes.length).equals(tile.hashes)) continue;
    const first = tile.index * 256 + firstDifference(tile.hashes, hashes ?? Buffer.of());
    return { name, leaf: tile.level === 0 ? first : null };
  }
  return undefined;
}

function nameOf({ level, index }: Tile): string {
  return `${level}/${index}`;
}
