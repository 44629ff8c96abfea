import { hash } from 'node:crypto';
import { type PostingFacts, headText, lineText } from '#libs/double-entry';
import type { EntryRecord } from './ledger.types.js';

const HASH_BYTES = 32;

/**
 * The RFC 6962 leaf hashes of a posting's entries, 32 bytes each in the order given: SHA-256 over a
 * zero byte and the entry's digest. A line without an entry leaves zeros, which nobody stores.
 *
 * Hashes travel as latin1 text: a buffer for each costs twice the time and most of the garbage of a
 * bulk file (0.8 against 1.6 µs a digest on the machine of docs/benchmarks.md).
 */
export function leavesOf(posting: PostingFacts, entries: readonly (EntryRecord | null)[]): Buffer {
  const leaves = Buffer.alloc(entries.length * HASH_BYTES);
  const leaf = Buffer.alloc(1 + HASH_BYTES);
  const head = headText(posting);
  for (const [i, entry] of entries.entries()) {
    if (entry === null) continue;
    leaf.write(hash('sha256', `${head}\n${lineText(entry)}`, 'binary'), 1, 'latin1');
    leaves.write(hash('sha256', leaf, 'binary'), i * HASH_BYTES, 'latin1');
  }
  return leaves;
}
