import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
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

const COLUMNS = 'id, code, kind, name_zh, name_en, region, status';

/** SQL of institutions. */
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
}

function toInstitution(row: InstitutionRow): Institution {
  const { id, code, kind, region, status } = row;
  return { id, code, kind, name: { zh: row.name_zh, en: row.name_en }, region, status };
}
