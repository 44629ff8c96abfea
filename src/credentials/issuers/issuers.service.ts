import { randomBytes } from 'node:crypto';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  type JsonObject,
  type Signer,
  didDocument,
  didKeySigner,
  publicKeyOf,
  signerOf,
} from '#libs/credentials';
import { History } from '../../history/index.js';
import { Institutions } from '../../institutions/index.js';
import { type Principal, isOverseer } from '../../platform/auth/index.js';
import { Clock } from '../../platform/clock/index.js';
import { CONFIG, type Config } from '../../platform/config/index.js';
import { KeyHolders, Keyring } from '../../platform/crypto/index.js';
import { Database } from '../../platform/database/index.js';
import { notFound } from '../../platform/http/index.js';
import { newId } from '../../platform/ids/index.js';
import { type Issuer, type IssuerId, bankIssuer, codeOfDid, institutionIssuer } from './issuer.js';
import { type IssuerKey, IssuerKeysStore } from './issuer-keys.store.js';

const SEED_BYTES = 32;

/** Who signs credentials, with which keys, and where these are published. */
@Injectable()
export class Issuers implements OnModuleInit {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
    private readonly store: IssuerKeysStore,
    private readonly institutions: Institutions,
    private readonly keyring: Keyring,
    private readonly holders: KeyHolders,
    private readonly history: History,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.holders.registerTable({ table: 'issuer_key_secret', key: ['key_id'] });
  }

  /** Throws `not-found`. */
  async byId(tx: EntityManager, id: IssuerId): Promise<Issuer> {
    if (id === null) return bankIssuer(this.config.publicUrl);
    return institutionIssuer(this.config.publicUrl, await this.institutions.getById(tx, id));
  }

  /** The issuer of this bank that a DID names; undefined for anybody else's. */
  async byDid(tx: EntityManager, did: string): Promise<Issuer | undefined> {
    const { publicUrl } = this.config;
    const code = codeOfDid(publicUrl, did);
    if (code === undefined) return undefined;
    if (code === null) return bankIssuer(publicUrl);
    const all = await this.institutions.list(tx);
    const institution = all.find((one) => one.code === code);
    return institution && institutionIssuer(publicUrl, institution);
  }

  /** The DID document of an institution by its code, or of the bank. Throws `not-found`. */
  async document(code: string | null): Promise<JsonObject> {
    const issuer = await this.database.read(async (tx) =>
      code === null
        ? bankIssuer(this.config.publicUrl)
        : institutionIssuer(this.config.publicUrl, await this.institutions.getByCode(tx, code)),
    );
    return this.documentOf(issuer);
  }

  /** The DID document of an issuer of this bank; its first key is made when somebody asks for it. */
  async documentOf({ id, did }: Issuer): Promise<JsonObject> {
    const known = await this.database.read((tx) => this.store.list(tx, id));
    const keys =
      known.length > 0 ? known : [await this.database.transaction((tx) => this.#current(tx, id))];
    const listed = keys.map((key) => ({
      fragment: fragmentOf(key),
      publicKey: key.publicKey,
      retired: key.retiredAt !== null,
    }));
    return didDocument(did, listed, this.config.publicUrl);
  }

  /** What signs for an issuer now. In a transaction of the application: tenants read no secrets. */
  async signer(tx: EntityManager, { id, did }: Issuer): Promise<Signer> {
    const key = await this.#current(tx, id);
    return signerOf(`${did}#${fragmentOf(key)}`, await this.#seedOf(tx, key));
  }

  /** The bank's key under a `did:key`, which test suites resolve without calling anybody. */
  async signerForSuites(tx: EntityManager): Promise<Signer & { readonly did: string }> {
    const key = await this.#current(tx, null);
    return didKeySigner(await this.#seedOf(tx, key));
  }

  /** Keys of whoever asks: an institution's people theirs, the bank's people the bank's. */
  list(principal: Principal): Promise<IssuerKey[]> {
    const issuer = issuerOf(principal);
    return this.database.read((tx) => this.store.list(tx, issuer));
  }

  /** A new key signs from now on; the old one stays listed for what it signed. */
  rotate(principal: Principal): Promise<IssuerKey> {
    const issuer = issuerOf(principal);
    return this.database.transaction(async (tx) => {
      await this.store.lock(tx, issuer);
      const [newest] = await this.store.list(tx, issuer);
      const made = await this.#make(tx, issuer, newest);
      await this.history.record(tx, principal, {
        action: 'rotated',
        subject: { kind: 'issuer-key', id: made.id },
        institutionId: issuer,
        before: newest ? { number: newest.number } : null,
        after: { number: made.number },
      });
      return made;
    });
  }

  async #current(tx: EntityManager, issuer: IssuerId): Promise<IssuerKey> {
    const [newest] = await this.store.list(tx, issuer);
    if (newest) return newest;
    await this.store.lock(tx, issuer);
    const [meanwhile] = await this.store.list(tx, issuer);
    return meanwhile ?? this.#make(tx, issuer, undefined);
  }

  async #make(
    tx: EntityManager,
    issuer: IssuerId,
    newest: IssuerKey | undefined,
  ): Promise<IssuerKey> {
    const seed = randomBytes(SEED_BYTES);
    const key = {
      id: newId(),
      number: (newest?.number ?? 0) + 1,
      publicKey: publicKeyOf(seed),
      createdAt: this.clock.now(),
    };
    const { key: dataKey, wrapped } = this.keyring.newDataKey();
    const seedSealed = this.keyring.seal(dataKey, seed, seedContext(key.id));
    await this.store.retire(tx, issuer, key.createdAt);
    await this.store.insert(tx, issuer, { key, secret: { wrappedKey: wrapped, seedSealed } });
    return { ...key, retiredAt: null };
  }

  async #seedOf(tx: EntityManager, { id }: IssuerKey): Promise<Buffer> {
    const secret = await this.store.secretOf(tx, id);
    if (!secret) throw new Error(`issuer key ${id} has no secret`);
    const dataKey = this.keyring.unwrap(secret.wrappedKey);
    return this.keyring.open(dataKey, secret.seedSealed, seedContext(id));
  }
}

/** Whose keys a principal may look after. */
function issuerOf(principal: Principal): IssuerId {
  if (principal.institutionId !== null) return principal.institutionId;
  if (!isOverseer(principal)) throw notFound();
  return null;
}

function fragmentOf({ number }: IssuerKey): string {
  return `key-${number}`;
}

function seedContext(keyId: string): string {
  return `issuer-key:${keyId}:seed`;
}
