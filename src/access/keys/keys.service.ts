import { Injectable } from '@nestjs/common';
import type { JWK } from 'jose';
import type { EntityManager } from 'typeorm';
import type { Role, Scope } from '../../platform/auth/index.js';
import { notFound } from '../../platform/http/index.js';
import { isUuid, newId } from '../../platform/ids/index.js';
import { KnownTokens } from '../tokens/known-tokens.js';
import { newApiKey } from './api-key.js';
import { ApiKeysStore } from './keys.store.js';
import { KnownKeys } from './known-keys.js';

export interface NewApiKey {
  readonly institutionId: string;
  readonly roles: readonly Role[];
  /** What the key is for; shown to the institution and written as the actor's name. */
  readonly label: string;
  /** Null or absent: all that the roles may. */
  readonly scopes?: readonly Scope[] | null;
  /** Networks as CIDR; null or absent: from everywhere. */
  readonly addresses?: readonly string[] | null;
  /** Of a client that signs instead of sending a secret. */
  readonly publicKey?: JWK | null;
  /** One year from now when not given. */
  readonly expiresAt?: Date;
  /** Id of the account that made it. */
  readonly createdBy?: string;
}

/** The only moment at which the whole key exists: show it once, store it nowhere. */
export interface IssuedApiKey {
  readonly id: string;
  /** `cb_<prefix>`, the public part. */
  readonly clientId: string;
  /** `cb_<prefix>_<secret>`; of a client that signs it is no key to anything. */
  readonly key: string;
}

export const KEY_LIFE_MS = 365 * 24 * 60 * 60 * 1000;

/** Keys of systems. */
@Injectable()
export class ApiKeys {
  constructor(
    private readonly store: ApiKeysStore,
    private readonly known: KnownKeys,
    private readonly tokens: KnownTokens,
  ) {}

  /** Makes an API key; the answer is the only place where its secret ever appears. */
  async issue(tx: EntityManager, request: NewApiKey): Promise<IssuedApiKey> {
    const { key, prefix, secretHash } = newApiKey();
    const id = newId();
    const publicKey = request.publicKey ?? null;
    await this.store.insert(tx, {
      id,
      institutionId: request.institutionId,
      prefix,
      secretHash: publicKey ? null : secretHash,
      publicKey,
      label: request.label,
      roles: [...request.roles],
      scopes: request.scopes ? [...request.scopes] : null,
      addresses: request.addresses ? [...request.addresses] : null,
      expiresAt: request.expiresAt ?? new Date(Date.now() + KEY_LIFE_MS),
      createdBy: request.createdBy ?? null,
    });
    return { id, key, clientId: `cb_${prefix}` };
  }

  /**
   * Ends an institution's key and all tokens made with it: at once in this process, within two
   * seconds in every other. Throws `not-found` for another institution's key.
   */
  async revoke(
    tx: EntityManager,
    institutionId: string,
    keyId: string,
  ): Promise<{ label: string; revokedAt: Date }> {
    const revoked = isUuid(keyId) ? await this.store.revoke(tx, keyId, institutionId) : undefined;
    if (!revoked) throw notFound();
    this.forget(revoked.prefix);
    return revoked;
  }

  /** What this process remembers of a key is read anew. */
  forget(prefix: string): void {
    this.known.forget(prefix);
    this.tokens.clear();
  }
}
