import { createHmac } from 'node:crypto';
import type { CipherName } from '../config/index.js';
import { cipherNumbered, cipherOf, openGcm, sealGcm, wrappingKey } from './cipher.js';

/** Sealed without a number in front, by AES-256-GCM: everything older than cipher profiles. */
const UNNUMBERED = 0;
const VERSION = 1;

/** An open key that protects the data of one learner, share, file or application. */
export interface DataKey {
  readonly bytes: Buffer;
  /** Number of the cipher that seals with it; 0 for the form without a number. */
  readonly cipher: number;
  /** Part of what binds a ciphertext, so that one of an older key does not pass for a newer. */
  readonly version: number;
}

/** A master key with everything that is made of it. */
export interface MasterKey {
  /** 8 bytes, hex: which key it is, without telling what it is. */
  readonly id: string;
  readonly wrapping: Readonly<Record<CipherName, Buffer>>;
}

const LAYOUT = 1;
const ID_BYTES = 8;
const HEADER_BYTES = 4 + ID_BYTES;
/** Nonce, key and tag: the form that had no header. */
const BARE_BYTES = 12 + 32 + 16;
/** Where, counted from 1 as SQL does, the id of the master key stands in a wrapped key. */
export const ID_IN_WRAPPED = { from: 5, bytes: ID_BYTES };

/** What is wrapped by a master key that this process does not have. */
export class UnknownMasterKey extends Error {
  constructor(readonly id: string | null) {
    super(`wrapped by master key ${id ?? 'of the first kind'}, which is not configured`);
  }
}

/** Names a key for people and for the database: a keyed digest, from which nothing follows. */
export function keyIdOf(key: Buffer): string {
  const digest = createHmac('sha256', key).update('creditbank key id').digest();
  return digest.subarray(0, ID_BYTES).toString('hex');
}

export function masterKeyOf(key: Buffer): MasterKey {
  const wrapping = {
    intl: wrappingKey(key, cipherOf('intl')),
    gm: wrappingKey(key, cipherOf('gm')),
  };
  return { id: keyIdOf(key), wrapping };
}

/** A new data key of given bytes. */
export function dataKeyOf(bytes: Buffer, cipher: CipherName): DataKey {
  return { bytes, cipher: cipherOf(cipher).number, version: VERSION };
}

/**
 * Layout, ciphers and version in a byte each, the id of the master key, and the sealed key, which
 * opens only under this very header.
 */
export function wrapKey(master: MasterKey, cipher: CipherName, key: DataKey): Buffer {
  const { number, encrypt } = cipherOf(cipher);
  const header = Buffer.concat([
    Buffer.from([LAYOUT, number, key.cipher, key.version]),
    Buffer.from(master.id, 'hex'),
  ]);
  return Buffer.concat([header, encrypt(master.wrapping[cipher], key.bytes, contextOf(header))]);
}

/** Throws {@link UnknownMasterKey} when none of the keys wrapped it. */
export function unwrapKey(masters: readonly MasterKey[], wrapped: Buffer): DataKey {
  if (wrapped.length === BARE_BYTES) return unwrapBare(masters, wrapped);
  const header = wrapped.subarray(0, HEADER_BYTES);
  const [layout = 0, wrapping = 0, cipher = 0, version = 0] = header;
  if (layout !== LAYOUT) throw new Error(`no wrapped key has the layout ${layout}`);
  const id = header.toString('hex', HEADER_BYTES - ID_BYTES);
  const master = masters.find((one) => one.id === id);
  if (!master) throw new UnknownMasterKey(id);
  const { name, decrypt } = cipherNumbered(wrapping);
  const sealed = wrapped.subarray(HEADER_BYTES);
  return { bytes: decrypt(master.wrapping[name], sealed, contextOf(header)), cipher, version };
}

/** True when the key must be wrapped anew before the other master keys can go. */
export function isWrappedByOther(master: MasterKey, wrapped: Buffer): boolean {
  if (wrapped.length === BARE_BYTES) return true;
  return wrapped.toString('hex', HEADER_BYTES - ID_BYTES, HEADER_BYTES) !== master.id;
}

/** Encrypts: the number of the cipher, then what the cipher makes. */
export function sealWith(key: DataKey, plaintext: string | Buffer, context: string): Buffer {
  if (key.cipher === UNNUMBERED) return sealGcm(key.bytes, plaintext, context);
  const { number, encrypt } = cipherNumbered(key.cipher);
  const sealed = encrypt(key.bytes, plaintext, boundTo(key, context));
  return Buffer.concat([Buffer.of(number), sealed]);
}

/** Decrypts what {@link sealWith} made. Throws when the bytes, the key or the context differ. */
export function openWith(key: DataKey, sealed: Buffer, context: string): Buffer {
  if (key.cipher === UNNUMBERED) return openGcm(key.bytes, sealed, context);
  if (sealed[0] !== key.cipher) throw new Error('sealed with another cipher than the key is for');
  const { decrypt } = cipherNumbered(key.cipher);
  return decrypt(key.bytes, sealed.subarray(1), boundTo(key, context));
}

function unwrapBare(masters: readonly MasterKey[], wrapped: Buffer): DataKey {
  for (const { wrapping } of masters) {
    try {
      const bytes = openGcm(wrapping.intl, wrapped, 'data-key');
      return { bytes, cipher: UNNUMBERED, version: 0 };
    } catch {
      // Another master key wrapped it; the form says not which.
    }
  }
  throw new UnknownMasterKey(null);
}

function boundTo({ version }: DataKey, context: string): string {
  return `${context}|v${version}`;
}

function contextOf(header: Buffer): string {
  return `data-key|${header.toString('hex')}`;
}
