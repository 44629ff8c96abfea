import { hash } from 'node:crypto';
import { pooledRandomBytes } from '../crypto/random.js';

/** Learner-owned rows are spread over this many buckets; the number never changes. */
export const BUCKETS = 1024;

let lastMs = 0;
let counter = 0;

/**
 * A UUIDv7 (RFC 9562 §5.7) whose `rand_a` field carries a bucket, so that the id of anything a
 * learner owns says on which shard it lives. Layout: 48 bits of Unix milliseconds, version,
 * 2 bits of a counter, 10 bits of bucket, variant, 12 bits of the counter, 50 random bits.
 *
 * @param bucket 0..1023; random when the id starts a new learner or owns no bucket
 */
export function newId(bucket?: number): string {
  const now = Date.now();
  if (now > lastMs) {
    lastMs = now;
    counter = 0;
  } else {
    counter += 1;
    if (counter > 0x3fff) {
      lastMs += 1;
      counter = 0;
    }
  }
  const bytes = pooledRandomBytes(16);
  bytes.writeUIntBE(lastMs, 0, 6);
  const slot = bucket ?? bytes.readUInt16BE(6) % BUCKETS;
  bytes.writeUInt16BE(0x7000 | ((counter >> 12) << 10) | slot, 6);
  bytes.writeUInt16BE(0x8000 | ((counter & 0xfff) << 2) | (bytes.readUInt16BE(8) & 0x3), 8);
  return format(bytes);
}

/** The bucket that {@link newId} put into an id. Asked for every row of a file, so without a slice. */
export function bucketOf(id: string): number {
  return ((hexDigit(id, 15) & 3) << 8) | (hexDigit(id, 16) << 4) | hexDigit(id, 17);
}

/** The digit at a place of lower-case hexadecimal text: letters lie nine beyond their low bits. */
function hexDigit(text: string, place: number): number {
  const code = text.charCodeAt(place);
  return (code & 0xf) + (code >> 6) * 9;
}

/**
 * A UUIDv8 (RFC 9562 §5.8) made from SHA-256 over the parts, each with its length before it:
 * the same parts give the same id for ever, and no two lists of parts can be confused.
 */
export function hashId(...parts: string[]): string {
  return uuidOfDigest(hashParts(parts));
}

const LENGTH_BYTES = 4;
/** Parts of usual length are put together here: a buffer of their own costs more than the hash. */
const scratch = Buffer.alloc(4096);

function hashParts(parts: readonly string[]): Buffer {
  const most = parts.reduce((sum, part) => sum + LENGTH_BYTES + part.length * 3, 0);
  const bytes = most <= scratch.length ? scratch : Buffer.alloc(most);
  let at = 0;
  for (const part of parts) {
    const length = bytes.write(part, at + LENGTH_BYTES, 'utf8');
    bytes.writeUInt32BE(length, at);
    at += LENGTH_BYTES + length;
  }
  return hash('sha256', bytes.subarray(0, at), 'buffer');
}

/** A file comes run by run. */
let lastGroup: { readonly text: string | null; readonly hash: string } = { text: null, hash: '' };

/**
 * A UUIDv8 made from SHA-256 over `key`, with its first 48 bits from `group` instead: ids of one
 * group lie together in an index, and writing a run of them touches few pages. Keys of one group
 * are told apart by 74 bits. Both texts must be injective in what they name.
 */
function hashIdNear(group: string, key: string): string {
  if (group !== lastGroup.text) lastGroup = { text: group, hash: hash('sha256', group, 'hex') };
  const near = lastGroup.hash;
  const own = hash('sha256', key, 'hex');
  const variant = (8 + (Number.parseInt(own.charAt(16), 16) & 3)).toString(16);
  return (
    `${near.slice(0, 8)}-${near.slice(8, 12)}-8${own.slice(13, 16)}-` +
    `${variant}${own.slice(17, 20)}-${own.slice(20, 32)}`
  );
}

/** Keys that differ in their last characters only are a run. */
const RUN_CHARACTERS = 3;

/**
 * {@link hashIdNear} for the keys that one owner gives to things of a kind: those of a run are
 * neighbours, because schools number what they send.
 */
export function hashIdInRun(kind: string, owner: string, key: string): string {
  // By characters, as the database counts them, where they are not one code unit each.
  const run = /[\ud800-\udfff]/.test(key)
    ? [...key].slice(0, -RUN_CHARACTERS).join('')
    : key.slice(0, -RUN_CHARACTERS);
  return hashIdNear(`${kind}s|${owner}|${run}`, `${kind}|${owner}|${key}`);
}

/** Like {@link hashId}, but carrying a bucket, for learner-owned rows named by a caller's key. */
export function hashIdInBucket(bucket: number, ...parts: string[]): string {
  const id = hashId(...parts);
  const field = (0x8000 | (Number.parseInt(id.slice(14, 18), 16) & 0xc00) | bucket).toString(16);
  return `${id.slice(0, 14)}${field}${id.slice(18)}`;
}

export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(text);
}

function uuidOfDigest(digest: Buffer): string {
  const bytes = Buffer.from(digest.subarray(0, 16));
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return format(bytes);
}

function format(bytes: Buffer): string {
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}
