import type { EntityManager } from 'typeorm';
import { HASH_BYTES, type ReadTiles } from '#libs/merkle';
import type { LogStore } from './log.store.js';

/** Reads the tiles that a proof needs. That one is missing or too narrow is a failure of ours. */
export function tilesOf(store: LogStore, tx: EntityManager): ReadTiles {
  return async (tiles) => {
    const found = await store.readTiles(tx, tiles);
    return found.map((hashes, place) => {
      const { level, index, width } = tiles[place] as (typeof tiles)[number];
      if (hashes && hashes.length >= width * HASH_BYTES) return hashes;
      throw new Error(`tile ${level}/${index} of the log is not as wide as its head says`);
    });
  };
}
