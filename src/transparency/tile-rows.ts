import type { EntityManager } from 'typeorm';
import { HASH_BYTES, type ReadTiles, type Tile, type TileId } from '#libs/merkle';
import { prepared } from '../platform/database/index.js';

/** Tables that hold the tiles of a tree: of the logs of entries, of seals and of reports. */
export type TileTable = 'log_tile' | 'seal_tile' | 'report_tile';

/** The hashes of tiles, in the order asked; undefined where there is no tile. */
export async function readTiles(
  tx: EntityManager,
  table: TileTable,
  tiles: readonly TileId[],
): Promise<readonly (Buffer | undefined)[]> {
  if (tiles.length === 0) return [];
  const rows = await prepared<{ place: number; hashes: Buffer }>(tx, {
    name: `${table}-read`,
    text: `SELECT place::int, t.hashes
             FROM unnest($1::smallint[], $2::bigint[]) WITH ORDINALITY AS wanted(level, index, place)
             JOIN ${table} t USING (level, index)`,
    values: [tiles.map((tile) => tile.level), tiles.map((tile) => tile.index)],
  });
  const found = new Map(rows.map(({ place, hashes }) => [place, hashes]));
  return tiles.map((_, place) => found.get(place + 1));
}

/** Stores new tiles and the growth of known ones. */
export async function writeTiles(
  tx: EntityManager,
  table: TileTable,
  tiles: readonly Tile[],
): Promise<void> {
  await prepared(tx, {
    name: `${table}-write`,
    text: `INSERT INTO ${table} (level, index, hashes)
           SELECT * FROM unnest($1::smallint[], $2::bigint[], $3::bytea[])
           ON CONFLICT (level, index) DO UPDATE SET hashes = excluded.hashes`,
    values: [
      tiles.map((tile) => tile.level),
      tiles.map((tile) => tile.index),
      tiles.map((tile) => tile.hashes),
    ],
  });
}

/** Reads the tiles that a proof needs. That one is missing or too narrow is a failure of ours. */
export function tilesIn(tx: EntityManager, table: TileTable): ReadTiles {
  return async (tiles) => {
    const found = await readTiles(tx, table, tiles);
    return found.map((hashes, place) => {
      const { level, index, width } = tiles[place] as TileId;
      if (hashes && hashes.length >= width * HASH_BYTES) return hashes;
      throw new Error(`tile ${level}/${index} of ${table} is not as wide as the head says`);
    });
  };
}
