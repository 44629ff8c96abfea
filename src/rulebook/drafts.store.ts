import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type {
  DraftState,
  NewRuleEvent,
  RetirementAction,
  RuleAction,
  RuleDraft,
  RuleEvent,
} from './rule-draft.js';

interface DraftRow {
  id: string;
  institution_id: string;
  regulation_id: string;
  version: number;
  programme: string;
  title_zh: string;
  title_en: string;
  in_force_from: string;
  in_force_to: string | null;
  hash: string;
  source: string;
  state: DraftState;
  created_at: Date;
  changed_at: Date;
}

interface EventRow {
  draft_id: string | null;
  regulation_id: string;
  version: number;
  action: RuleAction;
  state_before: string | null;
  state_after: string;
  hash_before: string | null;
  hash_after: string;
  source: string | null;
  effective_on: string | null;
  actor: string;
  actor_institution: string | null;
  note: string | null;
  recorded_at: Date;
}

const COLUMNS = `id, institution_id, regulation_id, version, programme, title_zh, title_en,
  in_force_from::text, in_force_to::text, encode(hash, 'hex') AS hash, source, state, created_at,
  changed_at`;

const EVENT = `draft_id, regulation_id, version, action, state_before, state_after,
  encode(hash_before, 'hex') AS hash_before, encode(hash_after, 'hex') AS hash_after, source,
  effective_on::text, actor, actor_institution, note, recorded_at`;

const RETIREMENT: readonly RetirementAction[] = [
  'propose-retirement',
  'reject-retirement',
  'retire',
];

/** All SQL of drafts and of the history of rules. */
@Injectable()
export class DraftsStore {
  async insert(
    tx: EntityManager,
    draft: Omit<RuleDraft, 'state' | 'createdAt' | 'changedAt'>,
  ): Promise<RuleDraft> {
    const rows = await tx.query<DraftRow[]>(
      `INSERT INTO rule_draft (id, institution_id, regulation_id, version, programme, title_zh,
         title_en, in_force_from, in_force_to, hash, source, state)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, decode($10, 'hex'), $11, 'draft')
       RETURNING ${COLUMNS}`,
      [draft.id, draft.institutionId, ...valuesOf(draft)],
    );
    return toDraft(rows[0] as DraftRow);
  }

  /** Writes another text into a draft; the caller holds the lock of {@link findLocked}. */
  async replace(
    tx: EntityManager,
    id: string,
    text: Omit<RuleDraft, 'id' | 'institutionId' | 'state' | 'createdAt' | 'changedAt'>,
  ): Promise<void> {
    await tx.query(
      `UPDATE rule_draft SET regulation_id = $2, version = $3, programme = $4, title_zh = $5,
         title_en = $6, in_force_from = $7, in_force_to = $8, hash = decode($9, 'hex'), source = $10
        WHERE id = $1`,
      [id, ...valuesOf(text)],
    );
  }

  async find(tx: EntityManager, id: string): Promise<RuleDraft | undefined> {
    const rows = await tx.query<DraftRow[]>(`SELECT ${COLUMNS} FROM rule_draft WHERE id = $1`, [
      id,
    ]);
    return rows.map(toDraft)[0];
  }

  /** Locks the draft: of two people who act on it, the second sees what the first did. */
  async findLocked(tx: EntityManager, id: string): Promise<RuleDraft | undefined> {
    const rows = await tx.query<DraftRow[]>(
      `SELECT ${COLUMNS} FROM rule_draft WHERE id = $1 FOR UPDATE`,
      [id],
    );
    return rows.map(toDraft)[0];
  }

  /** Newest first: of one institution, or of all when none is named. */
  async list(
    tx: EntityManager,
    query: {
      institutionId: string | null;
      state: DraftState | null;
      after: string | null;
      limit: number;
    },
  ): Promise<RuleDraft[]> {
    const rows = await tx.query<DraftRow[]>(
      `SELECT ${COLUMNS} FROM rule_draft
        WHERE ($1::uuid IS NULL OR institution_id = $1) AND ($2::text IS NULL OR state = $2)
          AND ($3::uuid IS NULL OR id < $3)
        ORDER BY id DESC LIMIT $4`,
      [query.institutionId, query.state, query.after, query.limit],
    );
    return rows.map(toDraft);
  }

