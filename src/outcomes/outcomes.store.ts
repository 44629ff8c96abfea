import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Millicredits } from '#libs/credit';
import type { DraftExemption } from '#libs/exchange';
import {
  CopyRows,
  arrayLiteral,
  copyIn,
  prepared,
  textArrayLiteral,
} from '../platform/database/index.js';
import { bucketOf } from '../platform/ids/index.js';
import type { NoCreditReason } from './completion.js';

/** A learning outcome as stored: what the institution stated, nothing more. */
export interface OutcomeRecord {
  readonly learnerId: string;
  readonly lotId: string;
  readonly definitionId: string;
  readonly institutionId: string;
  readonly externalId: string;
  readonly startedOn: string | null;
  readonly completedOn: string;
  readonly grade: string | null;
  readonly level: string | null;
  readonly minutes: bigint | null;
  /** What the institution stated, not what was deposited. */
  readonly credits: Millicredits | null;
  readonly attendancePercent: string | null;
  readonly note: string | null;
  /** As `formatCircumstances` of `#libs/indicators` writes; null when nothing was said. */
  readonly circumstances: string | null;
  readonly noCreditReason: NoCreditReason | null;
  readonly contentHash: Buffer;
  readonly salt: Buffer;
  readonly importId: string | null;
}

/** An outcome to store; what all of a batch share is said once. */
export type NewOutcome = Omit<OutcomeRecord, 'institutionId' | 'importId'>;

export interface StoredOutcome extends OutcomeRecord {
  readonly recordedAt: Date;
}

interface OutcomeRow {
  learner_id: string;
  lot_id: string;
  definition_id: string;
  institution_id: string;
  external_id: string;
  started_on: string | null;
  completed_on: string;
  grade: string | null;
  level: string | null;
  minutes: string | null;
  credit_millicredits: string | null;
  attendance_percent: string | null;
  note: string | null;
  circumstances: string | null;
  no_credit_reason: NoCreditReason | null;
  content_hash: Buffer;
  salt: Buffer;
  import_id: string | null;
  recorded_at: Date;
}

const COLUMNS = `learner_id, lot_id, definition_id, institution_id, external_id, completed_on, grade,
  level, minutes, credit_millicredits, attendance_percent, note, no_credit_reason, content_hash, salt,
  import_id, started_on, circumstances`;

/** Salts are 16 bytes, content hashes 32; an array that is null gives a column of nulls. */
const INSERT = `
  INSERT INTO learning_outcome (bucket, learner_id, lot_id, definition_id, institution_id, external_id,
         started_on, completed_on, grade, level, minutes, credit_millicredits, attendance_percent, note,
         no_credit_reason, content_hash, salt, import_id, circumstances)
  SELECT bucket, learner_id, lot_id, definition_id, $1::uuid, external_id, started_on, completed_on,
         grade, level, minutes, credits, attendance, note, reason,
         substring($3::bytea FROM (32 * ord - 31)::int FOR 32),
         substring($4::bytea FROM (16 * ord - 15)::int FOR 16), $2::uuid, circumstances
    FROM unnest($5::smallint[], $6::uuid[], $7::uuid[], $8::uuid[], $9::text[], $10::text[],
                $11::text[], $12::text[], $13::text[], $14::bigint[], $15::bigint[], $16::text[],
                $17::text[], $18::text[], $19::text[])
         WITH ORDINALITY AS o(bucket, learner_id, lot_id, definition_id, external_id, started_on,
                              completed_on, grade, level, minutes, credits, attendance, note, reason,
                              circumstances, ord)
   ORDER BY bucket, learner_id, lot_id`;

const COPIED = [
  'bucket',
  'learner_id',
  'lot_id',
  'definition_id',
  'institution_id',
  'external_id',
  'started_on',
  'completed_on',
  'grade',
  'level',
  'minutes',
  'credit_millicredits',
  'attendance_percent',
  'note',
  'no_credit_reason',
  'content_hash',
  'salt',
  'import_id',
  'circumstances',
];
/** From so many rows on COPY is cheaper: it cannot be prepared, and takes a round trip more. */
const COPY_FROM_ROWS = 50;

