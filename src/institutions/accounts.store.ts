import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Role } from '../platform/auth/index.js';

/** An account as stored. */
export interface StoredAccount {
  readonly id: string;
  readonly signInName: string;
  readonly passwordHash: string;
  readonly displayName: string;
  readonly roles: Role[];
  readonly institutionId: string | null;
  readonly learnerId: string | null;
}

const COLUMNS = `a.id, a.sign_in_name AS "signInName", a.password_hash AS "passwordHash",
  a.display_name AS "displayName", a.roles, a.institution_id AS "institutionId",
  a.learner_id AS "learnerId"`;

/** Not disabled, and not of an institution that is suspended. */
const USABLE = `a.disabled_at IS NULL AND (i.id IS NULL OR i.status = 'active')`;

/** SQL of accounts and sessions. */
@Injectable()
export class AccountsStore {
  async insert(tx: EntityManager, account: StoredAccount): Promise<void> {
    await tx.query(
      `INSERT INTO account
         (id, sign_in_name, password_hash, display_name, roles, institution_id, learner_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [
        account.id,
        account.signInName,
        account.passwordHash,
        account.displayName,
        account.roles,
        account.institutionId,
        account.learnerId,
      ],
    );
  }

  async findUsableByName(
    tx: EntityManager,
    signInName: string,
  ): Promise<StoredAccount | undefined> {
    const rows = await tx.query<StoredAccount[]>(
      `SELECT ${COLUMNS} FROM account a LEFT JOIN institution i ON i.id = a.institution_id
       WHERE a.sign_in_name = $1 AND ${USABLE}`,
      [signInName],
    );
    return rows[0];
  }

  async insertSession(
    tx: EntityManager,
    session: { tokenHash: Buffer; accountId: string; expiresAt: Date },
  ): Promise<void> {
    await tx.query(`INSERT INTO session (token_hash, account_id, expires_at) VALUES ($1, $2, $3)`, [
      session.tokenHash,
      session.accountId,
      session.expiresAt,
    ]);
  }

  /** The account behind a session that still runs. */
  async findBySession(tx: EntityManager, tokenHash: Buffer): Promise<StoredAccount | undefined> {
    const rows = await tx.query<StoredAccount[]>(
      `SELECT ${COLUMNS} FROM session s JOIN account a ON a.id = s.account_id
         LEFT JOIN institution i ON i.id = a.institution_id
       WHERE s.token_hash = $1 AND s.ended_at IS NULL AND s.expires_at > now() AND ${USABLE}`,
      [tokenHash],
    );
    return rows[0];
  }

  async endSession(tx: EntityManager, tokenHash: Buffer): Promise<void> {
    await tx.query(
      `UPDATE session SET ended_at = now() WHERE token_hash = $1 AND ended_at IS NULL`,
      [tokenHash],
    );
  }
}
