import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { AdministrativeEvent } from './administrative-event.js';

/** Which events a page is about; null leaves a part open. */
export interface EventFilter {
  readonly institutionId: string | null;
  readonly subjectKind: string | null;
  readonly subjectId: string | null;
  readonly actor: string | null;
  /** From this moment on. */
  readonly from: Date | null;
  /** Before this moment. */
  readonly to: Date | null;
  /** Only events before this id; ids are in the order of time. */
  readonly before: string | null;
  readonly limit: number;
}

const COLUMNS = `id, institution_id AS "institutionId", subject_kind AS "subjectKind",
  subject_id AS "subjectId", action, actor, actor_name AS "actorName",
  actor_institution AS "actorInstitutionId", before, after, note, recorded_at AS "recordedAt"`;

/** SQL of the history. */
@Injectable()
export class HistoryStore {
  async insert(tx: EntityManager, event: Omit<AdministrativeEvent, 'recordedAt'>): Promise<void> {
    await tx.query(
      `INSERT INTO administrative_event
         (id, institution_id, subject_kind, subject_id, action, actor, actor_name,
          actor_institution, before, after, note)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        event.id,
        event.institutionId,
        event.subjectKind,
        event.subjectId,
        event.action,
        event.actor,
        event.actorName,
        event.actorInstitutionId,
        event.before,
        event.after,
        event.note,
      ],
    );
  }

  /** What the newest event about a subject says that it is now. */
  async newestOf(
    tx: EntityManager,
    { kind, id }: { readonly kind: string; readonly id: string },
  ): Promise<Record<string, unknown> | null> {
    const rows = await tx.query<{ after: Record<string, unknown> | null }[]>(
      `SELECT after FROM administrative_event WHERE subject_id = $2 AND subject_kind = $1
        ORDER BY id DESC LIMIT 1`,
      [kind, id],
    );
    return rows[0]?.after ?? null;
  }

  /** Starts of several processes come one after the other, until the transaction ends. */
  async lock(tx: EntityManager): Promise<void> {
    await tx.query('SELECT pg_advisory_xact_lock(7203032)');
  }

  /** The newest first. */
  list(tx: EntityManager, filter: EventFilter): Promise<AdministrativeEvent[]> {
    return tx.query<AdministrativeEvent[]>(
      `SELECT ${COLUMNS} FROM administrative_event
        WHERE ($1::uuid IS NULL OR institution_id = $1)
          AND ($2::text IS NULL OR subject_id = $2)
          AND ($3::uuid IS NULL OR id < $3)
          AND ($4::text IS NULL OR subject_kind = $4)
          AND ($5::text IS NULL OR actor = $5)
          AND ($6::timestamptz IS NULL OR recorded_at >= $6)
          AND ($7::timestamptz IS NULL OR recorded_at < $7)
        ORDER BY id DESC LIMIT $8`,
      [
        filter.institutionId,
        filter.subjectId,
        filter.before,
        filter.subjectKind,
        filter.actor,
        filter.from,
        filter.to,
        filter.limit,
      ],
    );
  }
}
