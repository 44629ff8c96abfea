import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Role } from '../platform/auth/index.js';
import type { Institution, InstitutionKind, NewInstitution } from './institution.js';

interface InstitutionRow {
  readonly id: string;
  readonly code: string;
  readonly kind: InstitutionKind;
  readonly name_zh: string;
  readonly name_en: string;
  readonly region: string;
  readonly status: Institution['status'];
}

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

const COLUMNS = 'id, code, kind, name_zh, name_en, region, status';

/** SQL of institutions and their API keys. */
@Injectable()
export class InstitutionsStore {
  async insert(tx: EntityManager, id: string, institution: NewInstitution): Promise<Institution> {
    const { code, kind, name, region } = institution;
    const rows = await tx.query<InstitutionRow[]>(
      `INSERT INTO institution (id, code, kind, name_zh, name_en, region)
       VALUES ($1, $2, $3, $4, $5, $6) RETURNING ${COLUMNS}`,
      [id, code, kind, name.zh, name.en, region],
    );
    return toInstitution(rows[0] as InstitutionRow);
  }

  async findById(tx: EntityManager, id: string): Promise<Institution | undefined> {
    const rows = await tx.query<InstitutionRow[]>(
      `SELECT ${COLUMNS} FROM institution WHERE id = $1`,
      [id],
    );
    return rows[0] && toInstitution(rows[0]);
  }

  async findByCode(tx: EntityManager, code: string): Promise<Institution | undefined> {
    const rows = await tx.query<InstitutionRow[]>(
      `SELECT ${COLUMNS} FROM institution WHERE code = $1`,
      [code],
    );
    return rows[0] && toInstitution(rows[0]);
  }

  async list(tx: EntityManager): Promise<Institution[]> {
    const rows = await tx.query<InstitutionRow[]>(
      `SELECT ${COLUMNS} FROM institution ORDER BY code`,
    );
    return rows.map(toInstitution);
  }

  async listAfter(
    tx: EntityManager,
    page: { after: string; kind: InstitutionKind | null; limit: number },
  ): Promise<Institution[]> {
    const rows = await tx.query<InstitutionRow[]>(
      `SELECT ${COLUMNS} FROM institution
       WHERE code > $1 AND ($2::text IS NULL OR kind = $2) ORDER BY code LIMIT $3`,
      [page.after, page.kind, page.limit],
    );
    return rows.map(toInstitution);
  }

  async insertKey(
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
  async findUsableKey(tx: EntityManager, prefix: string): Promise<StoredApiKey | undefined> {
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
  async touchKey(tx: EntityManager, id: string): Promise<void> {
    await tx.query(
      `UPDATE api_key SET last_used_at = now()
       WHERE id = $1 AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute')`,
      [id],
    );
  }

  /** Prefix of the key that is now revoked; undefined when the institution has no such open key. */
  async revokeKey(
    tx: EntityManager,
    id: string,
    institutionId: string,
  ): Promise<string | undefined> {
    const [rows] = await tx.query<[{ prefix: string }[], number]>(
      `UPDATE api_key SET revoked_at = now()
       WHERE id = $1 AND institution_id = $2 AND revoked_at IS NULL RETURNING prefix`,
      [id, institutionId],
    );
    return rows[0]?.prefix;
  }
}

function toInstitution(row: InstitutionRow): Institution {
  const { id, code, kind, region, status } = row;
  return { id, code, kind, name: { zh: row.name_zh, en: row.name_en }, region, status };
}
