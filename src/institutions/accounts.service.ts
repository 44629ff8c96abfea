import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { violatedConstraint } from '../platform/database/index.js';
import { refusal } from '../platform/http/index.js';
import { newId } from '../platform/ids/index.js';
import { AccountsStore } from './accounts.store.js';
import type { NewAccount, PasswordHash } from './institution.js';
import { Passwords } from './passwords.js';

/** Accounts with which people sign in. Other features reach it through `Institutions`. */
@Injectable()
export class Accounts {
  constructor(
    private readonly store: AccountsStore,
    private readonly passwords: Passwords,
  ) {}

  hashPassword(password: string): Promise<PasswordHash> {
    return this.passwords.hash(password);
  }

  async create(tx: EntityManager, account: NewAccount): Promise<{ id: string }> {
    const { password } = account;
    const { hash } = typeof password === 'string' ? await this.hashPassword(password) : password;
    const id = newId();
    const signInName = account.signInName.toLowerCase();
    const learnerId = account.learnerId ?? null;
    try {
      await this.store.insert(tx, {
        id,
        signInName,
        passwordHash: hash,
        // The name of a learner is kept sealed under the learner's key and nowhere else.
        displayName: learnerId === null ? account.displayName : signInName,
        roles: [...account.roles],
        institutionId: account.institutionId ?? null,
        learnerId,
      });
    } catch (error) {
      if (violatedConstraint(error) !== 'account_sign_in_name_once') throw error;
      throw refusal('sign-in-name-taken');
    }
    return { id };
  }
}
