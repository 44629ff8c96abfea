import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database/index.js';
import { refusal } from '../platform/http/index.js';
import { AccountsStore, type StoredAccount } from './accounts.store.js';
import { sha256 } from './api-key.js';
import { Passwords } from './passwords.js';
import { SignInLimits } from './sign-in-limits.js';
import { isSessionToken, newSessionToken } from './session-token.js';

/** Absolute: a session ends twelve hours after signing in, however busy it is. */
export const SESSION_LIFE_MS = 12 * 60 * 60 * 1000;

/** What signing in gives: the token for the cookie and the account behind it. */
export interface StartedSession {
  readonly token: string;
  readonly account: StoredAccount;
}

/** Signing in and out of people. */
@Injectable()
export class Sessions {
  constructor(
    private readonly database: Database,
    private readonly store: AccountsStore,
    private readonly passwords: Passwords,
    private readonly limits: SignInLimits,
  ) {}

  /**
   * Refuses with `sign-in-failed` for a wrong password and, after the same work, for a name that
   * does not exist; with `too-many-sign-ins` after ten failures in ten minutes.
   */
  async start(name: string, password: string, address: string): Promise<StartedSession> {
    const signInName = name.toLowerCase();
    await this.limits.begin(signInName, address);
    // Whoever signs in is nobody yet, so no wall lets the account out.
    const account = await this.database.readAcrossTenants((tx) =>
      this.store.findUsableByName(tx, signInName),
    );
    const isRight = await this.passwords.isRight(password, account?.passwordHash);
    if (!account || !isRight) throw refusal('sign-in-failed');
    await this.limits.succeed(signInName, address);
    const token = newSessionToken();
    const expiresAt = new Date(Date.now() + SESSION_LIFE_MS);
    await this.database.transaction((tx) =>
      this.store.insertSession(tx, { tokenHash: sha256(token), accountId: account.id, expiresAt }),
    );
    return { token, account };
  }

  /** Ends a session; ending one that does not exist is not an error. */
  async end(token: string | undefined): Promise<void> {
    if (token === undefined || !isSessionToken(token)) return;
    await this.database.transaction((tx) => this.store.endSession(tx, sha256(token)));
  }
}
