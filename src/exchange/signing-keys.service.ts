import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../platform/clock/index.js';
import { KeyHolders, Keyring } from '../platform/crypto/index.js';
import { Database } from '../platform/database/index.js';
import { newId } from '../platform/ids/index.js';
import { fingerprintOf } from './elmo-signature.js';
import type { SigningKeysDto } from './exchange.dto.js';
import { SigningKeysStore, type StoredSigningKey } from './signing-keys.store.js';

const generate = promisify(generateKeyPair);
/** What readers of XML signatures all take; the log's Ed25519 they mostly do not. */
const MODULUS_BITS = 3_072;

export interface SigningKey {
  readonly publicKey: string;
  /** PKCS #8 in PEM. */
  readonly privateKey: string;
}

/** The bank's key for XML signatures; made when the first file is signed. */
@Injectable()
export class SigningKeys implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly store: SigningKeysStore,
    private readonly keyring: Keyring,
    private readonly holders: KeyHolders,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.holders.registerTable({ table: 'exchange_key', key: ['id'] });
  }

  /** Public: by these, files that this bank signed are known. */
  async list(): Promise<SigningKeysDto> {
    const keys = await this.#all();
    return {
      items: keys.map(({ id, publicKey, createdAt, retiredAt }) => ({
        id,
        publicKey,
        fingerprint: fingerprintOf(publicKey),
        createdAt: createdAt.toISOString(),
        retiredAt: retiredAt?.toISOString() ?? null,
      })),
    };
  }

  async isOurs(fingerprint: string): Promise<boolean> {
    return (await this.#all()).some(({ publicKey }) => fingerprintOf(publicKey) === fingerprint);
  }

  async current(): Promise<SigningKey> {
    const known = (await this.#all()).find(({ retiredAt }) => retiredAt === null);
    return this.#open(known ?? (await this.#make()));
  }

  /** Past the walls: the bank's own, and no person in it. */
  #all(): Promise<StoredSigningKey[]> {
    return this.database.readAcrossTenants((tx) => this.store.list(tx));
  }

  async #make(): Promise<StoredSigningKey> {
    const pair = await generate('rsa', {
      modulusLength: MODULUS_BITS,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    const id = newId();
    const { key, wrapped } = this.keyring.newDataKey();
    const made: StoredSigningKey = {
      id,
      publicKey: pair.publicKey,
      wrappedKey: wrapped,
      privateSealed: this.keyring.seal(key, pair.privateKey, contextOf(id)),
      createdAt: this.clock.now(),
      retiredAt: null,
    };
    return this.database.transaction(async (tx) => {
      await this.store.lock(tx);
      const first = (await this.store.list(tx)).find(({ retiredAt }) => retiredAt === null);
      if (first) return first;
      await this.store.insert(tx, made);
      return made;
    });
  }

  #open({ id, publicKey, wrappedKey, privateSealed }: StoredSigningKey): SigningKey {
    const key = this.keyring.unwrap(wrappedKey);
    const privateKey = this.keyring.open(key, privateSealed, contextOf(id)).toString('utf8');
    return { publicKey, privateKey };
  }
}

function contextOf(id: string): string {
  return `exchange-key:${id}`;
}
