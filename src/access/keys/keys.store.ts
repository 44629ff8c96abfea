import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Role } from '../../platform/auth/index.js';

/** A key as stored: enough to recognise it, not enough to use it. */
export interface StoredApiKey {
  readonly id: string;
  readonly institutionId: string;
  readonly secretHash: Buffer;
  readonly label: string;
  readonly roles: Role[];
  readonly expiresAt: Date;
  readonly lastUsedAt: Date | null;
}

/** SQL of API keys. */
@Injectable()
export class ApiKeysStore {
  async insert(
    tx: EntityManager,
    key: Omit<StoredApiKey, 'lastUsedAt'> & { readonly prefix: string },
  ): Promise<void> {
    await tx.query(
      `INSERT INTO api_key (id, institution_id, prefix, secret_hash, label, roles, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [key.id, key.institutionId, key.prefix, key.secretHash, key.label, key.roles, key.expiresAt],
    );
  }

  /** A key that may be used now: not expired, not revoked, of an institution that is active. */
  async findUsable(tx: EntityManager, prefix: string): Promise<StoredApiKey | undefined> {
    const rows = await tx.query<StoredApiKey[]>(
      `SELECT k.id, k.institution_id AS "institutionId", k.secret_hash AS "secretHash", k.label,
              k.roles, k.expires_at AS "expiresAt", k.last_used_at AS "lastUsedAt"
       FROM api_key k JOIN institution i ON i.id = k.institution_id
       WHERE k.prefix = $1 AND k.revoked_at IS NULL AND k.expires_at > now()
         AND i.status = 'active'`,
      [prefix],
    );
    return rows[0];
  }

  /** Writes at most once a minute: a busy key must not turn every read into an update. */
  async touch(tx: EntityManager, id: string): Promise<void> {
    await tx.query(
      `UPDATE api_key SET last_used_at = now()
       WHERE id = $1 AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute')`,
      [id],
    );
  }

  /** Prefix of the key that is now revoked; undefined when the institution has no such open key. */
  async revoke(tx: EntityManager, id: string, institutionId: string): Promise<string | undefined> {
    const [rows] = await tx.query<[{ prefix: string }[], number]>(
      `UPDATE api_key SET revoked_at = now()
       WHERE id = $1 AND institution_id = $2 AND revoked_at IS NULL RETURNING prefix`,
      [id, institutionId],
    );
    return rows[0]?.prefix;
  }
}
