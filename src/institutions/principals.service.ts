import { Injectable } from '@nestjs/common';
import type { Principal, PrincipalSource } from '../platform/auth/index.js';
import { Database } from '../platform/database/index.js';
import { AccountsStore } from './accounts.store.js';
import { isSecretOf, parseApiKey, sha256 } from './api-key.js';
import { InstitutionsStore, type StoredApiKey } from './institutions.store.js';
import { isSessionToken } from './session-token.js';

/**
 * A posting school asks thousands of times with one key. Two seconds spare nearly all of those
 * queries and keep a revoked key's afterlife, in other processes, below that.
 */
const CACHE_MS = 2_000;
const CACHE_KEYS = 1_000;
const TOUCH_EVERY_MS = 60_000;

interface CachedKey {
  readonly key: StoredApiKey;
  readonly readAtMs: number;
  lastUsedAtMs: number;
}

/** Finds who stands behind an API key or a session; the guard in `platform/auth` asks here. */
@Injectable()
export class Principals implements PrincipalSource {
  readonly #keys = new Map<string, CachedKey>();

  constructor(
    private readonly database: Database,
    private readonly institutions: InstitutionsStore,
    private readonly accounts: AccountsStore,
  ) {}

  async ofKey(text: string): Promise<Principal | undefined> {
    const parsed = parseApiKey(text);
    if (!parsed) return undefined;
    const cached = await this.#findKey(parsed.prefix);
    if (!cached || !isSecretOf(parsed.secret, cached.key.secretHash)) return undefined;
    await this.#touch(cached);
    const { key } = cached;
    return {
      id: key.id,
      name: key.label,
      roles: key.roles,
      institutionId: key.institutionId,
      learnerId: null,
    };
  }

  async ofSession(token: string): Promise<Principal | undefined> {
    if (!isSessionToken(token)) return undefined;
    const account = await this.database.read((tx) =>
      this.accounts.findBySession(tx, sha256(token)),
    );
    if (!account) return undefined;
    const { id, displayName: name, roles, institutionId, learnerId } = account;
    return { id, name, roles, institutionId, learnerId };
  }

  /** Drops a key from this process's memory; used when it is revoked. */
  forgetKey(prefix: string): void {
    this.#keys.delete(prefix);
  }

  async #findKey(prefix: string): Promise<CachedKey | undefined> {
    const now = Date.now();
    const cached = this.#keys.get(prefix);
    if (cached && now - cached.readAtMs < CACHE_MS) {
      return cached.key.expiresAt.getTime() > now ? cached : undefined;
    }
    this.#keys.delete(prefix);
    const key = await this.database.read((tx) => this.institutions.findUsableKey(tx, prefix));
    if (!key) return undefined;
    const fresh = { key, readAtMs: now, lastUsedAtMs: key.lastUsedAt?.getTime() ?? 0 };
    // A map keeps insertion order, so the first key is the one read longest ago.
    if (this.#keys.size >= CACHE_KEYS) this.#keys.delete(this.#keys.keys().next().value as string);
    this.#keys.set(prefix, fresh);
    return fresh;
  }

  async #touch(cached: CachedKey): Promise<void> {
    const now = Date.now();
    if (now - cached.lastUsedAtMs < TOUCH_EVERY_MS) return;
    cached.lastUsedAtMs = now;
    await this.database.read((tx) => this.institutions.touchKey(tx, cached.key.id));
  }
}
