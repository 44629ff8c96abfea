import type { EntityManager } from 'typeorm';
import {
  type Checkpoint,
  EMPTY_ROOT,
  type Note,
  type ReadTiles,
  type SigningKey,
  openCheckpoint,
  proveConsistency,
  rootFromTiles,
} from '#libs/merkle';
import { refusal } from '../platform/http/index.js';
import { type TileTable, tilesIn } from './tile-rows.js';
import type { ConsistencyProofDto } from './transparency.dto.js';

const FAULTS = {
  form: 'this is no checkpoint',
  origin: 'it is of another log',
  signature: 'this log did not sign it',
} as const;

/** How many leaves a log has, and their root. */
export type LogEnd = Pick<Checkpoint, 'size' | 'root'>;

/** The end of a log whose leaves are rows with numbers from 0 and the root that each made. */
export function endOf(
  last: { readonly number: number; readonly treeRoot: Buffer } | undefined,
): LogEnd {
  return last ? { size: last.number + 1, root: last.treeRoot } : { size: 0, root: EMPTY_ROOT };
}

/**
 * The proof that a log of size `to` only added to that of size `from`. Throws `beyond-the-log`, and
 * `malformed-request` when `from` is the larger.
 *
 * @param log where its tiles are, and how many leaves it has now
 */
export async function proveGrowth(
  tx: EntityManager,
  { table, size }: { table: TileTable; size: number },
  { from, to }: { from: number; to: number },
): Promise<ConsistencyProofDto> {
  if (to > size) throw refusal('beyond-the-log', { size: String(size) });
  if (from > to) throw refusal('malformed-request', { reason: '"from" is at most "to"' });
  const hashes = await proveConsistency(from, to, tilesIn(tx, table));
  return { from, to, hashes: hashes.map((hash) => hash.toString('base64')) };
}

/**
 * Opens a checkpoint of a log of ours. Throws `cosignature-refused` when its key did not sign it, and
 * `checkpoint-of-another-history` when it did and the log does not fit it any more: then the books
 * were rewritten or restored.
 */
export async function openOurs(
  signed: string,
  key: SigningKey,
  { size, tiles }: { size: number; tiles: ReadTiles },
): Promise<{ note: Note; checkpoint: Checkpoint }> {
  const opened = openCheckpoint(signed, key);
  if (!opened.ok) throw refusal('cosignature-refused', { reason: FAULTS[opened.fault] });
  const { note, checkpoint } = opened;
  if (checkpoint.size > size) throw refusal('checkpoint-of-another-history');
  const ours = await rootFromTiles(checkpoint.size, tiles);
  if (!ours.equals(checkpoint.root)) throw refusal('checkpoint-of-another-history');
  return { note, checkpoint };
}
