import { Injectable } from '@nestjs/common';
import type { JWK } from 'jose';
import type { EntityManager } from 'typeorm';
import type { Role, Scope } from '../../platform/auth/index.js';

/** A key as stored: enough to recognise it, not enough to use it. */
export interface StoredApiKey {
  readonly id: string;
  readonly institutionId: string;
  readonly prefix: string;
  /** Null for a client that signs. */
  readonly secretHash: Buffer | null;
  /** Null for a key with a secret. */
  readonly publicKey: JWK | null;
  readonly label: string;
  readonly roles: Role[];
  /** Null: all that the roles may. */
  readonly scopes: Scope[] | null;
  /** Networks as CIDR; null: from everywhere. */
  readonly addresses: string[] | null;
  readonly expiresAt: Date;
  readonly lastUsedAt: Date | null;
}

/** A key with its life, as it is shown to its institution. */
export interface ListedApiKey extends StoredApiKey {
  readonly createdAt: Date;
  readonly createdBy: string | null;
  readonly revokedAt: Date | null;
  readonly replacedBy: string | null;
}

/** A key as a command of the operator shows it; what signs is not among it. */
export interface ShownApiKey extends Omit<
  ListedApiKey,
  'institutionId' | 'prefix' | 'secretHash' | 'publicKey'
> {
  /** `cb_<prefix>`. */
  readonly clientId: string;
  /** Code of the institution. */
  readonly institution: string;
}

const COLUMNS = `k.id, k.institution_id AS "institutionId", k.prefix, k.secret_hash AS "secretHash",
  k.public_key AS "publicKey", k.label, k.roles, k.scopes, k.addresses,
  k.expires_at AS "expiresAt", k.last_used_at AS "lastUsedAt"`;

const LIFE = `k.created_at AS "createdAt", k.created_by AS "createdBy",
  k.revoked_at AS "revokedAt", k.replaced_by AS "replacedBy"`;

/** Joins the institution `i` of the key `k`, and lets only what may be used now pass. */
export const INSTITUTION_OF_KEY = 'JOIN institution i ON i.id = k.institution_id';
export const IS_USABLE_KEY = `k.revoked_at IS NULL AND k.expires_at > now() AND i.status = 'active'`;
export const KEY_COLUMNS = COLUMNS;

/** SQL of API keys. */
@Injectable()
export class ApiKeysStore {
  async insert(
    tx: EntityManager,
    key: Omit<StoredApiKey, 'lastUsedAt'> & { readonly createdBy: string | null },
  ): Promise<void> {
    await tx.query(
      `INSERT INTO api_key (id, institution_id, prefix, secret_hash, public_key, label, roles,
                            scopes, addresses, expires_at, created_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        key.id,
        key.institutionId,
        key.prefix,
        key.secretHash,
        key.publicKey,
        key.label,
        key.roles,
        key.scopes,
        key.addresses,
        key.expiresAt,
        key.createdBy,
      ],
    );
  }

  /** A key that may be used now: not expired, not revoked, of an institution that is active. */
  async findUsable(tx: EntityManager, prefix: string): Promise<StoredApiKey | undefined> {
    const rows = await tx.query<StoredApiKey[]>(
      `SELECT ${COLUMNS} FROM api_key k ${INSTITUTION_OF_KEY}
        WHERE k.prefix = $1 AND ${IS_USABLE_KEY}`,
      [prefix],
    );
    return rows[0];
  }

  /** A key that is not over, of one institution or of any, locked; undefined when there is none. */
  async findOpen(
    tx: EntityManager,
    id: string,
    institutionId: string | null = null,
  ): Promise<StoredApiKey | undefined> {
    const rows = await tx.query<StoredApiKey[]>(
      `SELECT ${COLUMNS} FROM api_key k
        WHERE k.id = $1 AND ($2::uuid IS NULL OR k.institution_id = $2)
          AND k.revoked_at IS NULL AND k.expires_at > now()
          FOR UPDATE`,
      [id, institutionId],
    );
    return rows[0];
  }

  /** The newest first. */
  list(
    tx: EntityManager,
    institutionId: string,
    page: { before: string | null; limit: number },
  ): Promise<ListedApiKey[]> {
    return tx.query<ListedApiKey[]>(
      `SELECT ${COLUMNS}, ${LIFE} FROM api_key k
        WHERE k.institution_id = $1 AND ($2::uuid IS NULL OR k.id < $2)
        ORDER BY k.id DESC LIMIT $3`,
      [institutionId, page.before, page.limit],
    );
  }

  /** Keys with the codes of their institutions, of one or of all; the newest first. */
  listShown(
    tx: EntityManager,
    { institutionId, limit }: { institutionId: string | null; limit: number },
  ): Promise<ShownApiKey[]> {
    return tx.query(
      `SELECT k.id, 'cb_' || k.prefix AS "clientId", i.code AS institution, k.label, k.roles,
              k.scopes, k.addresses, k.expires_at AS "expiresAt",
              k.last_used_at AS "lastUsedAt", ${LIFE}
         FROM api_key k ${INSTITUTION_OF_KEY}
        WHERE $1::uuid IS NULL OR k.institution_id = $1 ORDER BY k.id DESC LIMIT $2`,
      [institutionId, limit],
    );
  }

  /** The id of the institution with a code. */
  async institutionOf(tx: EntityManager, code: string): Promise<string | undefined> {
    const rows = await tx.query<{ id: string }[]>('SELECT id FROM institution WHERE code = $1', [
      code,
    ]);
    return rows[0]?.id;
  }

  /** Who made which of some keys, as far as it is known; by the id of the key. */
  async makersOf(tx: EntityManager, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const rows = await tx.query<{ id: string; maker: string }[]>(
      `SELECT id, created_by::text AS maker FROM api_key
        WHERE id = ANY($1::uuid[]) AND created_by IS NOT NULL`,
      [ids],
    );
    return new Map(rows.map(({ id, maker }) => [id, maker]));
  }

  /** Lets a key that was replaced run on for a while. */
  async replace(
    tx: EntityManager,
    id: string,
    by: { readonly id: string; readonly overlapSeconds: number },
  ): Promise<Date> {
    const [rows] = await tx.query<[{ expiresAt: Date }[], number]>(
      `UPDATE api_key SET replaced_by = $2,
              expires_at = least(expires_at, now() + make_interval(secs => $3::float8))
        WHERE id = $1 RETURNING expires_at AS "expiresAt"`,
      [id, by.id, by.overlapSeconds],
    );
    return (rows[0] as { expiresAt: Date }).expiresAt;
  }

  /** Writes at most once a minute: a busy key must not turn every read into an update. */
  async touch(tx: EntityManager, id: string): Promise<void> {
    await tx.query(
      `UPDATE api_key SET last_used_at = now()
       WHERE id = $1 AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute')`,
      [id],
    );
  }

  /** Prefix and name of the key that is now revoked; undefined when there is no such open key. */
  async revoke(
    tx: EntityManager,
    id: string,
    institutionId: string,
  ): Promise<{ prefix: string; label: string; revokedAt: Date } | undefined> {
    const [rows] = await tx.query<[{ prefix: string; label: string; revokedAt: Date }[], number]>(
      `UPDATE api_key SET revoked_at = now()
       WHERE id = $1 AND institution_id = $2 AND revoked_at IS NULL
       RETURNING prefix, label, revoked_at AS "revokedAt"`,
      [id, institutionId],
    );
    return rows[0];
  }
}
