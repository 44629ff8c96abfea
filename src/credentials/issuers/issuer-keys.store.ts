import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { IssuerId } from './issuer.js';

/** A key of an issuer, without its secret. */
export interface IssuerKey {
  readonly id: string;
  readonly number: number;
  readonly publicKey: Buffer;
  readonly createdAt: Date;
  /** Since when it signs no more; null for the one that signs. */
  readonly retiredAt: Date | null;
}

export interface SealedSeed {
  readonly wrappedKey: Buffer;
  readonly seedSealed: Buffer;
}

const COLUMNS = `id, number, public_key AS "publicKey", created_at AS "createdAt",
  retired_at AS "retiredAt"`;

/** SQL of the keys that sign credentials. */
@Injectable()
export class IssuerKeysStore {
  /** Two requests that would make the next key of an issuer meet here. */
  async lock(tx: EntityManager, issuer: IssuerId): Promise<void> {
    await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 34))', [issuer ?? 'bank']);
  }

  /** Every key of an issuer, the newest first. */
  list(tx: EntityManager, issuer: IssuerId): Promise<IssuerKey[]> {
    return tx.query<IssuerKey[]>(
      `SELECT ${COLUMNS} FROM issuer_key WHERE institution_id IS NOT DISTINCT FROM $1
        ORDER BY number DESC`,
      [issuer],
    );
  }

  async retire(tx: EntityManager, issuer: IssuerId, at: Date): Promise<void> {
    await tx.query(
      `UPDATE issuer_key SET retired_at = $2
        WHERE institution_id IS NOT DISTINCT FROM $1 AND retired_at IS NULL`,
      [issuer, at],
    );
  }

  async insert(
    tx: EntityManager,
    issuer: IssuerId,
    { key, secret }: { key: Omit<IssuerKey, 'retiredAt'>; secret: SealedSeed },
  ): Promise<void> {
    await tx.query(
      `INSERT INTO issuer_key (id, institution_id, number, public_key, created_at)
       VALUES ($1, $2, $3, $4, $5)`,
      [key.id, issuer, key.number, key.publicKey, key.createdAt],
    );
    await tx.query(
      'INSERT INTO issuer_key_secret (key_id, wrapped_key, seed_sealed) VALUES ($1, $2, $3)',
      [key.id, secret.wrappedKey, secret.seedSealed],
    );
  }

  async secretOf(tx: EntityManager, keyId: string): Promise<SealedSeed | undefined> {
    const rows = await tx.query<SealedSeed[]>(
      `SELECT wrapped_key AS "wrappedKey", seed_sealed AS "seedSealed"
         FROM issuer_key_secret WHERE key_id = $1`,
      [keyId],
    );
    return rows[0];
  }
}
