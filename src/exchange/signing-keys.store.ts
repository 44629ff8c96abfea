import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

export interface StoredSigningKey {
  readonly id: string;
  readonly publicKey: string;
  readonly wrappedKey: Buffer;
  readonly privateSealed: Buffer;
  readonly createdAt: Date;
  readonly retiredAt: Date | null;
}

/** All SQL of signing keys. */
@Injectable()
export class SigningKeysStore {
  /** Every key there ever was, the newest first. */
  list(tx: EntityManager): Promise<StoredSigningKey[]> {
    return tx.query(
      `SELECT id, public_key AS "publicKey", wrapped_key AS "wrappedKey",
              private_sealed AS "privateSealed", created_at AS "createdAt",
              retired_at AS "retiredAt"
         FROM exchange_key ORDER BY created_at DESC, id DESC`,
    );
  }

  /** Makes whoever else makes the first key wait, until the transaction ends. */
  async lock(tx: EntityManager): Promise<void> {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('exchange-key', 0))`);
  }

  async insert(tx: EntityManager, key: StoredSigningKey): Promise<void> {
    await tx.query(
      `INSERT INTO exchange_key (id, public_key, wrapped_key, private_sealed, created_at)
       VALUES ($1, $2, $3, $4, $5)`,
      [key.id, key.publicKey, key.wrappedKey, key.privateSealed, key.createdAt],
    );
  }
}
