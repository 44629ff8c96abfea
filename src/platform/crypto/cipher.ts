import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  timingSafeEqual,
} from 'node:crypto';
import type { CipherName } from '../config/index.js';
import { pooledRandomBytes } from './random.js';

/** One way to seal bytes and to make keyed indexes. */
interface Cipher {
  /** Stored with what it sealed; never changes. */
  readonly number: number;
  readonly name: CipherName;
  readonly keyBytes: number;
  readonly digest: 'sha256' | 'sm3';
  readonly encrypt: (key: Buffer, plaintext: string | Buffer, context: string) => Buffer;
  /** Throws when the bytes, the key or the context differ. */
  readonly decrypt: (key: Buffer, sealed: Buffer, context: string) => Buffer;
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

const SM4_KEY_BYTES = 16;
const SM4_IV_BYTES = 16;
const SM3_BYTES = 32;

const INTL: Cipher = {
  number: 1,
  name: 'intl',
  keyBytes: 32,
  digest: 'sha256',
  encrypt: sealGcm,
  decrypt: openGcm,
};

/**
 * SM4-CTR, then HMAC-SM3 over context, counter block and ciphertext, under two keys. Node has no
 * SM4-GCM; encrypt-then-MAC gives the same promise.
 */
const GM: Cipher = {
  number: 2,
  name: 'gm',
  keyBytes: SM4_KEY_BYTES + SM3_BYTES,
  digest: 'sm3',
  encrypt: sealSm4,
  decrypt: openSm4,
};

const CIPHERS: Readonly<Record<CipherName, Cipher>> = { intl: INTL, gm: GM };

export function cipherOf(name: CipherName): Cipher {
  return CIPHERS[name];
}

/** Throws for a number that no cipher has: the bytes are damaged, or a newer program's. */
export function cipherNumbered(number: number): Cipher {
  const found = Object.values(CIPHERS).find((cipher) => cipher.number === number);
  if (!found) throw new Error(`no cipher has the number ${number}`);
  return found;
}

/**
 * Encrypts with AES-256-GCM; the result is nonce ‖ ciphertext ‖ tag. Without anything before it,
 * this is also the form of all data sealed before ciphers had numbers.
 */
export function sealGcm(key: Buffer, plaintext: string | Buffer, context: string): Buffer {
  const nonce = pooledRandomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context));
  return Buffer.concat([nonce, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

/** Decrypts what {@link sealGcm} made. Throws when the bytes, the key or the context differ. */
export function openGcm(key: Buffer, sealed: Buffer, context: string): Buffer {
  const nonce = sealed.subarray(0, NONCE_BYTES);
  const tag = sealed.subarray(sealed.length - TAG_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce)
    .setAAD(Buffer.from(context))
    .setAuthTag(tag);
  const body = sealed.subarray(NONCE_BYTES, sealed.length - TAG_BYTES);
  return Buffer.concat([decipher.update(body), decipher.final()]);
}

function sealSm4(key: Buffer, plaintext: string | Buffer, context: string): Buffer {
  const iv = pooledRandomBytes(SM4_IV_BYTES);
  const cipher = createCipheriv('sm4-ctr', key.subarray(0, SM4_KEY_BYTES), iv);
  const body = Buffer.concat([iv, cipher.update(plaintext), cipher.final()]);
  return Buffer.concat([body, macOfSm4(key, body, context)]);
}

function openSm4(key: Buffer, sealed: Buffer, context: string): Buffer {
  const body = sealed.subarray(0, sealed.length - SM3_BYTES);
  const mac = sealed.subarray(sealed.length - SM3_BYTES);
  if (body.length < SM4_IV_BYTES || !timingSafeEqual(mac, macOfSm4(key, body, context))) {
    throw new Error('the sealed bytes, the key or the context differ');
  }
  const iv = body.subarray(0, SM4_IV_BYTES);
  const decipher = createDecipheriv('sm4-ctr', key.subarray(0, SM4_KEY_BYTES), iv);
  return Buffer.concat([decipher.update(body.subarray(SM4_IV_BYTES)), decipher.final()]);
}

/** The length in front keeps context and ciphertext apart. */
function macOfSm4(key: Buffer, body: Buffer, context: string): Buffer {
  const text = Buffer.from(context);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(text.length);
  return createHmac('sm3', key.subarray(SM4_KEY_BYTES))
    .update(length)
    .update(text)
    .update(body)
    .digest();
}

/** The key that wraps data keys under a cipher, made of the one master key. */
export function wrappingKey(master: Buffer, { name, digest, keyBytes }: Cipher): Buffer {
  // As it is: data keys were wrapped by it before there were two ciphers.
  if (name === 'intl') return master;
  return Buffer.from(hkdfSync(digest, master, '', `creditbank wrap ${name}`, keyBytes));
}

/** HMAC: 32 bytes by which a text is found and from which it cannot be guessed. */
export function keyedIndex(key: Buffer, text: string, cipher: CipherName = 'intl'): Buffer {
  return createHmac(CIPHERS[cipher].digest, key).update(text).digest();
}
