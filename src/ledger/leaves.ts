import { hash } from 'node:crypto';
import { headText, lineText } from '#libs/double-entry';
import type { EntryRecord, PostingHead } from './ledger.types.js';

const HASH_BYTES = 32;

/**
 * The RFC 6962 leaf hashes of a posting's entries, 32 bytes each in the order given: SHA-256 over a
 * zero byte and the entry's digest. A line without an entry leaves zeros, which nobody stores.
 */
export function leavesOf(head: PostingHead, entries: readonly (EntryRecord | null)[]): Buffer {
  const leaves = Buffer.alloc(entries.length * HASH_BYTES);
  const leaf = Buffer.alloc(1 + HASH_BYTES);
  let shared: string | undefined;
  entries.forEach((entry, i) => {
    if (entry === null) return;
    shared ??= headText({ ...head, ...entry });
    const whole = { ...entry, actor: head.actor, institutionId: head.institutionId };
    hash('sha256', `${shared}\n${lineText(whole)}`, 'buffer').copy(leaf, 1);
    hash('sha256', leaf, 'buffer').copy(leaves, i * HASH_BYTES);
  });
  return leaves;
}
