import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Grant } from '#libs/rules';
import { bucketOf } from '../platform/ids/index.js';
import type { Application, BookedGrant, RecordedFinding, StoredDecision } from './application.js';

interface DecisionRow {
  application_id: string;
  seq: number;
  document: string;
  hash: Buffer;
  rule_hash: Buffer;
  facts_sealed: Buffer;
  recorded_at: Date;
}

interface FindingRow {
  id: string;
  learner_id: string;
  programme: string;
  lot_id: string;
  course: string | null;
  what: string;
  value: string;
  institution_id: string;
  actor: string;
  recorded_at: Date;
}

/** A decision that was not booked yet, with whose and for what it is. */
export interface OpenDecision {
  readonly learnerId: string;
  readonly applicationId: string;
  readonly programme: string;
  readonly document: string;
}

const DECISION = 'application_id, seq, document, hash, rule_hash, facts_sealed, recorded_at';

/** All SQL of decisions, booked grants and findings. INSERT and SELECT only. */
@Injectable()
export class DecisionsStore {
  /** The caller holds the application's lock, so the number is free. */
  async insertDecision(
    tx: EntityManager,
    decision: Omit<StoredDecision, 'seq' | 'recordedAt'>,
  ): Promise<void> {
    await tx.query(
      `INSERT INTO decision (bucket, application_id, seq, document, hash, rule_hash, facts_sealed)
       SELECT $1, $2, coalesce(max(seq) + 1, 0), $3, $4, $5, $6
         FROM decision WHERE bucket = $1 AND application_id = $2`,
      [
        bucketOf(decision.applicationId),
        decision.applicationId,
        decision.document,
        decision.hash,
        decision.ruleHash,
        decision.factsSealed,
      ],
    );
  }

  async findLatest(tx: EntityManager, applicationId: string): Promise<StoredDecision | undefined> {
    const rows = await tx.query<DecisionRow[]>(
      `SELECT ${DECISION} FROM decision WHERE bucket = $1 AND application_id = $2
        ORDER BY seq DESC LIMIT 1`,
      [bucketOf(applicationId), applicationId],
    );
    return rows.map(toDecision)[0];
  }

  /** Every decision of the applications, newest first. */
  async listAll(tx: EntityManager, applicationIds: readonly string[]): Promise<StoredDecision[]> {
    const rows = await tx.query<DecisionRow[]>(
      `SELECT ${DECISION} FROM decision
        WHERE (bucket, application_id) IN (SELECT * FROM unnest($1::smallint[], $2::uuid[]))
        ORDER BY application_id, seq DESC`,
      [applicationIds.map(bucketOf), applicationIds],
    );
    return rows.map(toDecision);
  }

  /** The rule version that the newest decision of each application quotes, by application. */
  async listRuleHashes(
    tx: EntityManager,
    applicationIds: readonly string[],
  ): Promise<Map<string, string>> {
    const rows = await tx.query<{ application_id: string; rule_hash: string }[]>(
      `SELECT DISTINCT ON (application_id) application_id, encode(rule_hash, 'hex') AS rule_hash
         FROM decision
        WHERE (bucket, application_id) IN (SELECT * FROM unnest($1::smallint[], $2::uuid[]))
        ORDER BY application_id, seq DESC`,
      [applicationIds.map(bucketOf), applicationIds],
    );
    return new Map(rows.map((row) => [row.application_id, row.rule_hash]));
  }

  /**
   * The newest decision of every application of some learners that is neither booked nor closed:
   * what they hold may be spent any moment. On appeal, what was decided before it holds nothing.
   */
  async listOpen(tx: EntityManager, learnerIds: readonly string[]): Promise<OpenDecision[]> {
    return tx.query(
      `SELECT DISTINCT ON (d.application_id) a.learner_id AS "learnerId",
              d.application_id AS "applicationId", a.programme, d.document
         FROM application a JOIN decision d ON d.bucket = a.bucket AND d.application_id = a.id
         LEFT JOIN application_appeal p ON p.bucket = a.bucket AND p.application_id = a.id
        WHERE (a.bucket, a.learner_id) IN (SELECT * FROM unnest($1::smallint[], $2::uuid[]))
          AND (a.state IN ('in-review', 'evaluating')
               OR (a.state = 'appealed' AND d.seq > p.after_seq))
        ORDER BY d.application_id, d.seq DESC`,
      [learnerIds.map(bucketOf), learnerIds],
    );
  }

