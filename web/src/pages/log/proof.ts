import { parseCheckpoint } from '../../parts/checkpoint';

const KEY_ID_BYTES = 4;
/** The algorithm's number before the key in C2SP signed-note: Ed25519. */
const ED25519 = 1;
/** Ed25519 with a time before the signature (C2SP cosignature/v1). */
const COSIGNATURE_HEAD_BYTES = KEY_ID_BYTES + 8;

/**
 * Whether the log's own signature is under a checkpoint. Null where the browser cannot check it.
 *
 * @param verifierKey `<name>+<id>+<base64>`
 */
export async function isSigned(signed: string, verifierKey: string): Promise<boolean | null> {
  const [name = '', , ...rest] = verifierKey.split('+');
  // The base64 of a key may have a plus in it.
  const [kind, ...key] = bytesOf(rest.join('+'));
  const note = parseCheckpoint(signed);
  if (!note || kind !== ED25519) return false;
  const own = note.signatures.filter((signature) => signature.name === name);
  try {
    const publicKey = await crypto.subtle.importKey('raw', new Uint8Array(key), 'Ed25519', false, [
      'verify',
    ]);
    const text = new TextEncoder().encode(note.text);
    for (const { blob } of own) {
      const signature = bytesOf(blob).slice(KEY_ID_BYTES);
      if (await crypto.subtle.verify('Ed25519', publicKey, signature, text)) return true;
    }
    return false;
  } catch {
    // Absent over plain HTTP, and Ed25519 in browsers of before 2025.
    return null;
  }
}

/** When a witness says that it saw a checkpoint; null for a signature without a time. */
export function cosignedAt(blob: string): string | null {
  const bytes = bytesOf(blob);
  if (bytes.length < COSIGNATURE_HEAD_BYTES + 64) return null;
  const seconds = new DataView(bytes.buffer).getBigUint64(KEY_ID_BYTES);
  return new Date(Number(seconds) * 1000).toISOString();
}

/** A tree of which somebody kept the size and the root, in base64. */
export interface Tree {
  readonly size: number;
  readonly root: string;
}

/**
 * Whether the newer tree only adds to the older (RFC 9162, 2.1.4.2).
 *
 * @param hashes the proof, in base64
 */
export async function onlyGrew(
  older: Tree,
  newer: Tree,
  hashes: readonly string[],
): Promise<boolean> {
  if (older.size > newer.size) return false;
  if (older.size === newer.size) return older.root === newer.root && hashes.length === 0;
  if (older.size === 0) return hashes.length === 0;
  // Counted without bits beyond 32: a log may have more entries than these hold.
  const path = hashes.map(bytesOf);
  const isWhole = isPowerOfTwo(older.size);
  const [first = new Uint8Array(), ...rest] = isWhole ? [bytesOf(older.root), ...path] : path;
  let node = older.size - 1;
  let last = newer.size - 1;
  while (isOdd(node)) [node, last] = [half(node), half(last)];
  let [old, grown] = [first, first];
  for (const hash of rest) {
    if (last === 0) return false;
    if (isOdd(node) || node === last) {
      old = await parentOf(hash, old);
      grown = await parentOf(hash, grown);
      while (!isOdd(node) && node !== 0) [node, last] = [half(node), half(last)];
    } else {
      grown = await parentOf(grown, hash);
    }
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && isSame(old, bytesOf(older.root)) && isSame(grown, bytesOf(newer.root));
}

const isOdd = (n: number): boolean => n % 2 === 1;
const half = (n: number): number => Math.floor(n / 2);

function isPowerOfTwo(n: number): boolean {
  return Number.isInteger(Math.log2(n)) && 2 ** Math.log2(n) === n;
}

async function parentOf(left: Bytes, right: Bytes): Promise<Bytes> {
  const inner = new Uint8Array([1, ...left, ...right]);
  return new Uint8Array(await crypto.subtle.digest('SHA-256', inner));
}

type Bytes = Uint8Array<ArrayBuffer>;

function bytesOf(base64: string): Bytes {
  return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
}

function isSame(a: Bytes, b: Bytes): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
