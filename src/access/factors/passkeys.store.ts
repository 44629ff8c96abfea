import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

/** A passkey as stored: with the public key only signatures can be checked. */
export interface StoredPasskey {
  readonly id: string;
  readonly credentialId: Buffer;
  readonly accountId: string;
  readonly publicKey: Buffer;
  /** How often the authenticator says that it has signed; 0 for those that do not count. */
  readonly signCount: number;
  readonly transports: string[];
}

export interface NewPasskey extends StoredPasskey {
  readonly isSynced: boolean;
  readonly label: string;
}

/** A passkey as its owner sees it. */
export interface OwnPasskey {
  readonly id: string;
  readonly label: string;
  readonly isSynced: boolean;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
}

const CHALLENGE_LIFE = `interval '5 minutes'`;

/** SQL of passkeys and of the challenges that they sign. */
@Injectable()
export class PasskeysStore {
  async insertChallenge(tx: EntityManager, hash: Buffer, accountId: string | null): Promise<void> {
    await tx.query('DELETE FROM passkey_challenge WHERE expires_at < now()');
    await tx.query(
      `INSERT INTO passkey_challenge (challenge_hash, account_id, expires_at)
       VALUES ($1, $2, now() + ${CHALLENGE_LIFE})`,
      [hash, accountId],
    );
  }

  /** Takes a challenge away; false when it was never given to this purpose, or was used, or is old. */
  async takeChallenge(tx: EntityManager, hash: Buffer, accountId: string | null): Promise<boolean> {
    const [rows] = await tx.query<[{ isOpen: boolean }[], number]>(
      `DELETE FROM passkey_challenge WHERE challenge_hash = $1
          AND account_id IS NOT DISTINCT FROM $2 RETURNING expires_at > now() AS "isOpen"`,
      [hash, accountId],
    );
    return rows[0]?.isOpen ?? false;
  }

  async insert(tx: EntityManager, passkey: NewPasskey): Promise<void> {
    await tx.query(
      `INSERT INTO passkey
         (id, credential_id, account_id, public_key, sign_count, transports, is_synced, label)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        passkey.id,
        passkey.credentialId,
        passkey.accountId,
        passkey.publicKey,
        passkey.signCount,
        passkey.transports,
        passkey.isSynced,
        passkey.label,
      ],
    );
  }

  async find(tx: EntityManager, credentialId: Buffer): Promise<StoredPasskey | undefined> {
    const rows = await tx.query<(StoredPasskey & { signCount: string })[]>(
      `SELECT id, credential_id AS "credentialId", account_id AS "accountId",
              public_key AS "publicKey", sign_count AS "signCount", transports
         FROM passkey WHERE credential_id = $1`,
      [credentialId],
    );
    return rows[0] && { ...rows[0], signCount: Number(rows[0].signCount) };
  }

  /**
   * Writes the authenticator's count down; false when it does not go on from the stored one, which
   * is what a copied authenticator or a replayed answer looks like.
   */
  async use(tx: EntityManager, id: string, signCount: number): Promise<boolean> {
    const [, used] = await tx.query<[unknown, number]>(
      `UPDATE passkey SET sign_count = $2, last_used_at = now()
        WHERE id = $1 AND (sign_count < $2 OR (sign_count = 0 AND $2 = 0))`,
      [id, signCount],
    );
    return used > 0;
  }

  /** The oldest first. */
  list(tx: EntityManager, accountId: string): Promise<(OwnPasskey & StoredPasskey)[]> {
    return tx.query(
      `SELECT id, label, is_synced AS "isSynced", created_at AS "createdAt",
              last_used_at AS "lastUsedAt", credential_id AS "credentialId", transports
         FROM passkey WHERE account_id = $1 ORDER BY created_at, id`,
      [accountId],
    );
  }

  /** The label of the passkey that is gone; undefined when the account has none with this id. */
  async remove(tx: EntityManager, accountId: string, id: string): Promise<string | undefined> {
    const [rows] = await tx.query<[{ label: string }[], number]>(
      'DELETE FROM passkey WHERE id = $1 AND account_id = $2 RETURNING label',
      [id, accountId],
    );
    return rows[0]?.label;
  }
}
