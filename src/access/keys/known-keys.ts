import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/index.js';
import { Remembered } from '../remembered.js';
import { ApiKeysStore, type StoredApiKey } from './keys.store.js';

const TOUCH_EVERY_MS = 60_000;

/** Keys as this process last read them, and when it last noted their use. */
@Injectable()
export class KnownKeys {
  readonly #keys = new Remembered<StoredApiKey>();
  readonly #touchedAtMs = new Map<string, number>();

  constructor(
    private readonly database: Database,
    private readonly store: ApiKeysStore,
  ) {}

  /** The usable key with this prefix, at most two seconds old. */
  async find(prefix: string): Promise<StoredApiKey | undefined> {
    const known = this.#keys.get(prefix);
    if (known) return known.expiresAt.getTime() > Date.now() ? known : undefined;
    // Asked to find out whose request it is.
    const key = await this.database.readAcrossTenants((tx) => this.store.findUsable(tx, prefix));
    if (key) this.#keys.set(prefix, key);
    return key;
  }

  /** Drops a key from this process's memory; used when it is revoked. */
  forget(prefix: string): void {
    this.#keys.forget(prefix);
  }

  /** Notes that a key is in use, once a minute. */
  async touch({ id, lastUsedAt }: Pick<StoredApiKey, 'id' | 'lastUsedAt'>): Promise<void> {
    const now = Date.now();
    const touchedAtMs = this.#touchedAtMs.get(id) ?? lastUsedAt?.getTime() ?? 0;
    if (now - touchedAtMs < TOUCH_EVERY_MS) return;
    this.#touchedAtMs.set(id, now);
    await this.database.statement((tx) => this.store.touch(tx, id));
  }
}
