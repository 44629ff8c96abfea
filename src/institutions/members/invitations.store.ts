import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Invitation } from './invitation.js';

const COLUMNS = `id, institution_id AS "institutionId", roles, label, created_by AS "createdBy",
  created_at AS "createdAt", expires_at AS "expiresAt", used_at AS "usedAt",
  withdrawn_at AS "withdrawnAt", account_id AS "accountId"`;

/** SQL of invitations. */
@Injectable()
export class InvitationsStore {
  async insert(
    tx: EntityManager,
    invitation: Omit<Invitation, 'createdAt' | 'usedAt' | 'withdrawnAt' | 'accountId'>,
    codeHash: Buffer,
  ): Promise<void> {
    const { id, institutionId, roles, label, createdBy, expiresAt } = invitation;
    await tx.query(
      `INSERT INTO invitation (id, institution_id, code_hash, roles, label, created_by, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [id, institutionId, codeHash, roles, label, createdBy, expiresAt],
    );
  }

  /** The newest first. */
  list(
    tx: EntityManager,
    institutionId: string,
    page: { before: string | null; limit: number },
  ): Promise<Invitation[]> {
    return tx.query<Invitation[]>(
      `SELECT ${COLUMNS} FROM invitation
        WHERE institution_id = $1 AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
      [institutionId, page.before, page.limit],
    );
  }

  /** Locks it: of two who come with one code, the second finds it used. */
  async findLocked(tx: EntityManager, codeHash: Buffer): Promise<Invitation | undefined> {
    const rows = await tx.query<Invitation[]>(
      `SELECT ${COLUMNS} FROM invitation WHERE code_hash = $1 FOR UPDATE`,
      [codeHash],
    );
    return rows[0];
  }

  async use(tx: EntityManager, id: string, accountId: string): Promise<void> {
    await tx.query('UPDATE invitation SET used_at = now(), account_id = $2 WHERE id = $1', [
      id,
      accountId,
    ]);
  }

  /** What was withdrawn; undefined when the institution has no such open invitation. */
  async withdraw(
    tx: EntityManager,
    id: string,
    institutionId: string,
  ): Promise<Pick<Invitation, 'label' | 'roles'> | undefined> {
    const [rows] = await tx.query<[Pick<Invitation, 'label' | 'roles'>[], number]>(
      `UPDATE invitation SET withdrawn_at = now()
        WHERE id = $1 AND institution_id = $2 AND used_at IS NULL AND withdrawn_at IS NULL
      RETURNING label, roles`,
      [id, institutionId],
    );
    return rows[0];
  }
}
