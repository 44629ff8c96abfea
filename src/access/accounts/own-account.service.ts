import { Injectable } from '@nestjs/common';
import { History } from '../../history/index.js';
import type { Principal } from '../../platform/auth/index.js';
import { Attempts } from '../../platform/attempts/index.js';
import { Database } from '../../platform/database/index.js';
import { notFound, refusal } from '../../platform/http/index.js';
import { Passkeys } from '../factors/passkeys.service.js';
import { SecondFactors } from '../factors/second-factors.service.js';
import { SessionsStore } from '../sessions/sessions.store.js';
import { NAME_LIMIT } from '../sessions/sign-in-limits.js';
import type { StoredAccount } from './account.js';
import { AccountsStore } from './accounts.store.js';
import type { OwnAccountDto } from './own-account.dto.js';
import { Passwords } from './passwords.js';

/** What people see and change of their own account. */
@Injectable()
export class OwnAccount {
  constructor(
    private readonly database: Database,
    private readonly store: AccountsStore,
    private readonly passwords: Passwords,
    private readonly sessions: SessionsStore,
    private readonly factors: SecondFactors,
    private readonly passkeys: Passkeys,
    private readonly attempts: Attempts,
    private readonly history: History,
  ) {}

  async show(principal: Principal): Promise<OwnAccountDto> {
    const account = await this.#find(principal);
    const { hasOneTimeCode, recoveryCodesLeft } = await this.factors.summary(principal.id);
    const passkeys = await this.passkeys.list(principal);
    return {
      hasPassword: account.passwordHash !== null,
      hasOneTimeCode,
      recoveryCodesLeft,
      passkeys,
    };
  }

  /**
   * Changes the password of who knows the present one, and ends all other sessions. Refuses a wrong
   * one (`password-wrong`), which counts like a failed sign-in, and a bad new one.
   */
  async changePassword(principal: Principal, current: string, next: string): Promise<void> {
    const account = await this.#find(principal);
    await this.attempts.begin(NAME_LIMIT, account.signInName);
    if (!(await this.passwords.isRight(current, account.passwordHash))) {
      throw refusal('password-wrong');
    }
    await this.attempts.forget(NAME_LIMIT, account.signInName);
    const { hash } = await this.passwords.hash(next, account.signInName);
    await this.database.transaction(async (tx) => {
      await this.store.setPassword(tx, account.id, hash);
      await this.sessions.endAll(tx, account.id, principal.session?.id ?? null);
      await this.history.record(tx, principal, {
        institutionId: account.institutionId,
        subject: { kind: 'account', id: account.id },
        action: 'password-changed',
        // Neither of the two passwords is anywhere to be shown.
        before: { password: account.passwordHash === null ? 'none' : 'former' },
        after: { password: 'new' },
      });
    });
  }

  /** By the account's own id, so past the walls between tenants. */
  async #find({ id }: Principal): Promise<StoredAccount> {
    const account = await this.database.readAcrossTenants((tx) =>
      this.store.findUsableById(tx, id),
    );
    if (!account) throw notFound();
    return account;
  }
}
