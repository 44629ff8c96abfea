import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { MissingDto } from '../conversions/index.js';
import { bucketOf } from '../platform/ids/index.js';

/** What stays of an answer: enough to ask the school about it, and for the learner to see. */
export interface StoredAnswer {
  readonly id: string;
  readonly learnerId: string;
  readonly institutionId: string;
  readonly programme: string;
  readonly on: string;
  readonly status: 'matched' | 'not-matched';
  /** Codes of the institutions that can be asked. */
  readonly schools: readonly string[];
  /** Null when nothing is missing, and when the person was erased. */
  readonly missing: MissingDto | null;
  readonly recordedAt: Date;
}

export interface NewAnswer extends StoredAnswer {
  readonly actor: string;
  readonly batchId: string | null;
  /** In hex. */
  readonly ruleHash: string;
  readonly decisionHash: string;
}

const COLUMNS = `id, learner_id AS "learnerId", institution_id AS "institutionId", programme,
  on_day::text AS "on", status, schools, missing, recorded_at AS "recordedAt"`;

/** All SQL of answers. INSERT and SELECT only. */
@Injectable()
export class AnswersStore {
  async insert(tx: EntityManager, answer: NewAnswer): Promise<void> {
    await tx.query(
      `INSERT INTO equivalence_answer (bucket, id, learner_id, institution_id, actor, batch_id,
         programme, on_day, status, rule_hash, decision_hash, missing, schools, recorded_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, decode($10, 'hex'), decode($11, 'hex'), $12, $13,
         $14)`,
      [
        bucketOf(answer.id),
        answer.id,
        answer.learnerId,
        answer.institutionId,
        answer.actor,
        answer.batchId,
        answer.programme,
        answer.on,
        answer.status,
        answer.ruleHash,
        answer.decisionHash,
        answer.missing === null ? null : JSON.stringify(answer.missing),
        answer.schools,
        answer.recordedAt,
      ],
    );
  }

  async find(tx: EntityManager, id: string): Promise<StoredAnswer | undefined> {
    const rows = await tx.query<StoredAnswer[]>(
      `SELECT ${COLUMNS} FROM equivalence_answer WHERE bucket = $1 AND id = $2`,
      [bucketOf(id), id],
    );
    return rows[0];
  }

  /** Everything that offices were told about a learner, newest first. */
  listOf(tx: EntityManager, learnerId: string): Promise<StoredAnswer[]> {
    return tx.query(
      `SELECT ${COLUMNS} FROM equivalence_answer WHERE bucket = $1 AND learner_id = $2
        ORDER BY recorded_at DESC, id DESC`,
      [bucketOf(learnerId), learnerId],
    );
  }
}
