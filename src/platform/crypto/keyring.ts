import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../config/index.js';
import { keyedIndex, seal, unseal } from './cipher.js';
import { pooledRandomBytes } from './random.js';

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
    return seal(key, plaintext, context);
  }

  /** Decrypts what {@link seal} made. Throws when the bytes, the key or the context differ. */
  open(key: Buffer, sealed: Buffer, context: string): Buffer {
    return unseal(key, sealed, context);
  }

  /**
   * A 32-byte index by which an identity number is found without being readable. Unkeyed hashes of
   * ID numbers are broken in seconds: one district has about 22 million candidates.
   */
  blindIndex(text: string): Buffer {
    return keyedIndex(this.#indexKey, text);
  }

  /** For a worker thread that makes many {@link blindIndex}es; must not leave the process. */
  get indexKey(): Buffer {
    return this.#indexKey;
  }
}