  async insertGrants(
    tx: EntityManager,
    application: Application,
    grants: readonly { grant: Grant; document: string; millicredits: bigint }[],
  ): Promise<void> {
    await tx.query(
      `INSERT INTO booked_grant (bucket, application_id, pos, learner_id, programme, rule, effect,
         course, millicredits, document)
       SELECT $1, $2, ord - 1, $3, $4, rule, effect, course, millicredits, document
         FROM unnest($5::text[], $6::text[], $7::text[], $8::bigint[], $9::text[])
           WITH ORDINALITY AS g(rule, effect, course, millicredits, document, ord)`,
      [
        bucketOf(application.id),
        application.id,
        application.learnerId,
        application.programme,
        grants.map(({ grant }) => grant.rule),
        grants.map(({ grant }) => grant.effect),
        grants.map(({ grant }) => grant.course),
        grants.map(({ millicredits }) => millicredits.toString()),
        grants.map(({ document }) => document),
      ],
    );
  }

  /** Marks everything that an application gave as reversed by a revocation. */
  async insertReversals(
    tx: EntityManager,
    { id, learnerId }: Pick<Application, 'id' | 'learnerId'>,
    revocationId: string,
  ): Promise<void> {
    await tx.query(
      `INSERT INTO booked_grant_reversal (bucket, application_id, pos, learner_id, revocation_id)
       SELECT bucket, application_id, pos, $3, $4 FROM booked_grant
        WHERE bucket = $1 AND application_id = $2 ORDER BY pos`,
      [bucketOf(id), id, learnerId, revocationId],
    );
  }

  /** Applications of a learner that a revocation reversed. */
  async listReversed(
    tx: EntityManager,
    learnerId: string,
    revocationId: string,
  ): Promise<string[]> {
    const rows = await tx.query<{ application_id: string }[]>(
      `SELECT DISTINCT application_id FROM booked_grant_reversal
        WHERE bucket = $1 AND learner_id = $2 AND revocation_id = $3 ORDER BY application_id`,
      [bucketOf(learnerId), learnerId, revocationId],
    );
    return rows.map((row) => row.application_id);
  }

  /** Everything granted and booked to some learners that was not reversed since, oldest first. */
  async listGrants(
    tx: EntityManager,
    learnerIds: readonly string[],
  ): Promise<(BookedGrant & { readonly learnerId: string })[]> {
    const rows = await tx.query<
      { learner_id: string; application_id: string; programme: string; document: string }[]
    >(
      `SELECT learner_id, application_id, programme, document FROM booked_grant g
        WHERE (bucket, learner_id) IN (SELECT * FROM unnest($1::smallint[], $2::uuid[]))
          AND NOT EXISTS (
            SELECT 1 FROM booked_grant_reversal r WHERE r.bucket = g.bucket
               AND r.application_id = g.application_id AND r.pos = g.pos)
        ORDER BY recorded_at, application_id, pos`,
      [learnerIds.map(bucketOf), learnerIds],
    );
    return rows.map((row) => ({
      learnerId: row.learner_id,
      applicationId: row.application_id,
      programme: row.programme,
      grant: JSON.parse(row.document) as Grant,
    }));
  }

  async insertFinding(
    tx: EntityManager,
    finding: Omit<RecordedFinding, 'recordedAt'>,
  ): Promise<RecordedFinding> {
    const rows = await tx.query<FindingRow[]>(
      `INSERT INTO finding (bucket, learner_id, id, programme, lot_id, course, what, value,
         institution_id, actor)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING *`,
      [
        bucketOf(finding.learnerId),
        finding.learnerId,
        finding.id,
        finding.programme,
        finding.lotId,
        finding.course,
        finding.what,
        finding.value,
        finding.actor.institutionId,
        finding.actor.id,
      ],
    );
    return toFinding(rows[0] as FindingRow);
  }

  /** What counts today: the newest finding about each outcome, course and question. */
  async listFindings(
    tx: EntityManager,
    learnerIds: readonly string[],
    programme: string,
  ): Promise<RecordedFinding[]> {
    const rows = await tx.query<FindingRow[]>(
      `SELECT DISTINCT ON (bucket, learner_id, lot_id, course, what) * FROM finding
        WHERE (bucket, learner_id) IN (SELECT * FROM unnest($1::smallint[], $2::uuid[]))
          AND programme = $3
        ORDER BY bucket, learner_id, lot_id, course, what, recorded_at DESC, id DESC`,
      [learnerIds.map(bucketOf), learnerIds, programme],
    );
    return rows.map(toFinding);
  }
}

function toDecision(row: DecisionRow): StoredDecision {
  return {
    applicationId: row.application_id,
    seq: row.seq,
    document: row.document,
    hash: row.hash,
    ruleHash: row.rule_hash,
    factsSealed: row.facts_sealed,
    recordedAt: row.recorded_at,
  };
}

function toFinding(row: FindingRow): RecordedFinding {
  return {
    id: row.id,
    learnerId: row.learner_id,
    programme: row.programme,
    lotId: row.lot_id,
    course: row.course,
    what: row.what,
    value: row.value,
    actor: { id: row.actor, institutionId: row.institution_id },
    recordedAt: row.recorded_at,
  };
}
