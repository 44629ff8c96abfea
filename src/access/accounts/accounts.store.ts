import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Role } from '../../platform/auth/index.js';
import type { Member, StoredAccount } from './account.js';

/** Columns of an account that stands in a statement as `a`. */
export const ACCOUNT_COLUMNS = `a.id, a.sign_in_name AS "signInName",
  a.password_hash AS "passwordHash", a.password_until AS "passwordUntil",
  a.display_name AS "displayName", a.roles,
  a.institution_id AS "institutionId", a.learner_id AS "learnerId",
  (SELECT p.one_with FROM learner_person p
    WHERE p.bucket = bucket_of(a.learner_id) AND p.learner_id = a.learner_id) AS selves`;

/** Joins the institution `i` of the account `a`, and lets only what may sign in pass. */
export const INSTITUTION_OF_ACCOUNT = 'LEFT JOIN institution i ON i.id = a.institution_id';
export const IS_USABLE = `a.disabled_at IS NULL AND (i.id IS NULL OR i.status = 'active')`;

const MEMBER_COLUMNS = `a.id, a.sign_in_name AS "signInName", a.display_name AS "displayName", a.roles,
  a.created_at AS "createdAt", a.disabled_at AS "disabledAt"`;

/** SQL of accounts. */
@Injectable()
export class AccountsStore {
  async insert(tx: EntityManager, account: StoredAccount): Promise<void> {
    await tx.query(
      `INSERT INTO account
         (id, sign_in_name, password_hash, display_name, roles, institution_id, learner_id,
          password_until)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        account.id,
        account.signInName,
        account.passwordHash,
        account.displayName,
        account.roles,
        account.institutionId,
        account.learnerId,
        account.passwordUntil,
      ],
    );
  }

  /** How a learner signs in; null for who never opened an account to sign in with. */
  async findOfLearner(
    tx: EntityManager,
    learnerId: string,
  ): Promise<{ signInName: string; createdAt: Date } | null> {
    const rows = await tx.query<{ signInName: string; createdAt: Date }[]>(
      'SELECT sign_in_name AS "signInName", created_at AS "createdAt" FROM account WHERE learner_id = $1',
      [learnerId],
    );
    return rows[0] ?? null;
  }

  /** Locks the account of a learner, and says whether there is some way to sign in with it. */
  async lockOfLearner(
    tx: EntityManager,
    learnerId: string,
  ): Promise<{ id: string; canSignIn: boolean } | undefined> {
    const rows = await tx.query<{ id: string; canSignIn: boolean }[]>(
      `SELECT a.id, a.disabled_at IS NOT NULL OR a.password_hash IS NOT NULL
              OR EXISTS (SELECT FROM passkey p WHERE p.account_id = a.id)
              OR EXISTS (SELECT FROM provider_identity i WHERE i.account_id = a.id) AS "canSignIn"
         FROM account a WHERE a.learner_id = $1 FOR UPDATE OF a`,
      [learnerId],
    );
    return rows[0];
  }

  /** Gives an account that nobody can sign in with another name and a password. */
  async rename(
    tx: EntityManager,
    account: Pick<StoredAccount, 'id' | 'signInName' | 'passwordHash'>,
  ): Promise<void> {
    await tx.query(
      `UPDATE account SET sign_in_name = $2, display_name = $2, password_hash = $3,
              password_changed_at = now(), password_until = NULL
        WHERE id = $1`,
      [account.id, account.signInName, account.passwordHash],
    );
  }

  /** An account that may sign in: not disabled, not of an institution that is suspended. */
  findUsableByName(tx: EntityManager, signInName: string): Promise<StoredAccount | undefined> {
    return this.#findUsable(tx, 'a.sign_in_name = $1', signInName);
  }

  findUsableById(tx: EntityManager, id: string): Promise<StoredAccount | undefined> {
    return this.#findUsable(tx, 'a.id = $1', id);
  }

  findUsableOfLearner(tx: EntityManager, learnerId: string): Promise<StoredAccount | undefined> {
    return this.#findUsable(tx, 'a.learner_id = $1', learnerId);
  }

  /** The accounts of an institution in the order in which they were opened. */
  listMembers(
    tx: EntityManager,
    institutionId: string,
    page: { after: string | null; limit: number },
  ): Promise<Member[]> {
    return tx.query<Member[]>(
      `SELECT ${MEMBER_COLUMNS},
              (SELECT max(s.last_seen_at) FROM session s WHERE s.account_id = a.id) AS "lastSeenAt"
         FROM account a
        WHERE a.institution_id = $1 AND ($2::uuid IS NULL OR a.id > $2) ORDER BY a.id LIMIT $3`,
      [institutionId, page.after, page.limit],
    );
  }

  /** An account of an institution, locked; undefined when it has no such account. */
  async findMember(
    tx: EntityManager,
    id: string,
    institutionId: string,
  ): Promise<Member | undefined> {
    const rows = await tx.query<Member[]>(
      `SELECT ${MEMBER_COLUMNS},
              (SELECT max(s.last_seen_at) FROM session s WHERE s.account_id = a.id) AS "lastSeenAt"
         FROM account a WHERE a.id = $1 AND a.institution_id = $2 FOR NO KEY UPDATE`,
      [id, institutionId],
    );
    return rows[0];
  }

  /** Of staff only: the name of a learner is nobody's to list. */
  listNames(
    tx: EntityManager,
    ids: readonly string[],
  ): Promise<Pick<StoredAccount, 'id' | 'displayName'>[]> {
    return tx.query(
      `SELECT id, display_name AS "displayName" FROM account
        WHERE id = ANY($1::uuid[]) AND learner_id IS NULL`,
      [ids],
    );
  }

  /** Everybody who looks after the bank, the oldest first. */
  listOperators(tx: EntityManager): Promise<
    (Pick<StoredAccount, 'id' | 'signInName' | 'displayName' | 'institutionId'> & {
      isDisabled: boolean;
    })[]
  > {
    return tx.query(
      `SELECT id, sign_in_name AS "signInName", display_name AS "displayName",
              institution_id AS "institutionId", disabled_at IS NOT NULL AS "isDisabled"
         FROM account WHERE 'operator' = ANY (roles) ORDER BY created_at, id`,
    );
  }

  /** Two who add the first operator come one after the other. */
  async lockOperators(tx: EntityManager): Promise<void> {
    await tx.query('SELECT pg_advisory_xact_lock(7203033)');
  }

  async setDisabled(tx: EntityManager, id: string, isDisabled: boolean): Promise<void> {
    await tx.query(
      `UPDATE account SET disabled_at = CASE WHEN $2 THEN coalesce(disabled_at, now()) END
        WHERE id = $1`,
      [id, isDisabled],
    );
  }

  async setRoles(tx: EntityManager, id: string, roles: readonly Role[]): Promise<void> {
    await tx.query('UPDATE account SET roles = $2 WHERE id = $1', [id, roles]);
  }

  async setPassword(tx: EntityManager, id: string, passwordHash: string): Promise<void> {
    await tx.query(
      `UPDATE account SET password_hash = $2, password_changed_at = now(), password_until = NULL
        WHERE id = $1`,
      [id, passwordHash],
    );
  }

  async #findUsable(
    tx: EntityManager,
    condition: string,
    value: string,
  ): Promise<StoredAccount | undefined> {
    const rows = await tx.query<StoredAccount[]>(
      `SELECT ${ACCOUNT_COLUMNS} FROM account a ${INSTITUTION_OF_ACCOUNT}
        WHERE ${condition} AND ${IS_USABLE}`,
      [value],
    );
    return rows[0];
  }
}
