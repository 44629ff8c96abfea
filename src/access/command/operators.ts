import type { EntityManager } from 'typeorm';
import { violatedConstraint } from '../../platform/database/index.js';
import { newId } from '../../platform/ids/index.js';
import type { StoredAccount } from '../accounts/account.js';
import { AccountsStore } from '../accounts/accounts.store.js';
import { inventPassword } from '../accounts/invented.js';
import { Passwords, STANDARD_COST } from '../accounts/passwords.js';
import { CommandError, atDesk } from './desk.js';

const COMMAND = 'creditbank operators';
const DAY_MS = 24 * 60 * 60 * 1000;
/** Long enough to carry it to a person, too short to be forgotten in a drawer. */
const PASSWORD_DAYS = 3;

/** An operator as the command shows them. */
export interface ListedOperator {
  readonly id: string;
  readonly signInName: string;
  readonly displayName: string;
  readonly institutionId: string | null;
  readonly isDisabled: boolean;
}

/** The password exists here and with whoever is told; the database has its hash. */
export interface AddedOperator {
  readonly id: string;
  readonly signInName: string;
  readonly password: string;
  /** Until when it signs in; it opens nothing but its replacement. */
  readonly passwordUntil: Date;
}

/** The people who look after the bank, in the order in which they came. */
export function listOperators(url: string): Promise<ListedOperator[]> {
  return atDesk(url, COMMAND, ({ tx }) => new AccountsStore().listOperators(tx));
}

/**
 * Lets somebody look after the bank. On a bank that has an operator only when `isAnother` says that
 * this is meant: otherwise those who are there do it. Throws {@link CommandError}.
 */
export async function addOperator(
  url: string,
  wanted: { signInName: string; displayName: string; isAnother: boolean },
): Promise<AddedOperator> {
  const signInName = wanted.signInName.toLowerCase();
  if (!/^[a-z0-9][a-z0-9._-]{2,99}$/.test(signInName)) {
    throw new CommandError('A sign-in name has 3 to 100 letters, digits, dots and hyphens.');
  }
  const password = inventPassword();
  const { hash: passwordHash } = await new Passwords(STANDARD_COST).hash(password, signInName);
  const store = new AccountsStore();
  return atDesk(url, COMMAND, async ({ tx, record }) => {
    await store.lockOperators(tx);
    const others = (await store.listOperators(tx)).filter(({ isDisabled }) => !isDisabled);
    if (others.length > 0 && !wanted.isAnother) throw refused(others.length);
    const id = newId();
    const passwordUntil = new Date(Date.now() + PASSWORD_DAYS * DAY_MS);
    const { displayName } = wanted;
    const roles = ['operator'] as const;
    await insertNew(tx, store, {
      id,
      signInName,
      passwordHash,
      passwordUntil,
      displayName,
      roles: [...roles],
      institutionId: null,
      learnerId: null,
    });
    await record({
      institutionId: null,
      subject: { kind: 'account', id },
      action: 'opened',
      after: { signInName, displayName, roles, passwordUntil, operatorsBefore: others.length },
    });
    return { id, signInName, password, passwordUntil };
  });
}

/** Also an account that is disabled has its name for good. */
async function insertNew(
  tx: EntityManager,
  store: AccountsStore,
  account: StoredAccount,
): Promise<void> {
  try {
    await store.insert(tx, account);
  } catch (error) {
    if (violatedConstraint(error) !== 'account_sign_in_name_once') throw error;
    throw new CommandError(`${account.signInName} is taken already: choose another name.`);
  }
}

function refused(count: number): CommandError {
  return new CommandError(
    `This bank has ${count} operator(s) already. Ask one of them; say --another when none of them ` +
      'can sign in any more, or when this is meant.',
  );
}
