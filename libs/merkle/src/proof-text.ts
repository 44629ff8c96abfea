import assert from 'node:assert';
import { decodeBase64 } from './base64.js';
import { type CheckpointFault, type Checkpoint, openCheckpoint } from './checkpoint.js';
import { HASH_BYTES } from './hash.js';
import type { VerifierKey } from './key.js';
import { verifyInclusion } from './verify.js';

/** A proof of one entry that is checked without the log (C2SP tlog-proof). */
export interface EntryProof {
  readonly index: number;
  readonly proof: readonly Buffer[];
  /** The signed checkpoint, with whatever cosignatures it has. */
  readonly checkpoint: string;
}

/** `proof`: the hashes do not lead from the entry to the checkpoint's root. */
export type CheckedProof =
  | { readonly ok: true; readonly checkpoint: Checkpoint }
  | { readonly ok: false; readonly fault: CheckpointFault | 'proof' };

const HEADER = 'c2sp.org/tlog-proof@v1';

/** Deeper than any tree of safe size. */
const MAX_PROOF_HASHES = 64;

/** A proof as a file of its own (`.tlog-proof`). */
export function formatProof({ index, proof, checkpoint }: EntryProof): string {
  assert(Number.isSafeInteger(index) && index >= 0, 'an index counts from zero');
  const hashes = proof.map((hash) => hash.toString('base64'));
  return [HEADER, `index ${index}`, ...hashes, '', checkpoint].join('\n');
}

/** Reads {@link formatProof}; undefined when it is not a proof. Extra data is passed over. */
export function parseProof(text: string): EntryProof | undefined {
  const end = text.indexOf('\n\n');
  const [header, ...lines] = text.slice(0, Math.max(end, 0)).split('\n');
  if (header !== HEADER) return undefined;
  if (lines[0]?.startsWith('extra ')) lines.shift();
  const index = /^index (0|[1-9]\d{0,15})$/.exec(lines.shift() ?? '')?.[1];
  if (index === undefined || lines.length > MAX_PROOF_HASHES) return undefined;
  const proof = lines.map(decodeBase64);
  if (!proof.every((hash) => hash?.length === HASH_BYTES)) return undefined;
  return { index: Number(index), proof: proof as Buffer[], checkpoint: text.slice(end + 2) };
}

/** Checks a proof of one leaf with nothing but the log's public key. */
export function checkProof(leaf: Buffer, entry: EntryProof, logKey: VerifierKey): CheckedProof {
  const opened = openCheckpoint(entry.checkpoint, logKey);
  if (!opened.ok) return opened;
  const { checkpoint } = opened;
  const { index, proof } = entry;
  const { size, root } = checkpoint;
  if (!verifyInclusion({ leaf, index, size, root, proof })) return { ok: false, fault: 'proof' };
  return { ok: true, checkpoint };
}
