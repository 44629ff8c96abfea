import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Role } from '../../platform/auth/index.js';
import { notFound } from '../../platform/http/index.js';
import { isUuid, newId } from '../../platform/ids/index.js';
import { newApiKey } from './api-key.js';
import { KnownKeys } from './known-keys.js';
import { ApiKeysStore } from './keys.store.js';

export interface NewApiKey {
  readonly institutionId: string;
  readonly roles: readonly Role[];
  /** What the key is for; shown to the institution and written as the actor's name. */
  readonly label: string;
  /** One year from now when not given. */
  readonly expiresAt?: Date;
}

/** The only moment at which the whole key exists: show it once, store it nowhere. */
export interface IssuedApiKey {
  readonly id: string;
  /** `cb_<prefix>_<secret>` */
  readonly key: string;
}

const KEY_LIFE_MS = 365 * 24 * 60 * 60 * 1000;

/** Keys of systems. */
@Injectable()
export class ApiKeys {
  constructor(
    private readonly store: ApiKeysStore,
    private readonly known: KnownKeys,
  ) {}

  /** Makes an API key; the answer is the only place where its secret ever appears. */
  async issue(tx: EntityManager, request: NewApiKey): Promise<IssuedApiKey> {
    const { key, prefix, secretHash } = newApiKey();
    const id = newId();
    await this.store.insert(tx, {
      id,
      institutionId: request.institutionId,
      prefix,
      secretHash,
      label: request.label,
      roles: [...request.roles],
      expiresAt: request.expiresAt ?? new Date(Date.now() + KEY_LIFE_MS),
    });
    return { id, key };
  }

  /**
   * Ends an institution's key: at once in this process, within two seconds in every other.
   * Throws `not-found` for another institution's key.
   */
  async revoke(tx: EntityManager, institutionId: string, keyId: string): Promise<void> {
    const prefix = isUuid(keyId) ? await this.store.revoke(tx, keyId, institutionId) : undefined;
    if (prefix === undefined) throw notFound();
    this.known.forget(prefix);
  }
}
