import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { violatedConstraint } from '../../platform/database/index.js';
import { notFound, refusal } from '../../platform/http/index.js';
import { isUuid, newId } from '../../platform/ids/index.js';
import { SessionsStore } from '../sessions/sessions.store.js';
import type { Member, NewAccount, PasswordHash, StoredAccount } from './account.js';
import { AccountsStore } from './accounts.store.js';
import { Passwords } from './passwords.js';

/** Accounts with which people sign in. */
@Injectable()
export class Accounts {
  constructor(
    private readonly store: AccountsStore,
    private readonly passwords: Passwords,
    private readonly sessions: SessionsStore,
  ) {}

  /** Argon2id of a password, for accounts that are made in numbers. Refuses a bad password. */
  hashPassword(password: string): Promise<PasswordHash> {
    return this.passwords.hash(password);
  }

  /** What staff accounts are called, of those among some ids that the reader may see. */
  async namesOf(tx: EntityManager, ids: readonly string[]): Promise<Map<string, string>> {
    const rows = await this.store.listNames(tx, [...new Set(ids)].filter(isUuid));
    return new Map(rows.map(({ id, displayName }) => [id, displayName]));
  }

  /** How a learner signs in, for the learner's export. */
  ofLearner(
    tx: EntityManager,
    learnerId: string,
  ): Promise<{ signInName: string; createdAt: Date } | null> {
    return this.store.findOfLearner(tx, learnerId);
  }

  /**
   * Opens an account for a member of staff (`institutionId`) or a learner (`learnerId`). Refuses a
   * name that is taken (`sign-in-name-taken`) and a bad password (`password-length`,
   * `password-common`).
   */
  async create(tx: EntityManager, account: NewAccount): Promise<{ id: string }> {
    const id = newId();
    const signInName = account.signInName.toLowerCase();
    const learnerId = account.learnerId ?? null;
    const passwordHash = await this.#hashOf(account.password, signInName);
    await this.#withFreeName(() =>
      this.store.insert(tx, {
        id,
        signInName,
        passwordHash,
        // The name of a learner is kept sealed under the learner's key and nowhere else.
        displayName: learnerId === null ? account.displayName : signInName,
        roles: [...account.roles],
        institutionId: account.institutionId ?? null,
        learnerId,
        passwordUntil: null,
      }),
    );
    return { id };
  }

  /**
   * Gives a learner an account to sign in with, once: refuses with `learner-has-account` a learner who can
   * sign in already, and what {@link create} refuses. An account that was opened and never got a
   * password, a passkey or a provider is given the new name and password.
   */
  async claim(
    tx: EntityManager,
    wanted: { learnerId: string; signInName: string; password: string | null },
  ): Promise<StoredAccount> {
    const { learnerId } = wanted;
    const signInName = wanted.signInName.toLowerCase();
    const bare = await this.store.lockOfLearner(tx, learnerId);
    if (bare?.canSignIn) throw refusal('learner-has-account');
    if (bare) {
      const passwordHash = await this.#hashOf(wanted.password, signInName);
      await this.#withFreeName(() =>
        this.store.rename(tx, { id: bare.id, signInName, passwordHash }),
      );
    } else {
      await this.create(tx, { ...wanted, displayName: signInName, roles: ['learner'] });
    }
    const account = await this.store.findUsableOfLearner(tx, learnerId);
    if (!account) throw refusal('learner-has-account');
    return account;
  }

  /** Whether the learner has an account and some way to sign in with it. */
  async canSignIn(tx: EntityManager, learnerId: string): Promise<boolean> {
    return (await this.store.lockOfLearner(tx, learnerId))?.canSignIn ?? false;
  }

  /** An account that may sign in, by its id, its sign-in name or its learner. */
  findUsable(
    tx: EntityManager,
    by: { readonly id: string } | { readonly signInName: string } | { readonly learnerId: string },
  ): Promise<StoredAccount | undefined> {
    if ('id' in by) return this.store.findUsableById(tx, by.id);
    if ('learnerId' in by) return this.store.findUsableOfLearner(tx, by.learnerId);
    return this.store.findUsableByName(tx, by.signInName.toLowerCase());
  }

  /** The accounts of an institution in the order in which they were opened, behind `after`. */
  listMembers(
    tx: EntityManager,
    institutionId: string,
    page: { after: string | null; limit: number },
  ): Promise<Member[]> {
    return this.store.listMembers(tx, institutionId, page);
  }

  /** An account of an institution, locked until the transaction ends. Throws `not-found`. */
  async getMember(tx: EntityManager, id: string, institutionId: string): Promise<Member> {
    const member = isUuid(id) ? await this.store.findMember(tx, id, institutionId) : undefined;
    if (!member) throw notFound();
    return member;
  }

  /** Lets an account sign in no more and ends its sessions at once, or lets it sign in again. */
  async setDisabled(tx: EntityManager, id: string, isDisabled: boolean): Promise<void> {
    await this.store.setDisabled(tx, id, isDisabled);
    if (isDisabled) await this.sessions.endAll(tx, id, null);
  }

  /** Counts from the next request on. */
  setRoles(tx: EntityManager, id: string, roles: NewAccount['roles']): Promise<void> {
    return this.store.setRoles(tx, id, roles);
  }

  /** Signs an account out everywhere, at once. */
  endSessions(tx: EntityManager, id: string): Promise<void> {
    return this.sessions.endAll(tx, id, null);
  }

  async #withFreeName(write: () => Promise<void>): Promise<void> {
    try {
      await write();
    } catch (error) {
      if (violatedConstraint(error) !== 'account_sign_in_name_once') throw error;
      throw refusal('sign-in-name-taken');
    }
  }

  async #hashOf(password: NewAccount['password'], signInName: string): Promise<string | null> {
    if (password === null) return null;
    if (typeof password !== 'string') return password.hash;
    return (await this.passwords.hash(password, signInName)).hash;
  }
}
