import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../config/index.js';
import { pooledRandomBytes } from './random.js';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A data key, open for use and wrapped for storage beside the data it protects. */
export interface DataKey {
  readonly key: Buffer;
  readonly wrapped: Buffer;
}

/**
 * Envelope encryption (AES-256-GCM) and the keyed index of identity numbers (HMAC-SHA-256).
 * The context binds a ciphertext to its row and column, so that it opens nowhere else.
 */
@Injectable()
export class Keyring {
  readonly #masterKey: Buffer;
  readonly #indexKey: Buffer;

  constructor(@Inject(CONFIG) config: Config) {
    this.#masterKey = config.masterKey;
    this.#indexKey = config.indexKey;
  }

  newDataKey(): DataKey {
    const key = pooledRandomBytes(32);
    return { key, wrapped: this.seal(this.#masterKey, key, 'data-key') };
  }

  unwrap(wrapped: Buffer): Buffer {
    return this.open(this.#masterKey, wrapped, 'data-key');
  }

  /** Encrypts; the result is nonce ‖ ciphertext ‖ tag. */
  seal(key: Buffer, plaintext: string | Buffer, context: string): Buffer {
    const nonce = pooledRandomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context));
    return Buffer.concat([nonce, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
  }

  /** Decrypts what {@link seal} made. Throws when the bytes, the key or the context differ. */
  open(key: Buffer, sealed: Buffer, context: string): Buffer {
    const nonce = sealed.subarray(0, NONCE_BYTES);
    const tag = sealed.subarray(sealed.length - TAG_BYTES);
    const decipher = createDecipheriv('aes-256-gcm', key, nonce)
      .setAAD(Buffer.from(context))
      .setAuthTag(tag);
    const body = sealed.subarray(NONCE_BYTES, sealed.length - TAG_BYTES);
    return Buffer.concat([decipher.update(body), decipher.final()]);
  }

  /**
   * A 32-byte index by which an identity number is found without being readable. Unkeyed hashes of
   * ID numbers are broken in seconds: one district has about 22 million candidates.
   */
  blindIndex(text: string): Buffer {
    return createHmac('sha256', this.#indexKey).update(text).digest();
  }
}
