import type { ClientBase } from 'pg';
import { HASH_BYTES, type Tile } from '#libs/merkle';

/** All tiles of one of the small logs. */
export async function listTiles(
  client: ClientBase,
  table: 'seal_tile' | 'report_tile',
): Promise<Tile[]> {
  const { rows } = await client.query<{ level: number; index: string; hashes: Buffer }>(
    `SELECT level, index, hashes FROM public.${table} ORDER BY level, index`,
  );
  return rows.map(({ level, index, hashes }) => ({
    level,
    index: Number(index),
    width: hashes.length / HASH_BYTES,
    hashes,
  }));
}
