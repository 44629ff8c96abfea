import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Demerit } from './demerit.js';

const COLUMNS = `id, institution_id AS "institutionId", outcome, kind, offence, points, reverses,
  counts_from::text AS "countsFrom", reason, scheme_hash AS "schemeHash", actor,
  recorded_at AS "recordedAt"`;

/** SQL of demerits. Rows are added and never changed. */
@Injectable()
export class DemeritsStore {
  async insert(tx: EntityManager, demerit: Omit<Demerit, 'recordedAt'>): Promise<Demerit> {
    const rows = await tx.query<Demerit[]>(
      `INSERT INTO demerit (id, institution_id, outcome, kind, offence, points, reverses,
         counts_from, reason, scheme_hash, actor)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING ${COLUMNS}`,
      [
        demerit.id,
        demerit.institutionId,
        demerit.outcome,
        demerit.kind,
        demerit.offence,
        demerit.points,
        demerit.reverses,
        demerit.countsFrom,
        demerit.reason,
        demerit.schemeHash,
        demerit.actor,
      ],
    );
    return rows[0] as Demerit;
  }

  /** All of an institution, the oldest first. */
  listAll(tx: EntityManager, institutionId: string): Promise<Demerit[]> {
    return tx.query<Demerit[]>(
      `SELECT ${COLUMNS} FROM demerit WHERE institution_id = $1 ORDER BY id`,
      [institutionId],
    );
  }
}
