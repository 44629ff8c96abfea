import { Injectable } from '@nestjs/common';
import type { Principal, PrincipalSource } from '../platform/auth/index.js';
import { sha256 } from '../platform/crypto/index.js';
import { Database } from '../platform/database/index.js';
import { refusal } from '../platform/http/index.js';
import { isWithin } from './keys/address-list.js';
import { isSecretOf, parseApiKey } from './keys/api-key.js';
import { KnownKeys } from './keys/known-keys.js';
import { Representations } from './representation/representations.js';
import { isSessionToken } from './sessions/session-token.js';
import { Sessions } from './sessions/sessions.service.js';
import { SessionsStore } from './sessions/sessions.store.js';
import { isAccessToken } from './tokens/access-token.js';
import { KnownTokens } from './tokens/known-tokens.js';
import type { StoredToken } from './tokens/tokens.store.js';

const TOUCH_EVERY_MS = 60_000;

/** Finds who stands behind an API key or a session; the guard in `platform/auth` asks here. */
@Injectable()
export class Principals implements PrincipalSource {
  constructor(
    private readonly database: Database,
    private readonly keys: KnownKeys,
    private readonly tokens: KnownTokens,
    private readonly sessions: Sessions,
    private readonly store: SessionsStore,
    private readonly representations: Representations,
  ) {}

  async ofBearer(text: string, address: string): Promise<Principal | undefined> {
    const found = isAccessToken(text) ? await this.tokens.find(text) : await this.#byKey(text);
    if (!found) return undefined;
    const { key, scopes } = found;
    if (key.addresses && !isWithin(address, key.addresses)) throw refusal('address-not-allowed');
    await this.keys.touch(key);
    const { id, label: name, roles, institutionId } = key;
    return { id, name, roles, institutionId, learnerId: null, scopes };
  }

  async ofSession(token: string): Promise<Principal | undefined> {
    if (!isSessionToken(token)) return undefined;
    const { idleSeconds } = this.sessions;
    // Asked to find out whose request it is.
    const found = await this.database.readAcrossTenants((tx) =>
      this.store.find(tx, sha256(token), idleSeconds),
    );
    if (!found) return undefined;
    const { sessionId, startedAt, method, lastSeenAt } = found;
    if (Date.now() - lastSeenAt.getTime() >= TOUCH_EVERY_MS) {
      await this.database.statement((tx) => this.store.touch(tx, sessionId));
    }
    return this.sessions.principalOf(found, { id: sessionId, startedAt, method });
  }

  represent(principal: Principal, representationId: string): Promise<Principal | undefined> {
    return this.representations.represent(principal, representationId);
  }

  async #byKey(text: string): Promise<Pick<StoredToken, 'key' | 'scopes'> | undefined> {
    const parsed = parseApiKey(text);
    if (!parsed) return undefined;
    const key = await this.keys.find(parsed.prefix);
    // A client that signs has no secret, so nothing can be sent as its key.
    if (!key?.secretHash || !isSecretOf(parsed.secret, key.secretHash)) return undefined;
    return { key, scopes: key.scopes };
  }
}
