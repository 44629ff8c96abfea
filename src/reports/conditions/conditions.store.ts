import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type DatedFigure, DatedFigures } from '../../indicators/index.js';

/** A figure of a school as it was entered. */
export interface StoredCondition extends DatedFigure {
  readonly institutionId: string;
}

/** Which standard counts for a school. */
export interface StoredStandard {
  readonly id: string;
  readonly institutionId: string;
  /** Null: none any more. */
  readonly standard: string | null;
  readonly from: string;
  readonly actor: string;
  readonly recordedAt: Date;
}

/** All SQL of school conditions. INSERT and SELECT only. */
@Injectable()
export class ConditionsStore extends DatedFigures<StoredCondition> {
  constructor() {
    super('school_condition');
  }

  async insertStandard(tx: EntityManager, one: StoredStandard): Promise<void> {
    await tx.query(
      `INSERT INTO school_standard (id, institution_id, standard, from_day, actor, recorded_at)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [one.id, one.institutionId, one.standard, one.from, one.actor, one.recordedAt],
    );
  }

  /** Of each school the standard that counts on a day. */
  async standardsInForce(tx: EntityManager, on: string): Promise<Map<string, string>> {
    const rows = await tx.query<{ institutionId: string; standard: string | null }[]>(
      `SELECT DISTINCT ON (institution_id) institution_id AS "institutionId", standard
         FROM school_standard WHERE from_day <= $1
        ORDER BY institution_id, from_day DESC, recorded_at DESC, id DESC`,
      [on],
    );
    return new Map(
      rows.flatMap(({ institutionId, standard }) =>
        standard === null ? [] : [[institutionId, standard] as const],
      ),
    );
  }
}
