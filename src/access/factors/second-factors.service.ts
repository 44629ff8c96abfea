import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { History } from '../../history/index.js';
import {
  type Principal,
  type Role,
  STAFF_ROLES,
  requireFreshSession,
} from '../../platform/auth/index.js';
import { Attempts } from '../../platform/attempts/index.js';
import { Clock } from '../../platform/clock/index.js';
import { CONFIG, type Config } from '../../platform/config/index.js';
import { Keyring } from '../../platform/crypto/index.js';
import { Database } from '../../platform/database/index.js';
import { notFound, refusal } from '../../platform/http/index.js';
import { qrRowsOf } from '../../platform/paper/index.js';
import type { StoredAccount } from '../accounts/account.js';
import { SessionsStore } from '../sessions/sessions.store.js';
import { CODE_LIMIT } from '../sessions/sign-in-limits.js';
import { type FactorsOfAccount, FactorsStore } from './factors.store.js';
import { keyUri, newSecret, stepOfCode } from './one-time-code.js';
import { hashOfRecoveryCode, newRecoveryCodes } from './recovery-code.js';

/** What may be sent as a second factor. */
export type SecondFactorMethod = 'one-time-code' | 'recovery-code' | 'passkey';

/** Whether an account works with the data of others. */
export function isStaff({ roles }: { readonly roles: readonly Role[] }): boolean {
  return roles.some((role) => STAFF_ROLES.includes(role));
}

