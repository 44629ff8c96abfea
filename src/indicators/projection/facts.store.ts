import type { EntityManager } from 'typeorm';
import { type PartialDate, addMonths, lastDay, onScale } from '#libs/credit';
import {
  type LinkFact,
  type Milestone,
  type OutcomeFact,
  type PersonFacts,
  parseCircumstances,
} from '#libs/indicators';
import { dayOf } from '../../platform/clock/index.js';
import { bucketOf } from '../../platform/ids/index.js';

interface OutcomeRow {
  learner_id: string;
  lot_id: string;
  institution_id: string;
  form: string;
  level_scale: string | null;
  level: string | null;
  milestone: Milestone | null;
  completed_on: PartialDate;
  shelf_life_months: number | null;
  minutes: string | null;
  no_credit_reason: string | null;
  needs_grade: boolean;
  grade: string | null;
  circumstances: string | null;
  recorded_ms: string;
  turns_ms: string[] | null;
}

interface LinkRow {
  id: string;
  survivor_id: string;
  absorbed_id: string;
  undoes_id: string | null;
  recorded_ms: string;
}

const SKILL_SCALE = 'skill-level';
const SKILL_LEVELS = ['一级', '二级', '三级', '四级', '五级'];
/** Of a course that was failed or hardly attended. */
const NOT_PASSED = ['below-pass-grade', 'attendance-too-low'];

const PLACES = 'SELECT * FROM unnest($1::smallint[], $2::uuid[])';
// Pupils are counted nowhere but by their own school, and there by tens.
const OUTCOMES = `
  SELECT o.learner_id, o.lot_id, o.institution_id, d.form, d.level_scale, o.level, d.milestone,
         o.completed_on, d.shelf_life_months, coalesce(o.minutes, d.minutes) AS minutes,
         o.no_credit_reason, d.pass_grade IS NOT NULL AS needs_grade, o.grade, o.circumstances,
         floor(extract(epoch FROM o.recorded_at) * 1000)::bigint AS recorded_ms,
         (SELECT array_agg(floor(extract(epoch FROM r.recorded_at) * 1000)::bigint ORDER BY r.seq)
            FROM outcome_revocation r
           WHERE r.bucket = o.bucket AND r.learner_id = o.learner_id AND r.lot_id = o.lot_id)
           AS turns_ms
    FROM learning_outcome o JOIN outcome_definition d ON d.id = o.definition_id
   WHERE (o.bucket, o.learner_id) IN (${PLACES}) AND d.kind <> 'pupil-record'`;
const LINKS = `
  WITH RECURSIVE reached (id) AS (
    SELECT unnest($1::uuid[])
    UNION
    SELECT other.id FROM reached r, LATERAL (
      SELECT absorbed_id FROM person_link WHERE survivor_id = r.id
      UNION ALL
      SELECT survivor_id FROM person_link WHERE absorbed_id = r.id) AS other (id))
  SELECT l.id, survivor_id, absorbed_id, undoes_id,
         floor(extract(epoch FROM recorded_at) * 1000)::bigint AS recorded_ms
    FROM reached JOIN person_link l ON l.survivor_id = reached.id
   ORDER BY recorded_at, l.id`;

/** Accounts that were ever linked with each other, and what stands in the books about them. */
export interface Family {
  readonly accounts: readonly string[];
  readonly facts: PersonFacts;
}

/**
 * Reads the facts that indicators rest on from the tables of outcomes, catalogue and learners, set by
 * set. Writes nothing.
 */
export class FactsStore {
  /** The families of some accounts, each family once. */
  async familiesOf(tx: EntityManager, accounts: readonly string[]): Promise<Family[]> {
    const links = await this.#links(tx, accounts);
    const families = familiesAmong(accounts, links);
    const all = families.flatMap((family) => [...family.accounts]);
    const outcomes = await this.#outcomes(tx, all);
    const alternative = await this.#alternativeIds(tx, all);
    return families.map(({ accounts: own, links: ownLinks }) => ({
      accounts: [...own],
      facts: {
        outcomes: [...own].flatMap((id) => outcomes.get(id) ?? []),
        links: ownLinks,
        alternativeIds: alternative,
      },
    }));
  }

