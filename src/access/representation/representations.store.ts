import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { bucketOf } from '../../platform/ids/index.js';
import type {
  CounterDay,
  CounterSession,
  RepresentationWithEnd,
  StoredRepresentation,
} from './representation.js';

const SELECT = `SELECT r.id, r.learner_id AS "learnerId", r.kind, r.account_id AS "accountId",
    r.guardian_id AS "guardianId", r.acts, r.institution_id AS "institutionId",
    r.recorded_by AS "recordedBy", r.given, r.record, r.witness_id AS "witnessId",
    r.begins_at AS "beginsAt", r.ends_at AS "endsAt", e.recorded_at AS "endedAt",
    (SELECT p.one_with FROM learner_person p
      WHERE p.bucket = r.bucket AND p.learner_id = r.learner_id) AS selves
  FROM representation r
  LEFT JOIN representation_end e ON e.bucket = r.bucket AND e.representation_id = r.id`;

/** SQL of who may act for whom. INSERT and SELECT only. */
@Injectable()
export class RepresentationsStore {
  async insert(tx: EntityManager, one: StoredRepresentation): Promise<void> {
    await tx.query(
      `INSERT INTO representation (bucket, id, learner_id, kind, account_id, guardian_id, acts,
              institution_id, recorded_by, given, record, witness_id, begins_at, ends_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
      [
        bucketOf(one.id),
        one.id,
        one.learnerId,
        one.kind,
        one.accountId,
        one.guardianId,
        one.acts,
        one.institutionId,
        one.recordedBy,
        one.given,
        one.record,
        one.witnessId,
        one.beginsAt,
        one.endsAt,
      ],
    );
  }

  async find(tx: EntityManager, id: string): Promise<RepresentationWithEnd | undefined> {
    const rows = await tx.query<RepresentationWithEnd[]>(
      `${SELECT} WHERE r.bucket = $1 AND r.id = $2`,
      [bucketOf(id), id],
    );
    return rows[0];
  }

  /** Everybody who acted or may act for a learner, newest first. */
  listOfLearner(tx: EntityManager, learnerId: string): Promise<RepresentationWithEnd[]> {
    return tx.query(
      `${SELECT} WHERE r.bucket = $1 AND r.learner_id = $2 ORDER BY r.begins_at DESC, r.id DESC`,
      [bucketOf(learnerId), learnerId],
    );
  }

  /** For whom a guardian acted or may act, newest first. */
  listOfGuardian(tx: EntityManager, guardianId: string): Promise<RepresentationWithEnd[]> {
    return tx.query(`${SELECT} WHERE r.guardian_id = $1 ORDER BY r.begins_at DESC, r.id DESC`, [
      guardianId,
    ]);
  }

  /** Sessions at the counters of an office that began within a day, newest first. */
  listOfCounters(tx: EntityManager, day: CounterDay): Promise<CounterSession[]> {
    const { institutionId, accountId, from, to, before, limit } = day;
    return tx.query(
      `SELECT s.*, a.display_name AS "clerkName" FROM (${SELECT}
         WHERE r.kind = 'counter' AND r.institution_id = $1 AND r.begins_at >= $2 AND r.begins_at < $3
           AND ($4::uuid IS NULL OR r.account_id = $4)
           AND ($5::timestamptz IS NULL OR (r.begins_at, r.id) < ($5, $6::uuid))) s
       LEFT JOIN account a ON a.id = s."accountId"
       ORDER BY s."beginsAt" DESC, s.id DESC LIMIT $7`,
      [institutionId, from, to, accountId, before?.at ?? null, before?.id ?? null, limit],
    );
  }

  /** Ends one before its time; ending it again changes nothing. */
  async end(
    tx: EntityManager,
    id: string,
    by: { actor: string; institutionId: string | null; at: Date },
  ): Promise<void> {
    await tx.query(
      `INSERT INTO representation_end (bucket, representation_id, actor, institution_id, recorded_at)
       VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
      [bucketOf(id), id, by.actor, by.institutionId, by.at],
    );
  }
}
