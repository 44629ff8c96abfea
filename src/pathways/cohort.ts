import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type PartialDate, millicredits } from '#libs/credit';
import { type PathwayOutcome, type Position, positionOf } from '#libs/pathways';
import { Institutions } from '../institutions/index.js';
import { Learners } from '../learners/index.js';
import { type HeldOutcome, Outcomes } from '../outcomes/index.js';
import { EnrolmentsStore } from './enrolments.store.js';
import type { Enrolment, PathwayRecord, StoredEvent } from './pathway-record.js';
import { PathwaysStore } from './pathways.store.js';

/** Of a course that was failed or hardly attended. */
const NOT_PASSED: readonly (string | null)[] = ['below-pass-grade', 'attendance-too-low'];

/** A learner in a pathway with everything that says where she stands. */
export interface Standing {
  readonly enrolment: Enrolment;
  readonly record: PathwayRecord;
  readonly events: readonly StoredEvent[];
  readonly position: Position;
  /** Of all accounts of the person, those that stand. */
  readonly outcomes: readonly PathwayOutcome[];
  /** Everything she holds, also what was taken back. */
  readonly held: readonly HeldOutcome[];
}

/** Reads learners of pathways together: their events, and their outcomes by all their accounts. */
@Injectable()
export class Cohort {
  constructor(
    private readonly pathways: PathwaysStore,
    private readonly store: EnrolmentsStore,
    private readonly learners: Learners,
    private readonly outcomes: Outcomes,
    private readonly institutions: Institutions,
  ) {}

  /** In the order of the enrolments. Who has asked for erasure is left out. */
  async standingsOf(tx: EntityManager, enrolments: readonly Enrolment[]): Promise<Standing[]> {
    if (enrolments.length === 0) return [];
    const ids = [...new Set(enrolments.map(({ learnerId }) => learnerId))];
    const active = await this.learners.activeAmong(tx, ids);
    const shown = enrolments.filter(({ learnerId }) => active.has(learnerId));
    const selves = await this.learners.selvesOfMany(tx, ids);
    const accountsOf = (id: string): readonly string[] => selves.get(id) ?? [id];
    const all = [...new Set(ids.flatMap(accountsOf))];
    const held = await this.outcomes.listOfMany(tx, all);
    const codes = new Map((await this.institutions.list(tx)).map(({ id, code }) => [id, code]));
    const records = await this.pathways.findMany(tx, [
      ...new Set(shown.map(({ pathwayId }) => pathwayId)),
    ]);
    const events = await this.store.eventsOf(
      tx,
      shown.map(({ id }) => id),
    );
    return shown.map((enrolment) => {
      const accounts = accountsOf(enrolment.learnerId);
      const hers = held.filter(({ outcome }) => accounts.includes(outcome.learnerId));
      return standingOf(enrolment, {
        record: records.get(enrolment.pathwayId) as PathwayRecord,
        events: events.get(enrolment.id) ?? [],
        held: hers,
        codes,
      });
    });
  }
}

function standingOf(
  enrolment: Enrolment,
  {
    record,
    events,
    held,
    codes,
  }: Pick<Standing, 'record' | 'events' | 'held'> & { codes: ReadonlyMap<string, string> },
): Standing {
  const standing = held.filter(({ state }) => state !== 'revoked');
  const revoked = new Set(
    held.filter(({ state }) => state === 'revoked').map(({ outcome }) => outcome.lotId),
  );
  return {
    enrolment,
    record,
    events,
    held,
    outcomes: standing.map((one) => toPathwayOutcome(one, codes)),
    position: positionOf(record.pathway, events, revoked),
  };
}

/** What has expired is known to have been passed, and is worth nothing any more. */
function toPathwayOutcome(
  { outcome, definition, lot, state }: HeldOutcome,
  codes: ReadonlyMap<string, string>,
): PathwayOutcome {
  const isFailed = NOT_PASSED.includes(outcome.noCreditReason);
  const isUnknown = definition.passGrade !== null && outcome.grade === null;
  return {
    lotId: outcome.lotId,
    code: definition.code,
    institution: codes.get(outcome.institutionId) ?? outcome.institutionId,
    category: definition.category.code,
    completedOn: outcome.completedOn as PartialDate,
    passed: isFailed ? false : isUnknown ? null : true,
    credits: lot && state !== 'expired' ? lot.deposited : millicredits(0),
  };
}