  /** Sets the state; the caller holds the lock of {@link findLocked} and writes the event. */
  async setState(tx: EntityManager, id: string, state: DraftState): Promise<void> {
    await tx.query('UPDATE rule_draft SET state = $2, changed_at = now() WHERE id = $1', [
      id,
      state,
    ]);
  }

  async addEvent(tx: EntityManager, event: NewRuleEvent): Promise<void> {
    await tx.query(
      `INSERT INTO rule_event (draft_id, regulation_id, version, action, state_before, state_after,
         hash_before, hash_after, source, effective_on, actor, actor_institution, note)
       VALUES ($1, $2, $3, $4, $5, $6, decode($7, 'hex'), decode($8, 'hex'), $9, $10, $11, $12, $13)`,
      [
        event.draftId,
        event.regulationId,
        event.version,
        event.action,
        event.stateBefore,
        event.stateAfter,
        event.hashBefore,
        event.hashAfter,
        event.source,
        event.effectiveOn,
        event.actor.id,
        event.actor.institutionId,
        event.note,
      ],
    );
  }

  /** The steps of a draft and of the version it became, oldest first. */
  async listEvents(tx: EntityManager, draft: RuleDraft): Promise<RuleEvent[]> {
    const rows = await tx.query<EventRow[]>(
      `SELECT ${EVENT} FROM rule_event
        WHERE draft_id = $1 OR (draft_id IS NULL AND action = ANY($5) AND $2 = 'published'
          AND regulation_id = $3 AND version = $4)
        ORDER BY seq`,
      [draft.id, draft.state, draft.regulationId, draft.version, RETIREMENT],
    );
    return rows.map(toEvent);
  }

  /** What was last said about the end of a version; the caller holds the programme's lock. */
  async findRetirement(
    tx: EntityManager,
    { regulationId, version }: { regulationId: string; version: number },
  ): Promise<RuleEvent | undefined> {
    const rows = await tx.query<EventRow[]>(
      `SELECT ${EVENT} FROM rule_event
        WHERE regulation_id = $1 AND version = $2 AND action = ANY($3)
        ORDER BY seq DESC LIMIT 1`,
      [regulationId, version, RETIREMENT],
    );
    return rows.map(toEvent)[0];
  }

  /** Everybody who ever wrote on the text of a draft or asked for its approval. */
  async authorsOf(tx: EntityManager, draftId: string): Promise<string[]> {
    const rows = await tx.query<{ actor: string }[]>(
      `SELECT DISTINCT actor FROM rule_event
        WHERE draft_id = $1 AND action IN ('create', 'replace', 'submit')`,
      [draftId],
    );
    return rows.map(({ actor }) => actor);
  }
}

type TextOfDraft = Omit<RuleDraft, 'id' | 'institutionId' | 'state' | 'createdAt' | 'changedAt'>;

function valuesOf(draft: TextOfDraft): (string | number | null)[] {
  return [
    draft.regulationId,
    draft.version,
    draft.programme,
    draft.title.zh,
    draft.title.en,
    draft.inForceFrom,
    draft.inForceTo,
    draft.hash,
    draft.source,
  ];
}

function toDraft(row: DraftRow): RuleDraft {
  return {
    id: row.id,
    institutionId: row.institution_id,
    regulationId: row.regulation_id,
    version: row.version,
    programme: row.programme,
    title: { zh: row.title_zh, en: row.title_en },
    inForceFrom: row.in_force_from,
    inForceTo: row.in_force_to,
    hash: row.hash,
    source: row.source,
    state: row.state,
    createdAt: row.created_at,
    changedAt: row.changed_at,
  };
}

function toEvent(row: EventRow): RuleEvent {
  return {
    draftId: row.draft_id,
    regulationId: row.regulation_id,
    version: row.version,
    action: row.action,
    stateBefore: row.state_before,
    stateAfter: row.state_after,
    hashBefore: row.hash_before,
    hashAfter: row.hash_after,
    source: row.source,
    effectiveOn: row.effective_on,
    actor: { id: row.actor, institutionId: row.actor_institution },
    note: row.note,
    recordedAt: row.recorded_at,
  };
}
