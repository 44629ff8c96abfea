import assert from 'node:assert';
import { type KeyObject, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { decodeBase58, encodeBase58 } from './base58.js';

const ED25519_BYTES = 32;
const SIGNATURE_BYTES = 64;

/** DER around the 32 bytes of a private (PKCS #8) and of a public key (SPKI). */
const PRIVATE_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');
const PUBLIC_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

/** Multicodec of an Ed25519 public and secret key, before the 32 bytes of a Multikey. */
const PUBLIC_CODEC = Buffer.of(0xed, 0x01);
const SECRET_CODEC = Buffer.of(0x80, 0x26);

/** Who signs: an Ed25519 key under the full DID URL by which verifiers find it. */
export interface Signer {
  /** For example `did:web:bank.example:institutions:SVS#key-1`. */
  readonly verificationMethod: string;
  readonly privateKey: KeyObject;
}

/** @param seed the 32 secret bytes of the key, which the caller draws and keeps */
export function signerOf(verificationMethod: string, seed: Uint8Array): Signer {
  return { verificationMethod, privateKey: privateKeyOf(seed) };
}

/** A signer of `did:key`: the identity is the key itself. For tests and single machines. */
export function didKeySigner(seed: Uint8Array): Signer & { readonly did: string } {
  const multikey = multikeyOf(publicKeyOf(seed));
  const did = `did:key:${multikey}`;
  return { did, ...signerOf(`${did}#${multikey}`, seed) };
}

/** The 32 public bytes that belong to 32 secret ones. */
export function publicKeyOf(seed: Uint8Array): Buffer {
  const der = createPublicKey(privateKeyOf(seed)).export({ format: 'der', type: 'spki' });
  return der.subarray(PUBLIC_PREFIX.length);
}

/** A public key as `publicKeyMultibase` of a Multikey: `z6Mk…`. */
export function multikeyOf(publicKey: Uint8Array): string {
  assert(publicKey.length === ED25519_BYTES, 'an Ed25519 key has 32 bytes');
  return `z${encodeBase58(Buffer.concat([PUBLIC_CODEC, publicKey]))}`;
}

/** Reads {@link multikeyOf}; undefined when it is not an Ed25519 key. */
export function readMultikey(text: unknown): Buffer | undefined {
  return readCoded(text, PUBLIC_CODEC);
}

/** The 32 secret bytes of `secretKeyMultibase` (`z3u2…`); undefined when it is not an Ed25519 key. */
export function readSecretMultikey(text: unknown): Buffer | undefined {
  return readCoded(text, SECRET_CODEC);
}

function readCoded(text: unknown, codec: Buffer): Buffer | undefined {
  if (typeof text !== 'string' || !text.startsWith('z')) return undefined;
  const bytes = decodeBase58(text.slice(1));
  if (bytes?.length !== codec.length + ED25519_BYTES) return undefined;
  return bytes.subarray(0, codec.length).equals(codec) ? bytes.subarray(codec.length) : undefined;
}

/** The Ed25519 signature over `bytes`, 64 bytes. */
export function signBytes(signer: Signer, bytes: Uint8Array): Buffer {
  return sign(null, bytes, signer.privateKey);
}

export function isSignature(publicKey: Uint8Array, bytes: Uint8Array, signature: Buffer): boolean {
  if (signature.length !== SIGNATURE_BYTES) return false;
  return verify(null, bytes, keyObjectOf(publicKey), signature);
}

/** A public key as Node takes it. */
export function keyObjectOf(publicKey: Uint8Array): KeyObject {
  const der = Buffer.concat([PUBLIC_PREFIX, publicKey]);
  return createPublicKey({ key: der, format: 'der', type: 'spki' });
}

function privateKeyOf(seed: Uint8Array): KeyObject {
  assert(seed.length === ED25519_BYTES, 'a seed has 32 bytes');
  const der = Buffer.concat([PRIVATE_PREFIX, seed]);
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
}