/** One-time codes and recovery codes: what a person has besides a password. */
@Injectable()
export class SecondFactors {
  constructor(
    private readonly database: Database,
    private readonly store: FactorsStore,
    private readonly sessions: SessionsStore,
    private readonly keyring: Keyring,
    private readonly attempts: Attempts,
    private readonly history: History,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  summary(accountId: string): Promise<FactorsOfAccount> {
    // Asked while somebody signs in, and of the account's own id afterwards.
    return this.database.readAcrossTenants((tx) => this.store.summary(tx, accountId));
  }

  /**
   * What has to be sent with the password of this account; empty when nothing has. A learner's
   * passkey is a convenience and leaves the password as it was; one of staff is a second factor.
   */
  async neededWithPassword(account: {
    readonly id: string;
    readonly roles: readonly Role[];
  }): Promise<SecondFactorMethod[]> {
    const { hasOneTimeCode, passkeys, recoveryCodesLeft } = await this.summary(account.id);
    if (!hasOneTimeCode && (passkeys === 0 || !isStaff(account))) return [];
    return [
      ...(hasOneTimeCode ? (['one-time-code'] as const) : []),
      ...(recoveryCodesLeft > 0 ? (['recovery-code'] as const) : []),
      ...(passkeys > 0 ? (['passkey'] as const) : []),
    ];
  }

  /**
   * Uses a one-time code or a recovery code up. Refuses a wrong one and one that was used
   * (`second-factor-failed`), and more than five in a quarter of an hour (`too-many-sign-ins`).
   */
  async use(accountId: string, code: string): Promise<void> {
    await this.attempts.begin(CODE_LIMIT, accountId);
    const isRight = await this.database.transaction((tx) => this.#useUp(tx, accountId, code));
    if (!isRight) throw refusal('second-factor-failed');
    await this.attempts.forget(CODE_LIMIT, accountId);
  }

  /** A secret for an authenticator app; it counts from the first code that comes back. */
  async offer(principal: Principal): Promise<{ secret: string; uri: string; qr: string[] }> {
    requireFreshSession(principal, this.clock.now());
    const secret = newSecret();
    const { key, wrapped } = this.keyring.newDataKey();
    const secretSealed = this.keyring.seal(key, secret, contextOf(principal.id));
    const isOffered = await this.database.transaction((tx) =>
      this.store.offerOneTimeCode(tx, principal.id, { wrappedKey: wrapped, secretSealed }),
    );
    if (!isOffered) throw refusal('one-time-code-there');
    const { host } = new URL(this.config.publicUrl);
    const uri = keyUri(secret, host, principal.name);
    return { secret, uri, qr: await qrRowsOf(uri) };
  }

  /**
   * Confirms the offered secret by a first code; answers the recovery codes, this once. Ends all other
   * sessions: who is in one of them may be why the factor is set up.
   */
  async confirm(principal: Principal, code: string): Promise<string[]> {
    const session = requireFreshSession(principal, this.clock.now());
    await this.attempts.begin(CODE_LIMIT, principal.id);
    const codes = await this.database.transaction(async (tx) => {
      const stored = await this.store.findOneTimeCode(tx, principal.id);
      if (!stored) throw notFound();
      if (stored.confirmedAt) throw refusal('one-time-code-there');
      if (!(await this.#useOneTimeCode(tx, principal.id, code))) {
        throw refusal('second-factor-failed');
      }
      await this.#note(tx, principal, 'one-time-code-added', [false, true]);
      await this.sessions.raise(tx, session.id);
      await this.sessions.endAll(tx, principal.id, session.id);
      return this.#newRecoveryCodes(tx, principal.id);
    });
    await this.attempts.forget(CODE_LIMIT, principal.id);
    return codes;
  }

  /** Refuses (`second-factor-required`) when the setting asks for one and there is no other. */
  async removeOneTimeCode(principal: Principal): Promise<void> {
    requireFreshSession(principal, this.clock.now());
    await this.database.transaction(async (tx) => {
      if (!(await this.store.removeOneTimeCode(tx, principal.id))) throw notFound();
      await this.assertFactorLeft(tx, principal);
      await this.#note(tx, principal, 'one-time-code-removed', [true, false]);
    });
  }

  /** New recovery codes in place of all old ones; shown once. */
  renewRecoveryCodes(principal: Principal): Promise<string[]> {
    requireFreshSession(principal, this.clock.now());
    return this.database.transaction(async (tx) => {
      const { hasOneTimeCode, passkeys, recoveryCodesLeft } = await this.store.summary(
        tx,
        principal.id,
      );
      if (!hasOneTimeCode && passkeys === 0) throw notFound();
      const codes = await this.#newRecoveryCodes(tx, principal.id);
      await this.history.record(tx, principal, {
        institutionId: principal.institutionId,
        subject: { kind: 'account', id: principal.id },
        action: 'recovery-codes-renewed',
        before: { recoveryCodes: recoveryCodesLeft },
        after: { recoveryCodes: codes.length },
      });
      return codes;
    });
  }

  /**
   * Takes every second factor of somebody else's account away and ends its sessions: the device is
   * lost. Who asks for it has a right to, and a second person's word (`recovery`).
   */
  async reset(
    tx: EntityManager,
    principal: Principal,
    account: Pick<StoredAccount, 'id' | 'institutionId'>,
  ): Promise<void> {
    const { id, institutionId } = account;
    const before = await this.store.summary(tx, id);
    await this.store.removeAll(tx, id);
    await this.sessions.endAll(tx, id, null);
    await this.history.record(tx, principal, {
      institutionId,
      subject: { kind: 'account', id },
      action: 'second-factor-reset',
      before,
      after: await this.store.summary(tx, id),
    });
  }

  /** Recovery codes for an account that has none yet; empty when it has. */
  async firstRecoveryCodes(tx: EntityManager, accountId: string): Promise<string[]> {
    const { recoveryCodesLeft } = await this.store.summary(tx, accountId);
    return recoveryCodesLeft > 0 ? [] : this.#newRecoveryCodes(tx, accountId);
  }

  /** Throws `second-factor-required` for staff whom the setting asks for one and who have none left. */
  async assertFactorLeft(tx: EntityManager, principal: Principal): Promise<void> {
    if (!this.config.access.requireSecondFactor || !isStaff(principal)) return;
    const { hasOneTimeCode, passkeys } = await this.store.summary(tx, principal.id);
    if (!hasOneTimeCode && passkeys === 0) throw refusal('second-factor-required');
  }

  async #useUp(tx: EntityManager, accountId: string, code: string): Promise<boolean> {
    const hash = hashOfRecoveryCode(accountId, code);
    if (hash) return this.store.useRecoveryCode(tx, accountId, hash);
    const stored = await this.store.findOneTimeCode(tx, accountId);
    return stored?.confirmedAt ? this.#useOneTimeCode(tx, accountId, code) : false;
  }

  async #useOneTimeCode(tx: EntityManager, accountId: string, code: string): Promise<boolean> {
    const stored = await this.store.findOneTimeCode(tx, accountId);
    if (!stored) return false;
    const key = this.keyring.unwrap(stored.wrappedKey);
    const secret = this.keyring.open(key, stored.secretSealed, contextOf(accountId)).toString();
    const step = stepOfCode(secret, code, this.clock.now());
    return step !== undefined && this.store.useStep(tx, accountId, step);
  }

  async #newRecoveryCodes(tx: EntityManager, accountId: string): Promise<string[]> {
    const codes = newRecoveryCodes();
    const hashes = codes.flatMap((code) => hashOfRecoveryCode(accountId, code) ?? []);
    await this.store.replaceRecoveryCodes(tx, accountId, hashes);
    return codes;
  }

  #note(
    tx: EntityManager,
    principal: Principal,
    action: string,
    [before, after]: [boolean, boolean],
  ): Promise<void> {
    const { id, institutionId } = principal;
    return this.history.record(tx, principal, {
      institutionId,
      subject: { kind: 'account', id },
      action,
      before: { oneTimeCode: before },
      after: { oneTimeCode: after },
    });
  }
}

/** Binds a sealed secret to its account. */
function contextOf(accountId: string): string {
  return `one-time-code|${accountId}`;
}
