import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/index.js';
import { ApiKeysStore, type StoredApiKey } from './keys.store.js';

/**
 * A posting school asks thousands of times with one key. Two seconds spare nearly all of those
 * queries and keep a revoked key's afterlife, in other processes, below that.
 */
const CACHE_MS = 2_000;
const CACHE_KEYS = 1_000;
const TOUCH_EVERY_MS = 60_000;

/** A key that was read a moment ago. */
export interface KnownKey {
  readonly key: StoredApiKey;
  readonly readAtMs: number;
  lastUsedAtMs: number;
}

/** Keys as this process last read them. */
@Injectable()
export class KnownKeys {
  readonly #keys = new Map<string, KnownKey>();

  constructor(
    private readonly database: Database,
    private readonly store: ApiKeysStore,
  ) {}

  /** The usable key with this prefix, at most two seconds old. */
  async find(prefix: string): Promise<KnownKey | undefined> {
    const now = Date.now();
    const known = this.#keys.get(prefix);
    if (known && now - known.readAtMs < CACHE_MS) {
      return known.key.expiresAt.getTime() > now ? known : undefined;
    }
    this.#keys.delete(prefix);
    // Asked to find out whose request it is.
    const key = await this.database.readAcrossTenants((tx) => this.store.findUsable(tx, prefix));
    if (!key) return undefined;
    const fresh = { key, readAtMs: now, lastUsedAtMs: key.lastUsedAt?.getTime() ?? 0 };
    // A map keeps insertion order, so the first key is the one read longest ago.
    if (this.#keys.size >= CACHE_KEYS) this.#keys.delete(this.#keys.keys().next().value as string);
    this.#keys.set(prefix, fresh);
    return fresh;
  }

  /** Drops a key from this process's memory; used when it is revoked. */
  forget(prefix: string): void {
    this.#keys.delete(prefix);
  }

  /** Notes that a key is in use, once a minute. */
  async touch(known: KnownKey): Promise<void> {
    const now = Date.now();
    if (now - known.lastUsedAtMs < TOUCH_EVERY_MS) return;
    known.lastUsedAtMs = now;
    await this.database.statement((tx) => this.store.touch(tx, known.key.id));
  }
}
