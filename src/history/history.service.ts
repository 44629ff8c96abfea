import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Principal } from '../platform/auth/index.js';
import { Database } from '../platform/database/index.js';
import {
  type Page,
  encodeCursor,
  idCursor,
  notFound,
  parseMoment,
  toPage,
} from '../platform/http/index.js';
import { isUuid, newId } from '../platform/ids/index.js';
import type { Actor, AdministrativeChange, AdministrativeEvent } from './administrative-event.js';
import type { HistoryQuery } from './history.dto.js';
import { HistoryStore } from './history.store.js';

/** Who changed what people and systems may do. Written with the change itself, never later. */
@Injectable()
export class History {
  constructor(
    private readonly database: Database,
    private readonly store: HistoryStore,
  ) {}

  /** Writes a change down, in the transaction that makes it. */
  record(tx: EntityManager, actor: Actor, change: AdministrativeChange): Promise<void> {
    return this.store.insert(tx, eventOf(actor, change));
  }

  /**
   * A page of events, the newest first. The authority and the operator see all; everybody else sees
   * their own institution's, and `not-found` for another's.
   */
  async browse(principal: Principal, query: HistoryQuery): Promise<Page<AdministrativeEvent>> {
    const institutionId = visibleTo(principal, query.institution ?? null);
    const before = idCursor(query.after);
    const filter = {
      institutionId,
      subjectKind: query.kind ?? null,
      subjectId: query.subject ?? null,
      actor: query.actor ?? null,
      from: momentOf(query.from),
      to: momentOf(query.to),
      before,
    };
    const rows = await this.database.read((tx) =>
      this.store.list(tx, { ...filter, limit: query.limit + 1 }),
    );
    return toPage(rows, query.limit, (last) => encodeCursor(last.id));
  }
}

/** A change as it is written down. */
export function eventOf(
  actor: Actor,
  change: AdministrativeChange,
): Omit<AdministrativeEvent, 'recordedAt'> {
  return {
    id: newId(),
    institutionId: change.institutionId,
    subjectKind: change.subject.kind,
    subjectId: change.subject.id,
    action: change.action,
    actor: actor.id,
    // This table outlives people: what a learner is called must not stay in it.
    actorName: actor.learnerId ? 'learner' : actor.name,
    actorInstitutionId: actor.institutionId,
    before: (change.before ?? null) as Record<string, unknown> | null,
    after: (change.after ?? null) as Record<string, unknown> | null,
    note: change.note ?? null,
  };
}

function momentOf(text: string | undefined): Date | null {
  return text === undefined ? null : (parseMoment(text) ?? null);
}

/** The institution whose events are read; null for all of them. */
function visibleTo(principal: Principal, wanted: string | null): string | null {
  if (wanted !== null && !isUuid(wanted)) throw notFound();
  if (principal.roles.some((role) => role === 'authority' || role === 'operator')) return wanted;
  const own = principal.institutionId;
  if (own === null || (wanted !== null && wanted !== own)) throw notFound();
  return own;
}
