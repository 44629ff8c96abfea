import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type CipherName, type Config } from '../config/index.js';
import { cipherOf, keyedIndex } from './cipher.js';
import {
  type DataKey,
  type MasterKey,
  dataKeyOf,
  isWrappedByOther,
  masterKeyOf,
  openWith,
  sealWith,
  unwrapKey,
  wrapKey,
} from './data-key.js';
import { pooledRandomBytes } from './random.js';

/** A data key, open for use and wrapped for storage beside the data it protects. */
export interface NewDataKey {
  readonly key: DataKey;
  readonly wrapped: Buffer;
}

/** One way in which identity numbers are indexed; `version` is stored with each index. */
export interface IndexVersion {
  readonly version: number;
  readonly cipher: CipherName;
  readonly key: Buffer;
}

/**
 * Envelope encryption and the keyed index of identity numbers, by the cipher profile of the
 * settings; what another profile sealed is read all the same. The context binds a ciphertext to its
 * row and column, so that it opens nowhere else.
 */
@Injectable()
export class Keyring {
  readonly #cipher: CipherName;
  readonly #masters: readonly [MasterKey, ...MasterKey[]];
  #indexes: readonly [IndexVersion, ...IndexVersion[]];
  #rowKey: Buffer;

  constructor(@Inject(CONFIG) config: Config) {
    this.#cipher = config.cipherProfile;
    this.#masters = [masterKeyOf(config.masterKey), ...config.oldMasterKeys.map(masterKeyOf)];
    this.#indexes = [{ version: 1, cipher: config.cipherProfile, key: config.indexKey }];
    this.#rowKey = config.indexKey;
  }

  newDataKey(): NewDataKey {
    const bytes = pooledRandomBytes(cipherOf(this.#cipher).keyBytes);
    const key = dataKeyOf(bytes, this.#cipher);
    return { key, wrapped: this.wrap(key) };
  }

  wrap(key: DataKey): Buffer {
    return wrapKey(this.#masters[0], this.#cipher, key);
  }

  /** Throws `UnknownMasterKey` when none of the configured master keys wrapped it. */
  unwrap(wrapped: Buffer): DataKey {
    return unwrapKey(this.#masters, wrapped);
  }

  /** The same key under the present master key; null when that one wraps it already. */
  rewrap(wrapped: Buffer): Buffer | null {
    return isWrappedByOther(this.#masters[0], wrapped) ? this.wrap(this.unwrap(wrapped)) : null;
  }

  /** Encrypts; the first byte of the result says by which cipher. */
  seal(key: DataKey, plaintext: string | Buffer, context: string): Buffer {
    return sealWith(key, plaintext, context);
  }

  /** Decrypts what {@link seal} made. Throws when the bytes, the key or the context differ. */
  open(key: DataKey, sealed: Buffer, context: string): Buffer {
    return openWith(key, sealed, context);
  }

  /**
   * A 32-byte index by which an identity number is found without being readable. Unkeyed hashes of
   * ID numbers are broken in seconds: one district has about 22 million candidates.
   */
  blindIndex(text: string): Buffer {
    return this.#indexOf(this.#indexes[0], text);
  }

  /** Indexes of older versions, under which some texts may still be filed; mostly none. */
  olderIndexes(text: string): Buffer[] {
    return this.#indexes.slice(1).map((version) => this.#indexOf(version, text));
  }

  /**
   * The present way of indexing, for a worker thread that makes many {@link blindIndex}es; must not
   * leave the process.
   */
  get index(): IndexVersion {
    return this.#indexes[0];
  }

  /** Ids of the master keys that are configured, the present one first. */
  get masterKeyIds(): readonly string[] {
    return this.#masters.map(({ id }) => id);
  }

  /** Keys the ids of outcomes that files name by their content; it never changes. */
  get rowKey(): Buffer {
    return this.#rowKey;
  }

  /** What the database says is in use; called once, at start. */
  use(indexes: readonly [IndexVersion, ...IndexVersion[]], rowKey: Buffer): void {
    this.#indexes = indexes;
    this.#rowKey = rowKey;
  }

  #indexOf({ key, cipher }: IndexVersion, text: string): Buffer {
    return keyedIndex(key, text, cipher);
  }
}
