import { Injectable } from '@nestjs/common';
import { sha256 } from '../../platform/crypto/index.js';
import { Database } from '../../platform/database/index.js';
import { Remembered } from '../remembered.js';
import { type StoredToken, TokensStore } from './tokens.store.js';

/** Access tokens as this process last read them. */
@Injectable()
export class KnownTokens {
  readonly #tokens = new Remembered<StoredToken>();

  constructor(
    private readonly database: Database,
    private readonly store: TokensStore,
  ) {}

  /** A usable token, at most two seconds old. */
  async find(token: string): Promise<StoredToken | undefined> {
    const hash = sha256(token);
    const name = hash.toString('base64');
    const known = this.#tokens.get(name);
    if (known) return known.tokenExpiresAt.getTime() > Date.now() ? known : undefined;
    // Asked to find out whose request it is.
    const found = await this.database.readAcrossTenants((tx) => this.store.findUsable(tx, hash));
    if (found) this.#tokens.set(name, found);
    return found;
  }

  clear(): void {
    this.#tokens.clear();
  }
}
