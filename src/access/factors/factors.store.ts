import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

/** Which second factors an account has. */
export interface FactorsOfAccount {
  readonly hasOneTimeCode: boolean;
  readonly passkeys: number;
  readonly recoveryCodesLeft: number;
}

/** The secret of one-time codes as stored. */
export interface StoredOneTimeCode {
  readonly wrappedKey: Buffer;
  readonly secretSealed: Buffer;
  readonly confirmedAt: Date | null;
}

/** SQL of one-time codes and recovery codes. */
@Injectable()
export class FactorsStore {
  async summary(tx: EntityManager, accountId: string): Promise<FactorsOfAccount> {
    const [row] = await tx.query<[FactorsOfAccount]>(
      `SELECT EXISTS (SELECT 1 FROM one_time_code_factor
                       WHERE account_id = $1 AND confirmed_at IS NOT NULL) AS "hasOneTimeCode",
              (SELECT count(*)::int FROM passkey WHERE account_id = $1) AS passkeys,
              (SELECT count(*)::int FROM recovery_code
                WHERE account_id = $1 AND used_at IS NULL) AS "recoveryCodesLeft"`,
      [accountId],
    );
    return row;
  }

  async findOneTimeCode(
    tx: EntityManager,
    accountId: string,
  ): Promise<StoredOneTimeCode | undefined> {
    const rows = await tx.query<StoredOneTimeCode[]>(
      `SELECT wrapped_key AS "wrappedKey", secret_sealed AS "secretSealed",
              confirmed_at AS "confirmedAt"
         FROM one_time_code_factor WHERE account_id = $1`,
      [accountId],
    );
    return rows[0];
  }

  /** Puts a new secret in place of one that was never confirmed; false when there is a confirmed. */
  async offerOneTimeCode(
    tx: EntityManager,
    accountId: string,
    { wrappedKey, secretSealed }: Omit<StoredOneTimeCode, 'confirmedAt'>,
  ): Promise<boolean> {
    const rows = await tx.query<unknown[]>(
      `INSERT INTO one_time_code_factor AS f (account_id, wrapped_key, secret_sealed)
       VALUES ($1, $2, $3)
       ON CONFLICT (account_id) DO UPDATE
         SET wrapped_key = EXCLUDED.wrapped_key, secret_sealed = EXCLUDED.secret_sealed,
             last_step = 0, created_at = now()
       WHERE f.confirmed_at IS NULL RETURNING 1`,
      [accountId, wrappedKey, secretSealed],
    );
    return rows.length > 0;
  }

  /** Uses a step up, once; false when this one or a later one was used. */
  async useStep(tx: EntityManager, accountId: string, step: number): Promise<boolean> {
    const [, used] = await tx.query<[unknown, number]>(
      `UPDATE one_time_code_factor SET last_step = $2, confirmed_at = coalesce(confirmed_at, now())
        WHERE account_id = $1 AND last_step < $2`,
      [accountId, step],
    );
    return used > 0;
  }

  async removeOneTimeCode(tx: EntityManager, accountId: string): Promise<boolean> {
    const [, removed] = await tx.query<[unknown, number]>(
      'DELETE FROM one_time_code_factor WHERE account_id = $1 AND confirmed_at IS NOT NULL',
      [accountId],
    );
    return removed > 0;
  }

  /** Takes everything away that an account has besides its password. */
  async removeAll(tx: EntityManager, accountId: string): Promise<void> {
    for (const table of ['one_time_code_factor', 'recovery_code', 'passkey', 'passkey_challenge']) {
      await tx.query(`DELETE FROM ${table} WHERE account_id = $1`, [accountId]);
    }
  }

  /** Replaces all recovery codes of an account. */
  async replaceRecoveryCodes(
    tx: EntityManager,
    accountId: string,
    hashes: readonly Buffer[],
  ): Promise<void> {
    await tx.query('DELETE FROM recovery_code WHERE account_id = $1', [accountId]);
    await tx.query(
      'INSERT INTO recovery_code (account_id, code_hash) SELECT $1, unnest($2::bytea[])',
      [accountId, hashes],
    );
  }

  /** True for the one request that used the code up. */
  async useRecoveryCode(tx: EntityManager, accountId: string, hash: Buffer): Promise<boolean> {
    const [, used] = await tx.query<[unknown, number]>(
      `UPDATE recovery_code SET used_at = now()
        WHERE account_id = $1 AND code_hash = $2 AND used_at IS NULL`,
      [accountId, hash],
    );
    return used > 0;
  }
}