type Shared = Pick<OutcomeRecord, 'institutionId' | 'importId'>;

/** All SQL of learning outcomes. */
@Injectable()
export class OutcomesStore {
  /**
   * Stores outcomes of one institution whose lots the caller has just claimed: nobody else can be
   * writing the same keys, so their order is free.
   */
  async insertOutcomes(
    tx: EntityManager,
    shared: Shared,
    outcomes: readonly NewOutcome[],
  ): Promise<void> {
    if (outcomes.length < COPY_FROM_ROWS) await this.#insert(tx, shared, outcomes);
    else await copyIn(tx, `learning_outcome (${COPIED.join(', ')})`, copyRows(shared, outcomes));
  }

  async #insert(
    tx: EntityManager,
    { institutionId, importId }: Shared,
    outcomes: readonly NewOutcome[],
  ): Promise<void> {
    const ids = (of: (outcome: NewOutcome) => string | number) => arrayLiteral(outcomes.map(of));
    const texts = (of: (outcome: NewOutcome) => string | null) =>
      textArrayLiteral(outcomes.map(of));
    await prepared(tx, {
      name: 'outcomes-insert',
      text: INSERT,
      values: [
        institutionId,
        importId,
        Buffer.concat(outcomes.map((o) => o.contentHash)),
        Buffer.concat(outcomes.map((o) => o.salt)),
        ids((o) => bucketOf(o.learnerId)),
        ids((o) => o.learnerId),
        ids((o) => o.lotId),
        ids((o) => o.definitionId),
        texts((o) => o.externalId),
        texts((o) => o.startedOn),
        texts((o) => o.completedOn),
        texts((o) => o.grade),
        texts((o) => o.level),
        texts((o) => o.minutes?.toString() ?? null),
        texts((o) => o.credits?.toString() ?? null),
        texts((o) => o.attendancePercent),
        texts((o) => o.note),
        texts((o) => o.noCreditReason),
        texts((o) => o.circumstances),
      ],
    });
  }

  /** Adds exemptions that files report for an outcome; one known already is left as it is. */
  async insertExemptions(
    tx: EntityManager,
    exemptions: readonly { learnerId: string; lotId: string; exemption: DraftExemption }[],
  ): Promise<void> {
    await tx.query(
      `INSERT INTO recorded_exemption (bucket, learner_id, lot_id, course, course_code, course_title,
         credit_millicredits, decided_on)
       SELECT * FROM unnest($1::smallint[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[],
         $7::bigint[], $8::text[]) AS x(bucket, learner_id, lot_id, course)
        ORDER BY bucket, learner_id, lot_id, course
       ON CONFLICT (bucket, learner_id, lot_id, course) DO NOTHING`,
      [
        exemptions.map((x) => bucketOf(x.learnerId)),
        exemptions.map((x) => x.learnerId),
        exemptions.map((x) => x.lotId),
        exemptions.map((x) => x.exemption.courseCode ?? x.exemption.courseTitle ?? ''),
        exemptions.map((x) => x.exemption.courseCode),
        exemptions.map((x) => x.exemption.courseTitle),
        exemptions.map((x) => x.exemption.credits?.toString() ?? null),
        exemptions.map((x) => x.exemption.decidedOn),
      ],
    );
  }

  /** Which of the lots were somebody's whose data has been erased. */
  async listErased(tx: EntityManager, lotIds: readonly string[]): Promise<Set<string>> {
    const rows = await tx.query<{ lotId: string }[]>(
      'SELECT lot_id AS "lotId" FROM erased_lot WHERE lot_id = ANY($1::uuid[])',
      [arrayLiteral([...lotIds])],
    );
    return new Set(rows.map(({ lotId }) => lotId));
  }

  /** The named outcomes of the named learners; `lots` pairs each lot with its learner. */
  async findMany(
    tx: EntityManager,
    lots: readonly { lotId: string; learnerId: string }[],
  ): Promise<StoredOutcome[]> {
    const rows = await tx.query<OutcomeRow[]>(
      `SELECT ${COLUMNS}, recorded_at FROM learning_outcome
        WHERE (bucket, learner_id, lot_id) IN
          (SELECT * FROM unnest($1::smallint[], $2::uuid[], $3::uuid[]))`,
      [
        lots.map((lot) => bucketOf(lot.learnerId)),
        lots.map((lot) => lot.learnerId),
        lots.map((lot) => lot.lotId),
      ],
    );
    return rows.map(toOutcome);
  }

  /** Outcomes of a learner, newest first by time of recording, behind `after`. */
  async listOf(
    tx: EntityManager,
    learnerId: string,
    page: { after: [string, string] | null; limit: number | null },
  ): Promise<StoredOutcome[]> {
    const rows = await tx.query<OutcomeRow[]>(
      `SELECT ${COLUMNS}, recorded_at FROM learning_outcome
        WHERE bucket = $1 AND learner_id = $2
          AND ($3::timestamptz IS NULL OR
               (date_trunc('milliseconds', recorded_at), lot_id) < ($3, $4::uuid))
        ORDER BY date_trunc('milliseconds', recorded_at) DESC, lot_id DESC LIMIT $5`,
      [bucketOf(learnerId), learnerId, ...(page.after ?? [null, null]), page.limit],
    );
    return rows.map(toOutcome);
  }

  /** Outcomes of many learners, of each the newest first. */
  async listOfMany(tx: EntityManager, learnerIds: readonly string[]): Promise<StoredOutcome[]> {
    const rows = await tx.query<OutcomeRow[]>(
      `SELECT ${COLUMNS}, recorded_at FROM learning_outcome
        WHERE (bucket, learner_id) IN (SELECT * FROM unnest($1::smallint[], $2::uuid[]))
        ORDER BY date_trunc('milliseconds', recorded_at) DESC, lot_id DESC`,
      [learnerIds.map(bucketOf), learnerIds],
    );
    return rows.map(toOutcome);
  }

  /** Exemptions that files reported for the outcomes of one learner. */
  async listExemptions(
    tx: EntityManager,
    learnerId: string,
  ): Promise<{ lotId: string; courseCode: string | null; courseTitle: string | null }[]> {
    return tx.query(
      `SELECT lot_id AS "lotId", course_code AS "courseCode", course_title AS "courseTitle"
         FROM recorded_exemption WHERE bucket = $1 AND learner_id = $2 ORDER BY lot_id, course`,
      [bucketOf(learnerId), learnerId],
    );
  }
}

