import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { bucketOf } from '../platform/ids/index.js';
import { ApplicationWords } from './application-words.js';
import type { Actor, Application, ApplicationEvent } from './application.js';
import type { ApplicationState } from './application-states.js';

interface ApplicationRow {
  id: string;
  learner_id: string;
  programme: string;
  institution_id: string;
  state: ApplicationState;
  on_day: string;
  graduates: string | null;
  requested_by: string;
  requesting_institution: string | null;
  wrapped_key: Buffer;
  panel_size: number;
  due_on: string | null;
  appeal_until: string | null;
  created_at: Date;
  changed_at: Date;
}

interface EventRow {
  action: ApplicationEvent['action'];
  state: ApplicationState;
  actor: string;
  actor_institution: string | null;
  note: string | null;
  recorded_at: Date;
}

const COLUMNS = `id, learner_id, programme, institution_id, state, on_day::text AS on_day, graduates,
  requested_by, requesting_institution, wrapped_key, panel_size, due_on::text AS due_on,
  appeal_until::text AS appeal_until, created_at, changed_at`;

/** All accounts of one learner. */
const OF_SELVES = '(bucket, learner_id) IN (SELECT * FROM unnest($4::smallint[], $5::uuid[]))';

/** What a new application says of itself. */
export type NewApplication = Omit<
  Application,
  'panelSize' | 'appealUntil' | 'createdAt' | 'changedAt'
>;

/** What changes with the state beside it. */
export interface Promised {
  readonly dueOn: string | null;
  readonly appealUntil: string | null;
  readonly panelSize: number;
}

/** All SQL of applications and their history. */
@Injectable()
export class ApplicationsStore {
  constructor(private readonly words: ApplicationWords) {}