  /** Accounts with outcomes or contributions in a range of buckets, `to` not included. */
  async accountsIn(tx: EntityManager, from: number, to: number): Promise<string[]> {
    const rows = await tx.query<{ id: string }[]>(
      `SELECT learner_id AS id FROM learning_outcome WHERE bucket >= $1 AND bucket < $2
       UNION SELECT learner_id FROM indicator_contribution WHERE bucket >= $1 AND bucket < $2`,
      [from, to],
    );
    return rows.map(({ id }) => id);
  }

  async #links(tx: EntityManager, accounts: readonly string[]): Promise<LinkFact[]> {
    const rows = await tx.query<LinkRow[]>(LINKS, [accounts]);
    return rows.map((row) => ({
      id: row.id,
      survivorId: row.survivor_id,
      absorbedId: row.absorbed_id,
      undoesId: row.undoes_id,
      recordedAt: Number(row.recorded_ms),
    }));
  }

  async #outcomes(
    tx: EntityManager,
    accounts: readonly string[],
  ): Promise<Map<string, OutcomeFact[]>> {
    const rows = await tx.query<OutcomeRow[]>(OUTCOMES, [accounts.map(bucketOf), accounts]);
    const outcomes = new Map<string, OutcomeFact[]>();
    for (const row of rows) {
      const own = outcomes.get(row.learner_id);
      if (own) own.push(toFact(row));
      else outcomes.set(row.learner_id, [toFact(row)]);
    }
    return outcomes;
  }

  /** An account has the document that it was opened by, for good. */
  async #alternativeIds(tx: EntityManager, accounts: readonly string[]): Promise<Set<string>> {
    const rows = await tx.query<{ id: string }[]>(
      `SELECT learner_id AS id FROM learner_identity
        WHERE (bucket, learner_id) IN (${PLACES}) AND kind <> 'resident-id'`,
      [accounts.map(bucketOf), accounts],
    );
    return new Set(rows.map(({ id }) => id));
  }
}

interface LinkedAccounts {
  readonly accounts: Set<string>;
  readonly links: LinkFact[];
}

function familiesAmong(
  accounts: readonly string[],
  links: readonly LinkFact[],
): readonly LinkedAccounts[] {
  const familyOf = new Map<string, LinkedAccounts>();
  const find = (id: string): LinkedAccounts => {
    const known = familyOf.get(id);
    if (known) return known;
    const family = { accounts: new Set([id]), links: [] };
    familyOf.set(id, family);
    return family;
  };
  for (const link of links) {
    const [one, other] = [find(link.survivorId), find(link.absorbedId)];
    one.links.push(link);
    if (one === other) continue;
    one.links.push(...other.links);
    for (const id of other.accounts) {
      one.accounts.add(id);
      familyOf.set(id, one);
    }
  }
  for (const id of accounts) find(id);
  const families = [...new Set(familyOf.values())];
  for (const family of families) family.links.sort((a, b) => a.recordedAt - b.recordedAt);
  return families;
}

function toFact(row: OutcomeRow): OutcomeFact {
  const recordedAt = Number(row.recorded_ms);
  const last = lastDay(row.completed_on);
  const recordedOn = dayOf(new Date(recordedAt));
  return {
    learnerId: row.learner_id,
    lotId: row.lot_id,
    institutionId: row.institution_id,
    isTraining: row.form === 'training',
    skillLevel: skillLevelOf(row),
    milestone: row.milestone,
    day: last < recordedOn ? last : recordedOn,
    validTo: row.shelf_life_months === null ? null : addMonths(last, row.shelf_life_months),
    minutes: row.minutes === null ? null : BigInt(row.minutes),
    passed: passedOf(row),
    circumstances: parseCircumstances(row.circumstances),
    recordedAt,
    turns: row.turns_ms?.map(Number) ?? [],
  };
}

function skillLevelOf({ level_scale: scale, level }: OutcomeRow): number | null {
  if (scale !== SKILL_SCALE || level === null) return null;
  const place = SKILL_LEVELS.indexOf(onScale(scale, level) ?? '');
  return place < 0 ? null : place + 1;
}

function passedOf(row: OutcomeRow): boolean | null {
  if (row.no_credit_reason !== null && NOT_PASSED.includes(row.no_credit_reason)) return false;
  return row.needs_grade && row.grade === null ? null : true;
}