function copyRows({ institutionId, importId }: Shared, outcomes: readonly NewOutcome[]): CopyRows {
  const rows = new CopyRows(COPIED.length);
  for (const outcome of outcomes) {
    rows.row();
    rows.smallint(bucketOf(outcome.learnerId));
    rows.uuid(outcome.learnerId);
    rows.uuid(outcome.lotId);
    rows.uuid(outcome.definitionId);
    rows.uuid(institutionId);
    rows.text(outcome.externalId);
    rows.text(outcome.startedOn);
    rows.text(outcome.completedOn);
    rows.text(outcome.grade);
    rows.text(outcome.level);
    rows.bigint(outcome.minutes);
    rows.bigint(outcome.credits);
    rows.text(outcome.attendancePercent);
    rows.text(outcome.note);
    rows.text(outcome.noCreditReason);
    rows.bytea(outcome.contentHash);
    rows.bytea(outcome.salt);
    rows.uuid(importId);
    rows.text(outcome.circumstances);
  }
  return rows;
}

function toOutcome(row: OutcomeRow): StoredOutcome {
  return {
    learnerId: row.learner_id,
    lotId: row.lot_id,
    definitionId: row.definition_id,
    institutionId: row.institution_id,
    externalId: row.external_id,
    startedOn: row.started_on,
    completedOn: row.completed_on,
    grade: row.grade,
    level: row.level,
    minutes: row.minutes === null ? null : BigInt(row.minutes),
    credits:
      row.credit_millicredits === null ? null : (BigInt(row.credit_millicredits) as Millicredits),
    attendancePercent: row.attendance_percent,
    note: row.note,
    circumstances: row.circumstances,
    noCreditReason: row.no_credit_reason,
    contentHash: row.content_hash,
    salt: row.salt,
    importId: row.import_id,
    recordedAt: row.recorded_at,
  };
}
