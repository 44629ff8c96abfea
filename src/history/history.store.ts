import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { AdministrativeEvent } from './administrative-event.js';

/** Which events a page is about; null leaves a part open. */
export interface EventFilter {
  readonly institutionId: string | null;
  readonly subjectId: string | null;
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

  /** The newest first. */
  list(tx: EntityManager, filter: EventFilter): Promise<AdministrativeEvent[]> {
    return tx.query<AdministrativeEvent[]>(
      `SELECT ${COLUMNS} FROM administrative_event
        WHERE ($1::uuid IS NULL OR institution_id = $1)
          AND ($2::text IS NULL OR subject_id = $2)
          AND ($3::uuid IS NULL OR id < $3)
        ORDER BY id DESC LIMIT $4`,
      [filter.institutionId, filter.subjectId, filter.before, filter.limit],
    );
  }
}
