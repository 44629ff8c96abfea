import { Injectable } from '@nestjs/common';
import type { Principal, PrincipalSource } from '../platform/auth/index.js';
import { sha256 } from '../platform/crypto/index.js';
import { Database } from '../platform/database/index.js';
import { isSecretOf, parseApiKey } from './keys/api-key.js';
import { KnownKeys } from './keys/known-keys.js';
import { isSessionToken } from './sessions/session-token.js';
import { Sessions } from './sessions/sessions.service.js';
import { SessionsStore } from './sessions/sessions.store.js';

const TOUCH_EVERY_MS = 60_000;

/** Finds who stands behind an API key or a session; the guard in `platform/auth` asks here. */
@Injectable()
export class Principals implements PrincipalSource {
  constructor(
    private readonly database: Database,
    private readonly keys: KnownKeys,
    private readonly sessions: Sessions,
    private readonly store: SessionsStore,
  ) {}

  async ofBearer(text: string): Promise<Principal | undefined> {
    const parsed = parseApiKey(text);
    if (!parsed) return undefined;
    const known = await this.keys.find(parsed.prefix);
    if (!known || !isSecretOf(parsed.secret, known.key.secretHash)) return undefined;
    await this.keys.touch(known);
    const { id, label: name, roles, institutionId } = known.key;
    return { id, name, roles, institutionId, learnerId: null };
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
}
