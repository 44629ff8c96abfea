import assert from 'node:assert';
import { hash } from 'node:crypto';

/** Bytes of one SHA-256 hash. */
export const HASH_BYTES = 32;

const LEAF = 0;
const NODE = 1;
const SCRATCH_BYTES = 1024;

/** Reused: hashing is synchronous, and an allocation per node would cost a third of the time. */
const nodeInput = Buffer.alloc(1 + 2 * HASH_BYTES, NODE);
const leafInput = Buffer.alloc(1 + SCRATCH_BYTES, LEAF);

/** The root of the tree without leaves: SHA-256 of nothing. */
export const EMPTY_ROOT: Buffer = sha256(Buffer.alloc(0));

/** SHA-256 in one call, which takes half the time of `createHash`. */
export function sha256(bytes: Buffer): Buffer {
  return hash('sha256', bytes, 'buffer');
}

/** The hash of a leaf (RFC 6962, 2.1): SHA-256 of 0x00 and the data. */
export function leafHash(data: Buffer): Buffer {
  if (data.length > SCRATCH_BYTES) return sha256(Buffer.concat([Buffer.of(LEAF), data]));
  leafInput.set(data, 1);
  return sha256(leafInput.subarray(0, 1 + data.length));
}

/** The hash of an inner node (RFC 6962, 2.1): SHA-256 of 0x01, the left and the right child. */
export function nodeHash(left: Buffer, right: Buffer): Buffer {
  assert(left.length === HASH_BYTES && right.length === HASH_BYTES, 'a hash has 32 bytes');
  nodeInput.set(left, 1);
  nodeInput.set(right, 1 + HASH_BYTES);
  return sha256(nodeInput);
}

/**
 * The root over hashes that stand side by side in one buffer. A count that is no power of two is
 * split as the RFC says: the largest power of two to the left.
 */
export function rootOfRow(row: Buffer): Buffer {
  let level = row;
  assert(level.length > 0 && level.length % HASH_BYTES === 0, 'a row holds whole hashes');
  while (level.length > HASH_BYTES) level = parentsOf(level);
  return Buffer.from(level);
}

/** One level up. An odd last hash moves up unchanged: that is the same tree as the RFC's. */
function parentsOf(row: Buffer): Buffer {
  const pairBytes = 2 * HASH_BYTES;
  const pairs = Math.floor(row.length / pairBytes);
  const rest = row.subarray(pairs * pairBytes);
  const parents = Buffer.allocUnsafe(pairs * HASH_BYTES + rest.length);
  for (let pair = 0; pair < pairs; pair += 1) {
    nodeInput.set(row.subarray(pair * pairBytes, (pair + 1) * pairBytes), 1);
    parents.set(sha256(nodeInput), pair * HASH_BYTES);
  }
  parents.set(rest, pairs * HASH_BYTES);
  return parents;
}
