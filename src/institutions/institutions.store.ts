import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type {
  Institution,
  InstitutionKind,
  InstitutionRights,
  NewInstitution,
  PenaltySpan,
  Tier,
} from './institution.js';

const COLUMNS = `id, code, kind, tier, parent_id AS "parentId",
  json_build_object('zh', name_zh, 'en', name_en) AS name, region, status,
  awards, registers, recognises, standings`;

/** What a list is narrowed to; null narrows nothing. `limit` counts the row that tells of more. */
export interface InstitutionFilter {
  readonly after: string;
  readonly kind: InstitutionKind | null;
  readonly tier: Tier | null;
  readonly parentId: string | null;
  readonly limit: number;
}

/** What the authority lays down for an institution. */
export type Placement = Pick<Institution, 'tier' | 'parentId'> & InstitutionRights;

/**
 * SQL of institutions. What they may post is judged from memory, together with the catalogue: every
 * change here renews the mark by which processes know that their copy is old.
 */
@Injectable()
export class InstitutionsStore {
  async insert(
    tx: EntityManager,
    id: string,
    institution: NewInstitution & Placement,
  ): Promise<Institution> {
    const { code, kind, tier, parentId, name, region } = institution;
    const rows = await tx.query<Institution[]>(
      `INSERT INTO institution
         (id, code, kind, tier, parent_id, name_zh, name_en, region, awards, registers, recognises)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING ${COLUMNS}`,
      [
        id,
        code,
        kind,
        tier,
        parentId,
        name.zh,
        name.en,
        region,
        institution.awards,
        institution.registers,
        institution.recognises,
      ],
    );
    await this.#renewCopies(tx);
    return rows[0] as Institution;
  }

  async findById(tx: EntityManager, id: string): Promise<Institution | undefined> {
    const rows = await tx.query<Institution[]>(`SELECT ${COLUMNS} FROM institution WHERE id = $1`, [
      id,
    ]);
    return rows[0];
  }

  /** Locks the institution against other changes of it; what only refers to it goes on. */
  async findLocked(tx: EntityManager, id: string): Promise<Institution | undefined> {
    const rows = await tx.query<Institution[]>(
      `SELECT ${COLUMNS} FROM institution WHERE id = $1 FOR NO KEY UPDATE`,
      [id],
    );
    return rows[0];
  }

  async findByCode(tx: EntityManager, code: string): Promise<Institution | undefined> {
    const rows = await tx.query<Institution[]>(
      `SELECT ${COLUMNS} FROM institution WHERE code = $1`,
      [code],
    );
    return rows[0];
  }

  list(tx: EntityManager): Promise<Institution[]> {
    return tx.query<Institution[]>(`SELECT ${COLUMNS} FROM institution ORDER BY code`);
  }

  listAfter(tx: EntityManager, page: InstitutionFilter): Promise<Institution[]> {
    return tx.query<Institution[]>(
      `SELECT ${COLUMNS} FROM institution
        WHERE code > $1 AND ($2::text IS NULL OR kind = $2) AND ($3::text IS NULL OR tier = $3)
          AND ($4::uuid IS NULL OR parent_id = $4)
        ORDER BY code LIMIT $5`,
      [page.after, page.kind, page.tier, page.parentId, page.limit],
    );
  }

  /** The caller holds the lock of {@link findLocked}. */
  async place(tx: EntityManager, id: string, placement: Placement): Promise<void> {
    const { tier, parentId, awards, registers, recognises } = placement;
    await tx.query(
      `UPDATE institution SET tier = $2, parent_id = $3, awards = $4, registers = $5,
              recognises = $6 WHERE id = $1`,
      [id, tier, parentId, awards, registers, recognises],
    );
    await this.#renewCopies(tx);
  }

  /** The caller holds the lock of {@link findLocked}. */
  async setStatus(tx: EntityManager, id: string, status: Institution['status']): Promise<void> {
    await tx.query('UPDATE institution SET status = $2 WHERE id = $1', [id, status]);
    await this.#renewCopies(tx);
  }

  /** The caller holds the lock of {@link findLocked}. */
  async setStandings(
    tx: EntityManager,
    id: string,
    standings: readonly PenaltySpan[],
  ): Promise<void> {
    await tx.query('UPDATE institution SET standings = $2 WHERE id = $1', [
      id,
      JSON.stringify(standings),
    ]);
    await this.#renewCopies(tx);
  }

  /** Whether any institution belongs to this one. */
  async hasMembers(tx: EntityManager, id: string): Promise<boolean> {
    const rows = await tx.query<unknown[]>(
      'SELECT 1 FROM institution WHERE parent_id = $1 LIMIT 1',
      [id],
    );
    return rows.length > 0;
  }

  async #renewCopies(tx: EntityManager): Promise<void> {
    await tx.query('UPDATE catalogue_revision SET revision = gen_random_uuid()');
  }
}