  /**
   * Serialises everything that decides about one learner's credit, so that no decision rests on
   * credit, courses or caps that another is just taking. Held until the transaction ends. Of a person
   * with several accounts the surviving one is locked, also when that came about while we waited.
   *
   * @returns all accounts of the person, as they stay while the lock is held
   */
  async lockLearner(tx: EntityManager, learnerId: string): Promise<readonly string[]> {
    let selves: readonly [string, ...string[]] = [learnerId];
    for (const locked = new Set<string>(); !locked.has(selves[0]);) {
      await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 9))', [selves[0]]);
      locked.add(selves[0]);
      const rows = await tx.query<{ selves: [string, ...string[]] | null }[]>(
        'SELECT one_with AS selves FROM learner_person WHERE bucket = $1 AND learner_id = $2',
        [bucketOf(learnerId), learnerId],
      );
      selves = rows[0]?.selves ?? [learnerId];
    }
    return selves;
  }

  async insert(tx: EntityManager, application: NewApplication): Promise<Application> {
    const { id, learnerId, programme, institutionId, state, on } = application;
    const rows = await tx.query<ApplicationRow[]>(
      `INSERT INTO application (bucket, id, learner_id, programme, institution_id, state, on_day,
         requested_by, requesting_institution, wrapped_key, due_on, graduates)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) RETURNING ${COLUMNS}`,
      [
        bucketOf(id),
        id,
        learnerId,
        programme,
        institutionId,
        state,
        on,
        application.requestedBy,
        application.requestingInstitution,
        application.wrappedKey,
        application.dueOn,
        application.graduates,
      ],
    );
    return toApplication(rows[0] as ApplicationRow);
  }

  /**
   * Ties a caller's key to an application that is about to be made. A racing caller with the same
   * key waits here until the first one's transaction ends.
   * @returns what the key was used for before, or undefined when it is new
   */
  async claimKey(
    tx: EntityManager,
    claim: { keyHash: Buffer; requestHash: Buffer; applicationId: string },
  ): Promise<{ requestHash: Buffer; applicationId: string } | undefined> {
    const inserted = await tx.query<unknown[]>(
      `INSERT INTO application_request (key_hash, request_hash, application_id)
       VALUES ($1, $2, $3) ON CONFLICT (key_hash) DO NOTHING RETURNING 1`,
      [claim.keyHash, claim.requestHash, claim.applicationId],
    );
    if (inserted.length > 0) return undefined;
    const rows = await tx.query<{ request_hash: Buffer; application_id: string }[]>(
      'SELECT request_hash, application_id FROM application_request WHERE key_hash = $1',
      [claim.keyHash],
    );
    return rows[0] && { requestHash: rows[0].request_hash, applicationId: rows[0].application_id };
  }

  async find(tx: EntityManager, id: string): Promise<Application | undefined> {
    const rows = await tx.query<ApplicationRow[]>(
      `SELECT ${COLUMNS} FROM application WHERE bucket = $1 AND id = $2`,
      [bucketOf(id), id],
    );
    return rows.map(toApplication)[0];
  }

  /** Locks the application: of two people who act on it, the second sees what the first did. */
  async findLocked(tx: EntityManager, id: string): Promise<Application | undefined> {
    const rows = await tx.query<ApplicationRow[]>(
      `SELECT ${COLUMNS} FROM application WHERE bucket = $1 AND id = $2 FOR UPDATE`,
      [bucketOf(id), id],
    );
    return rows.map(toApplication)[0];
  }

  /** What a draft is submitted with: the rules of that day and whom they name. */
  async fix(
    tx: EntityManager,
    id: string,
    { on, institutionId }: Pick<Application, 'on' | 'institutionId'>,
  ): Promise<void> {
    await tx.query(
      'UPDATE application SET on_day = $3, institution_id = $4 WHERE bucket = $1 AND id = $2',
      [bucketOf(id), id, on, institutionId],
    );
  }

  /** Sets the state and writes who led there; the caller holds the lock of {@link findLocked}. */
  async move(
    tx: EntityManager,
    id: string,
    event: Omit<ApplicationEvent, 'recordedAt'>,
    { dueOn, appealUntil, panelSize }: Promised,
  ): Promise<void> {
    await tx.query(
      `UPDATE application SET state = $3, changed_at = now(), due_on = $4, appeal_until = $5,
              panel_size = $6, reminders = 0
        WHERE bucket = $1 AND id = $2`,
      [bucketOf(id), id, event.state, dueOn, appealUntil, panelSize],
    );
    await this.addEvent(tx, id, event);
  }

  /** Says how many people decide about an application that stays where it is. */
  async setPanel(tx: EntityManager, id: string, panelSize: number): Promise<void> {
    await tx.query('UPDATE application SET panel_size = $3 WHERE bucket = $1 AND id = $2', [
      bucketOf(id),
      id,
      panelSize,
    ]);
  }

  async addEvent(
    tx: EntityManager,
    id: string,
    event: Omit<ApplicationEvent, 'recordedAt'>,
  ): Promise<void> {
    const note = await this.words.seal(tx, id, event.note);
    await tx.query(
      `INSERT INTO application_event (bucket, application_id, seq, action, state, actor,
         actor_institution, note)
       SELECT $1, $2, coalesce(max(seq) + 1, 0), $3, $4, $5, $6, $7
         FROM application_event WHERE bucket = $1 AND application_id = $2`,
      [
        bucketOf(id),
        id,
        event.action,
        event.state,
        event.actor.id,
        event.actor.institutionId,
        note,
      ],
    );
  }

  async listEvents(tx: EntityManager, id: string): Promise<ApplicationEvent[]> {
    const rows = await tx.query<EventRow[]>(
      `SELECT action, state, actor, actor_institution, note, recorded_at FROM application_event
        WHERE bucket = $1 AND application_id = $2 ORDER BY seq`,
      [bucketOf(id), id],
    );
    const open = await this.words.opener(tx, id);
    return rows.map((row) => toEvent({ ...row, note: open(row.note) }));
  }

  /** When people were first asked to review an application; null when nobody was yet. */
  async firstOffer(tx: EntityManager, id: string): Promise<Date | null> {
    const [row] = await tx.query<{ at: Date | null }[]>(
      `SELECT min(recorded_at) AS at FROM application_event
        WHERE bucket = $1 AND application_id = $2 AND action = 'offer'`,
      [bucketOf(id), id],
    );
    return row?.at ?? null;
  }

  /** Newest first: those of one learner, or those that one institution decides. */
  async list(
    tx: EntityManager,
    query: {
      owner: { selves: readonly string[] } | { institutionId: string };
      state: ApplicationState | null;
      after: string | null;
      limit: number;
    },
  ): Promise<Application[]> {
    const { owner } = query;
    const [where, keys] =
      'selves' in owner
        ? [OF_SELVES, [owner.selves.map(bucketOf), owner.selves]]
        : [`institution_id = $4 AND state <> 'draft'`, [owner.institutionId]];
    const rows = await tx.query<ApplicationRow[]>(
      `SELECT ${COLUMNS} FROM application
        WHERE ${where} AND ($1::text IS NULL OR state = $1) AND ($2::uuid IS NULL OR id < $2)
        ORDER BY id DESC LIMIT $3`,
      [query.state, query.after, query.limit, ...keys],
    );
    return rows.map(toApplication);
  }

  /** Applications of a learner for one programme that a person is reviewing. */
  async listInReview(
    tx: EntityManager,
    learnerId: string,
    programme: string,
  ): Promise<Application[]> {
    const rows = await tx.query<ApplicationRow[]>(
      `SELECT ${COLUMNS} FROM application
        WHERE bucket = $1 AND learner_id = $2 AND programme = $3
          AND state IN ('in-review', 'appealed')
        ORDER BY id FOR UPDATE`,
      [bucketOf(learnerId), learnerId, programme],
    );
    return rows.map(toApplication);
  }

  /**
   * Locks the applications of some learners for one programme that are not decided yet, in the order
   * of their ids. Waits for an evaluation that is just being written.
   */
  async lockUndecided(
    tx: EntityManager,
    learnerIds: readonly string[],
    programme: string,
  ): Promise<Application[]> {
    const rows = await tx.query<ApplicationRow[]>(
      `SELECT ${COLUMNS} FROM application
        WHERE (bucket, learner_id) IN (SELECT * FROM unnest($1::smallint[], $2::uuid[]))
          AND programme = $3 AND state IN ('submitted', 'evaluating', 'in-review', 'appealed')
        ORDER BY id FOR UPDATE`,
      [learnerIds.map(bucketOf), learnerIds, programme],
    );
    return rows.map(toApplication);
  }

  /** Whether anybody handed in an application for the programme and did not withdraw it. */
  async hasAny(tx: EntityManager, programme: string): Promise<boolean> {
    const rows = await tx.query<unknown[]>(
      `SELECT 1 FROM application
        WHERE programme = $1 AND state NOT IN ('draft', 'withdrawn') LIMIT 1`,
      [programme],
    );
    return rows.length > 0;
  }

  /**
   * Locks the applications of a learner that are booked or not yet ended, in the order of their ids.
   *
   * @param isPatient false: fail as a deadlock does, to be tried again, instead of waiting for one
   *   that somebody else holds
   */
  async lockStanding(tx: EntityManager, learnerId: string, isPatient: boolean): Promise<void> {
    await tx.query(
      `SELECT 1 FROM application
        WHERE bucket = $1 AND learner_id = $2
          AND state IN ('submitted', 'evaluating', 'in-review', 'appealed', 'booked')
        ORDER BY id FOR UPDATE ${isPatient ? '' : 'NOWAIT'}`,
      [bucketOf(learnerId), learnerId],
    );
  }

  /** Applications of a learner that are booked or under review, oldest first. */
  async listStanding(tx: EntityManager, learnerId: string): Promise<Application[]> {
    const rows = await tx.query<ApplicationRow[]>(
      `SELECT ${COLUMNS} FROM application
        WHERE bucket = $1 AND learner_id = $2 AND state IN ('in-review', 'appealed', 'booked')
        ORDER BY changed_at, id`,
      [bucketOf(learnerId), learnerId],
    );
    return rows.map(toApplication);
  }

  /** Applications of a learner that were booked, oldest first. */
  async listBooked(tx: EntityManager, learnerId: string): Promise<Application[]> {
    const rows = await tx.query<ApplicationRow[]>(
      `SELECT ${COLUMNS} FROM application
        WHERE bucket = $1 AND learner_id = $2 AND state = 'booked' ORDER BY changed_at, id`,
      [bucketOf(learnerId), learnerId],
    );
    return rows.map(toApplication);
  }

  /** The month of graduation that each learner's newest application for the programme states. */
  async listGraduations(
    tx: EntityManager,
    learnerIds: readonly string[],
    programme: string,
  ): Promise<Map<string, string>> {
    const rows = await tx.query<{ learner_id: string; graduates: string }[]>(
      `SELECT DISTINCT ON (bucket, learner_id) learner_id, graduates FROM application
        WHERE (bucket, learner_id) IN (SELECT * FROM unnest($1::smallint[], $2::uuid[]))
          AND programme = $3 AND graduates IS NOT NULL AND state NOT IN ('draft', 'withdrawn')
        ORDER BY bucket, learner_id, id DESC`,
      [learnerIds.map(bucketOf), learnerIds, programme],
    );
    return new Map(rows.map((row) => [row.learner_id, row.graduates]));
  }

  /** Whether the learner ever applied at the institution; a draft is not an application yet. */
  async hasAppliedAt(
    tx: EntityManager,
    learnerId: string,
    institutionId: string,
  ): Promise<boolean> {
    const rows = await tx.query<unknown[]>(
      `SELECT 1 FROM application
        WHERE bucket = $1 AND learner_id = $2 AND institution_id = $3 AND state <> 'draft' LIMIT 1`,
      [bucketOf(learnerId), learnerId, institutionId],
    );
    return rows.length > 0;
  }
}

function toApplication(row: ApplicationRow): Application {
  return {
    id: row.id,
    learnerId: row.learner_id,
    programme: row.programme,
    institutionId: row.institution_id,
    state: row.state,
    on: row.on_day,
    graduates: row.graduates,
    requestedBy: row.requested_by,
    requestingInstitution: row.requesting_institution,
    wrappedKey: row.wrapped_key,
    panelSize: row.panel_size,
    dueOn: row.due_on,
    appealUntil: row.appeal_until,
    createdAt: row.created_at,
    changedAt: row.changed_at,
  };
}

function toEvent(row: EventRow): ApplicationEvent {
  const actor: Actor = { id: row.actor, institutionId: row.actor_institution };
  return {
    action: row.action,
    state: row.state,
    actor,
    note: row.note,
    recordedAt: row.recorded_at,
  };
}
