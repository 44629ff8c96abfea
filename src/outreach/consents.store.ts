import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { bucketOf } from '../platform/ids/index.js';

/** What a guardian agreed to. */
export interface OutreachConsent {
  readonly id: string;
  readonly learnerId: string;
  /** The school of the child. */
  readonly institutionId: string;
  readonly guardianshipId: string;
  /** Id of the account that gave or recorded it. */
  readonly actor: string;
  /** Where the signed paper is kept; null when the guardian was signed in, or after an erasure. */
  readonly record: string | null;
  readonly createdAt: Date;
  readonly endsAt: Date;
}

/** One with what became of it. */
export interface OutreachConsentWithEnd extends OutreachConsent {
  readonly withdrawnAt: Date | null;
}

const SELECT = `SELECT c.id, c.learner_id AS "learnerId", c.institution_id AS "institutionId",
    c.guardianship_id AS "guardianshipId", c.actor, c.record, c.created_at AS "createdAt",
    c.ends_at AS "endsAt", e.recorded_at AS "withdrawnAt"
  FROM outreach_consent c
  LEFT JOIN outreach_consent_end e ON e.bucket = c.bucket AND e.consent_id = c.id`;

/** SQL of guardians' consents. INSERT and SELECT only. */
@Injectable()
export class OutreachConsentsStore {
  async insert(tx: EntityManager, consent: OutreachConsent): Promise<void> {
    await tx.query(
      `INSERT INTO outreach_consent (bucket, id, learner_id, institution_id, guardianship_id, actor,
              record, created_at, ends_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        bucketOf(consent.learnerId),
        consent.id,
        consent.learnerId,
        consent.institutionId,
        consent.guardianshipId,
        consent.actor,
        consent.record,
        consent.createdAt,
        consent.endsAt,
      ],
    );
  }

  /** Withdraws one; withdrawing it again changes nothing. */
  async end(
    tx: EntityManager,
    { id, learnerId }: Pick<OutreachConsent, 'id' | 'learnerId'>,
    by: { actor: string; institutionId: string | null; at: Date },
  ): Promise<void> {
    await tx.query(
      `INSERT INTO outreach_consent_end (bucket, consent_id, actor, institution_id, recorded_at)
       VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
      [bucketOf(learnerId), id, by.actor, by.institutionId, by.at],
    );
  }

  async find(tx: EntityManager, id: string): Promise<OutreachConsentWithEnd | undefined> {
    const rows = await tx.query<OutreachConsentWithEnd[]>(
      `${SELECT} WHERE c.bucket = $1 AND c.id = $2`,
      [bucketOf(id), id],
    );
    return rows[0];
  }

  /** All about some accounts, the newest first. */
  listOfLearners(
    tx: EntityManager,
    learnerIds: readonly string[],
  ): Promise<OutreachConsentWithEnd[]> {
    return tx.query<OutreachConsentWithEnd[]>(
      `${SELECT} WHERE (c.bucket, c.learner_id) IN
         (SELECT * FROM unnest($1::smallint[], $2::uuid[]))
        ORDER BY c.created_at DESC, c.id DESC`,
      [learnerIds.map(bucketOf), learnerIds],
    );
  }

  /** Of one school, the newest first, behind `after`. */
  listOfInstitution(
    tx: EntityManager,
    institutionId: string,
    { after, limit }: { after: [string, string] | null; limit: number },
  ): Promise<OutreachConsentWithEnd[]> {
    return tx.query<OutreachConsentWithEnd[]>(
      `${SELECT} WHERE c.institution_id = $1 AND ($2::timestamptz IS NULL OR
          (date_trunc('milliseconds', c.created_at), c.id) < ($2, $3::uuid))
        ORDER BY date_trunc('milliseconds', c.created_at) DESC, c.id DESC LIMIT $4`,
      [institutionId, ...(after ?? [null, null]), limit],
    );
  }

  /** How many pupils have a standing record of each form that was completed in a span of days. */
  countPupils(
    tx: EntityManager,
    institutionId: string,
    { from, to }: { from: string; to: string },
  ): Promise<{ form: string; pupils: number }[]> {
    return tx.query<{ form: string; pupils: number }[]>(
      `SELECT d.form, count(DISTINCT o.learner_id)::int AS pupils
         FROM learning_outcome o JOIN outcome_definition d ON d.id = o.definition_id
        WHERE o.institution_id = $1 AND d.kind = 'pupil-record'
          AND o.completed_on BETWEEN left($2, length(o.completed_on))
                                 AND left($3, length(o.completed_on))
          AND coalesce((SELECT r.action FROM outcome_revocation r
                         WHERE r.bucket = o.bucket AND r.learner_id = o.learner_id
                           AND r.lot_id = o.lot_id ORDER BY r.seq DESC LIMIT 1), '') <> 'revoke'
        GROUP BY d.form`,
      [institutionId, from, to],
    );
  }
}
