import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Principal } from '../../platform/auth/index.js';
import { Attempts } from '../../platform/attempts/index.js';
import { CONFIG, type Config } from '../../platform/config/index.js';
import { sha256 } from '../../platform/crypto/index.js';
import { Database } from '../../platform/database/index.js';
import { Refusal, networkOf, notFound, refusal } from '../../platform/http/index.js';
import { isUuid, newId } from '../../platform/ids/index.js';
import { callerOfAddress } from '../../platform/limits/index.js';
import type { StoredAccount } from '../accounts/account.js';
import { AccountsStore } from '../accounts/accounts.store.js';
import { Passwords } from '../accounts/passwords.js';
import { SecondFactors, isStaff } from '../factors/second-factors.service.js';
import type { Origin, OwnSession, SignInMethod } from './session.js';
import { isSessionToken, newSessionToken } from './session-token.js';
import { SessionsStore } from './sessions.store.js';
import { ADDRESS_LIMIT, NAME_LIMIT } from './sign-in-limits.js';

const DEVICE_LENGTH = 200;

/** What a person sends to sign in. */
export interface SignIn {
  readonly name: string;
  readonly password: string;
  /** A one-time code or a recovery code. */
  readonly code?: string;
}

/** What signing in gives: the token for the cookie and who asks with it from now on. */
export interface StartedSession {
  readonly token: string;
  readonly principal: Principal;
}

/** Signing in and out of people. */
@Injectable()
export class Sessions {
  constructor(
    private readonly database: Database,
    private readonly store: SessionsStore,
    private readonly accounts: AccountsStore,
    private readonly passwords: Passwords,
    private readonly factors: SecondFactors,
    private readonly attempts: Attempts,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Refuses with `sign-in-failed` for a wrong password and, after the same work, for a name that
   * does not exist; with `second-factor-needed` for a right password alone where it is not enough;
   * with `too-many-sign-ins` after ten failures in ten minutes.
   */
  async start(signIn: SignIn, origin: Origin, oldToken?: string): Promise<StartedSession> {
    const name = signIn.name.toLowerCase();
    const address = callerOfAddress(origin.address);
    await this.attempts.begin(ADDRESS_LIMIT, address);
    await this.attempts.begin(NAME_LIMIT, name);
    // Whoever signs in is nobody yet, so no wall lets the account out.
    const account = await this.database.readAcrossTenants((tx) =>
      this.accounts.findUsableByName(tx, name),
    );
    const isRight = await this.passwords.isRight(signIn.password, account?.passwordHash);
    if (!account || !isRight || isOver(account)) throw refusal('sign-in-failed');
    await this.attempts.forget(NAME_LIMIT, name);
    await this.attempts.takeBack(ADDRESS_LIMIT, address);
    const method = await this.#secondFactor(account, signIn.code);
    return this.open(account, { method, origin, oldToken });
  }

  /** Begins a session of somebody who has shown who they are. Ends the one the browser had before. */
  async open(
    account: StoredAccount,
    by: { method: SignInMethod; origin: Origin; oldToken?: string | undefined },
  ): Promise<StartedSession> {
    const { method, origin, oldToken } = by;
    const token = newSessionToken();
    const id = newId();
    await this.database.transaction(async (tx) => {
      await this.#endToken(tx, oldToken);
      await this.store.forgetOld(tx, account.id);
      await this.store.insert(tx, {
        id,
        tokenHash: sha256(token),
        accountId: account.id,
        method,
        device: deviceOf(origin.device),
        network: networkOf(origin.address),
        lifeSeconds: this.lifeSeconds,
      });
    });
    const startedAt = new Date();
    return { token, principal: this.principalOf(account, { id, startedAt, method }) };
  }

  /** How long a session lasts, however busy it is. */
  get lifeSeconds(): number {
    return this.config.access.sessionHours * 3600;
  }

  /** How long a session lasts without a request. */
  get idleSeconds(): number {
    return this.config.access.sessionIdleMinutes * 60;
  }

  principalOf(
    account: StoredAccount,
    session: { id: string; startedAt: Date; method: SignInMethod },
  ): Principal {
    const { id, displayName: name, roles, institutionId, passwordUntil } = account;
    const selves = account.selves ?? undefined;
    const learnerId = selves?.[0] ?? account.learnerId;
    const { id: sessionId, startedAt, method } = session;
    const mustChangePassword = passwordUntil !== null && method.startsWith('password');
    const lacksSecondFactor =
      this.config.access.requireSecondFactor && method === 'password' && isStaff(account);
    const ofSession = { id: sessionId, startedAt, lacksSecondFactor, mustChangePassword };
    return { id, name, roles, institutionId, learnerId, selves, session: ofSession };
  }

  /** The open sessions of a person, the newest first. */
  list({ id }: Principal): Promise<OwnSession[]> {
    // Tables of signing in stand behind no wall: they are asked by the account's own id.
    return this.database.readAcrossTenants((tx) => this.store.listOpen(tx, id, this.idleSeconds));
  }

  /** Ends a session; ending one that does not exist is not an error. */
  async end(token: string | undefined): Promise<void> {
    await this.database.transaction((tx) => this.#endToken(tx, token));
  }

  /** Ends one of the person's own sessions. Throws `not-found` for what is none of them. */
  async endOne({ id }: Principal, sessionId: string): Promise<void> {
    if (!isUuid(sessionId)) throw notFound();
    const isEnded = await this.database.transaction((tx) => this.store.endById(tx, id, sessionId));
    if (!isEnded) throw notFound();
  }

  /** Signs out everywhere, here too. */
  async endAll({ id }: Principal): Promise<void> {
    await this.database.transaction((tx) => this.store.endAll(tx, id, null));
  }

  async #secondFactor(account: StoredAccount, code: string | undefined): Promise<SignInMethod> {
    const needed = await this.factors.neededWithPassword(account);
    if (needed.length === 0) return 'password';
    if (code === undefined) {
      throw new Refusal({ code: 'second-factor-needed', members: { methods: needed } });
    }
    await this.factors.use(account.id, code);
    return 'password-and-code';
  }

  async #endToken(tx: EntityManager, token: string | undefined): Promise<void> {
    if (token === undefined || !isSessionToken(token)) return;
    await this.store.endByToken(tx, sha256(token));
  }
}

/** Whether the password was made by somebody else and its days are over. */
function isOver({ passwordUntil }: StoredAccount): boolean {
  return passwordUntil !== null && passwordUntil.getTime() < Date.now();
}

/** What the browser calls itself, without characters that no name has. */
function deviceOf(text: string | undefined): string | null {
  const plain = (text ?? '')
    .replace(/[^\x20-\x7e]/g, '')
    .slice(0, DEVICE_LENGTH)
    .trim();
  return plain === '' ? null : plain;
}
