import assert from 'node:assert';
import { type KeyObject, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { decodeBase64 } from './base64.js';
import { sha256 } from './hash.js';

/**
 * What a key signs (C2SP signed-note): `note` the text of a note, `cosignature` a checkpoint and
 * the time at which a witness saw it.
 */
export type KeyPurpose = 'note' | 'cosignature';

/** A key that checks signatures, under the name of its owner. */
export interface VerifierKey {
  readonly name: string;
  /** Four bytes that tell keys of one name apart, in hex. */
  readonly id: string;
  readonly purpose: KeyPurpose;
  /** The 32 bytes of the Ed25519 public key. */
  readonly publicKey: Buffer;
}

/** A key that signs, and the key that checks it. */
export interface SigningKey extends VerifierKey {
  /** The 32 bytes that the key is made from. Secret. */
  readonly seed: Buffer;
}

const ED25519_BYTES = 32;
const ID_BYTES = 4;
const TYPE_BYTE: Record<KeyPurpose, number> = { note: 0x01, cosignature: 0x04 };

/** DER around the 32 bytes of a private (PKCS #8) and of a public key (SPKI). */
const PRIVATE_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');
const PUBLIC_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

/** Names are not empty and hold neither space nor plus nor control character. */
export function isKeyName(name: string): boolean {
  return /^[^\s+\p{Cc}]+$/u.test(name);
}

/** Makes a signing key from 32 secret bytes, which the caller draws and keeps. */
export function signingKey(name: string, seed: Buffer, purpose: KeyPurpose = 'note'): SigningKey {
  assert(seed.length === ED25519_BYTES, 'a seed has 32 bytes');
  const der = createPublicKey(privateKeyOf(seed)).export({ format: 'der', type: 'spki' });
  return { ...verifierKey(name, der.subarray(PUBLIC_PREFIX.length), purpose), seed };
}

/** A key that checks, from its 32 public bytes. */
export function verifierKey(name: string, publicKey: Buffer, purpose: KeyPurpose): VerifierKey {
  assert(isKeyName(name), 'a key name holds neither space nor plus');
  assert(publicKey.length === ED25519_BYTES, 'an Ed25519 key has 32 bytes');
  const typed = Buffer.concat([Buffer.of(TYPE_BYTE[purpose]), publicKey]);
  const id = sha256(Buffer.concat([Buffer.from(`${name}\n`), typed])).toString('hex', 0, ID_BYTES);
  return { name, id, purpose, publicKey };
}

/** A public key as text: `<name>+<id>+<base64>`. */
export function formatVerifierKey({ name, id, purpose, publicKey }: VerifierKey): string {
  const typed = Buffer.concat([Buffer.of(TYPE_BYTE[purpose]), publicKey]);
  return `${name}+${id}+${typed.toString('base64')}`;
}

/** Reads {@link formatVerifierKey}; undefined when it is not a key or its id does not fit. */
export function parseVerifierKey(text: string): VerifierKey | undefined {
  const parsed = parseKey(text);
  if (!parsed) return undefined;
  const key = verifierKey(parsed.name, parsed.bytes, parsed.purpose);
  return key.id === parsed.id ? key : undefined;
}

/** A signing key as text: `PRIVATE+KEY+<name>+<id>+<base64>`. Secret. */
export function formatSigningKey({ name, id, purpose, seed }: SigningKey): string {
  const typed = Buffer.concat([Buffer.of(TYPE_BYTE[purpose]), seed]);
  return `${PRIVATE_MARK}${name}+${id}+${typed.toString('base64')}`;
}

/** Reads {@link formatSigningKey}; undefined when it is not a key or its id does not fit. */
export function parseSigningKey(text: string): SigningKey | undefined {
  if (!text.startsWith(PRIVATE_MARK)) return undefined;
  const parsed = parseKey(text.slice(PRIVATE_MARK.length));
  if (!parsed) return undefined;
  const key = signingKey(parsed.name, parsed.bytes, parsed.purpose);
  return key.id === parsed.id ? key : undefined;
}

/** The 64 bytes of an Ed25519 signature. */
export function signBytes({ seed }: SigningKey, message: Buffer): Buffer {
  return sign(null, message, privateKeyOf(seed));
}

/** Whether the signature over the message is the key's. */
export function isSignedBy(
  { publicKey }: VerifierKey,
  message: Buffer,
  signature: Buffer,
): boolean {
  const der = Buffer.concat([PUBLIC_PREFIX, publicKey]);
  const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
  return verify(null, message, key, signature);
}

const PRIVATE_MARK = 'PRIVATE+KEY+';

function parseKey(
  text: string,
): { name: string; id: string; purpose: KeyPurpose; bytes: Buffer } | undefined {
  const match = /^([^+]*)\+([0-9a-f]{8})\+(.*)$/s.exec(text);
  if (!match) return undefined;
  const [, name = '', id = '', encoded = ''] = match;
  const typed = decodeBase64(encoded);
  const purpose = purposeOf(typed?.[0]);
  if (!isKeyName(name) || typed?.length !== 1 + ED25519_BYTES || !purpose) return undefined;
  return { name, id, purpose, bytes: typed.subarray(1) };
}

function purposeOf(type: number | undefined): KeyPurpose | undefined {
  if (type === TYPE_BYTE.note) return 'note';
  return type === TYPE_BYTE.cosignature ? 'cosignature' : undefined;
}

function privateKeyOf(seed: Buffer): KeyObject {
  const der = Buffer.concat([PRIVATE_PREFIX, seed]);
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
}
