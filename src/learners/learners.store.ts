import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { IdentityKind } from '#libs/identity';
import { bucketOf } from '../platform/ids/index.js';

/** A learner found by one of the documents. */
export interface KnownLearner {
  readonly bucket: number;
  readonly learnerId: string;
  /** All accounts of the person, the surviving one first; null for who has one. */
  readonly selves: readonly [string, ...string[]] | null;
  /** Null while no source has stated a name. */
  readonly nameCheck: Buffer | null;
  /** Whether the institution that asks has the learner on its roster. */
  readonly isMember: boolean;
  /** The learner asked for erasure: nothing is posted and nothing shown. */
  readonly isFrozen: boolean;
}

/** Everything that opens one account. Rows of a batch come sorted by `index`. */
export interface SealedLearner {
  /** The index as latin1 text. */
  readonly key: string;
  readonly index: Buffer;
  readonly bucket: number;
  readonly learnerId: string;
  readonly wrappedKey: Buffer;
  readonly kind: IdentityKind;
  readonly numberSealed: Buffer;
  readonly nameSealed: Buffer | null;
  readonly nameCheck: Buffer | null;
}

/** What all documents of a batch share. */
export interface Filing {
  /** The school that stated them; kept for the numbers that schools hand out. */
  readonly institutionId: string;
  /** Version of the index they are filed under. */
  readonly indexVersion: number;
}

export interface SealedName {
  readonly bucket: number;
  readonly learnerId: string;
  readonly nameSealed: Buffer;
  readonly nameCheck: Buffer;
}

export interface SealedPerson {
  readonly wrappedKey: Buffer;
  readonly nameSealed: Buffer | null;
  readonly identities: { readonly kind: IdentityKind; readonly numberSealed: Buffer }[];
}

/** One document of a person, with the key that opens it. */
export interface SealedIdentity {
  readonly learnerId: string;
  readonly wrappedKey: Buffer;
  readonly kind: IdentityKind;
  readonly numberSealed: Buffer;
}

/** `frozen`: the learner asked for erasure, and the period is not over. */
export type Standing = 'active' | 'frozen';

/** One person by whichever of the accounts. */
export interface WholePerson {
  readonly standing: Standing;
  /** All accounts, the surviving one first. */
  readonly selves: readonly [string, ...string[]];
}

const STANDING = `CASE WHEN p.frozen_at IS NULL THEN 'active' ELSE 'frozen' END AS standing`;

interface FoundRow {
  readonly n: number;
  readonly isMember: boolean;
}

/** The place of a learner's rows. */
export interface LearnerKey {
  readonly bucket: number;
  readonly learnerId: string;
}

/**
 * SQL of learners. Sets travel as arrays. Writers send them sorted by key: two batches that share
 * people then wait for each other instead of deadlocking.
 */
@Injectable()
export class LearnersStore {
  /** Known learners by blind index; keys are indexes as latin1 text. */
  async findByIndexes(
    tx: EntityManager,
    keys: readonly string[],
    institutionId: string | null,
  ): Promise<Map<string, KnownLearner>> {
    if (keys.length === 0) return new Map();
    const rows = await tx.query<(Omit<KnownLearner, 'isMember'> & FoundRow)[]>(
      `SELECT w.n, i.bucket, i.learner_id AS "learnerId", p.name_check AS "nameCheck",
              p.one_with AS selves,
              m.learner_id IS NOT NULL AS "isMember", p.frozen_at IS NOT NULL AS "isFrozen"
         FROM (SELECT n, substring($1::bytea FROM n * 32 + 1 FOR 32) AS blind_index
                 FROM generate_series(0, $2::int - 1) n) w
         JOIN learner_identity i USING (blind_index)
         JOIN learner_person p USING (bucket, learner_id)
         LEFT JOIN learner_institution m
           ON (m.bucket, m.learner_id, m.institution_id) = (i.bucket, i.learner_id, $3::uuid)`,
      [Buffer.from(keys.join(''), 'latin1'), keys.length, institutionId],
    );
    return new Map(rows.map(({ n, ...learner }) => [keys[n] as string, learner]));
  }

  /**
   * Claims documents for new learners; returns the ids of the learners whose document was still
   * free. For a document that another transaction is claiming, this waits until that has ended.
   */
  async claimIdentities(
    tx: EntityManager,
    learners: SealedLearner[],
    { institutionId, indexVersion }: Filing,
  ): Promise<Set<string>> {
    const rows = await tx.query<{ learnerId: string }[]>(
      `INSERT INTO learner_identity
         (blind_index, bucket, learner_id, kind, number_sealed, index_version, school_id)
       SELECT d.*, $6, CASE d.kind WHEN 'foreign-student-number' THEN $7::uuid END
         FROM unnest($1::bytea[], $2::smallint[], $3::uuid[], $4::text[], $5::bytea[])
           AS d (blind_index, bucket, learner_id, kind, number_sealed)
       ON CONFLICT (blind_index) DO NOTHING RETURNING learner_id AS "learnerId"`,
      [
        learners.map((learner) => learner.index),
        learners.map((learner) => learner.bucket),
        learners.map((learner) => learner.learnerId),
        learners.map((learner) => learner.kind),
        learners.map((learner) => learner.numberSealed),
        indexVersion,
        institutionId,
      ],
    );
    return new Set(rows.map((row) => row.learnerId));
  }

  async insertLearners(
    tx: EntityManager,
    learners: SealedLearner[],
    checkVersion: number,
  ): Promise<void> {
    if (learners.length === 0) return;
    // One statement, so that the sets travel once; both tables live on the learner's shard.
    await tx.query(
      `WITH person AS (
         SELECT * FROM unnest($1::smallint[], $2::uuid[], $3::bytea[], $4::bytea[], $5::bytea[])
           AS p (bucket, learner_id, wrapped_key, name_sealed, name_check)
       ), opened AS (
         INSERT INTO learner (bucket, id) SELECT bucket, learner_id FROM person
       )
       INSERT INTO learner_person
         (bucket, learner_id, wrapped_key, name_sealed, name_check, check_version)
       SELECT person.*, $6 FROM person`,
      [
        learners.map((learner) => learner.bucket),
        learners.map((learner) => learner.learnerId),
        learners.map((learner) => learner.wrappedKey),
        learners.map((learner) => learner.nameSealed),
        learners.map((learner) => learner.nameCheck),
        checkVersion,
      ],
    );
  }

  /** Locks people in the order of their keys and reads what naming them needs. */
  lockPeople(
    tx: EntityManager,
    learners: LearnerKey[],
  ): Promise<(LearnerKey & { wrappedKey: Buffer; nameCheck: Buffer | null })[]> {
    return tx.query(
      `SELECT bucket, learner_id AS "learnerId", wrapped_key AS "wrappedKey",
              name_check AS "nameCheck"
       FROM learner_person
       WHERE (bucket, learner_id) IN (SELECT * FROM unnest($1::smallint[], $2::uuid[]))
       ORDER BY bucket, learner_id FOR UPDATE`,
      [learners.map((learner) => learner.bucket), learners.map((learner) => learner.learnerId)],
    );
  }

  async setNames(tx: EntityManager, names: SealedName[], checkVersion: number): Promise<void> {
    if (names.length === 0) return;
    await tx.query(
      `UPDATE learner_person p SET name_sealed = n.name_sealed, name_check = n.name_check,
              check_version = $5
       FROM unnest($1::smallint[], $2::uuid[], $3::bytea[], $4::bytea[])
         AS n (bucket, learner_id, name_sealed, name_check)
       WHERE p.bucket = n.bucket AND p.learner_id = n.learner_id AND p.name_check IS NULL`,
      [
        names.map((name) => name.bucket),
        names.map((name) => name.learnerId),
        names.map((name) => name.nameSealed),
        names.map((name) => name.nameCheck),
        checkVersion,
      ],
    );
  }

  /** Puts learners on an institution's roster; those already there stay as they are. */
  async register(tx: EntityManager, learners: LearnerKey[], institutionId: string): Promise<void> {
    if (learners.length === 0) return;
    await tx.query(
      `INSERT INTO learner_institution (bucket, learner_id, institution_id)
       SELECT bucket, learner_id, $3::uuid
       FROM unnest($1::smallint[], $2::uuid[]) AS l (bucket, learner_id)
       ON CONFLICT DO NOTHING`,
      [
        learners.map((learner) => learner.bucket),
        learners.map((learner) => learner.learnerId),
        institutionId,
      ],
    );
  }

  /** Which of the accounts are on the institution's roster, and whether their data is frozen. */
  async onRoster(
    tx: EntityManager,
    learners: LearnerKey[],
    institutionId: string,
  ): Promise<Map<string, WholePerson>> {
    if (learners.length === 0) return new Map();
    const rows = await tx.query<
      { learnerId: string; standing: Standing; selves: [string, ...string[]] | null }[]
    >(
      `SELECT learner_id AS "learnerId", p.one_with AS selves, ${STANDING}
       FROM learner_institution JOIN learner_person p USING (bucket, learner_id)
       WHERE (bucket, learner_id) IN (SELECT * FROM unnest($1::smallint[], $2::uuid[]))
         AND institution_id = $3`,
      [
        learners.map((learner) => learner.bucket),
        learners.map((learner) => learner.learnerId),
        institutionId,
      ],
    );
    return new Map(
      rows.map(({ learnerId, standing, selves }) => [
        learnerId,
        { standing, selves: selves ?? [learnerId] },
      ]),
    );
  }

  /** Undefined when there is no such learner, or none any more. */
  async standing(
    tx: EntityManager,
    { bucket, learnerId }: LearnerKey,
  ): Promise<Standing | undefined> {
    const rows = await tx.query<{ standing: Standing }[]>(
      `SELECT ${STANDING} FROM learner_person p WHERE bucket = $1 AND learner_id = $2`,
      [bucket, learnerId],
    );
    return rows[0]?.standing;
  }

  /** Which of these are there and not frozen. */
  async listActive(tx: EntityManager, learnerIds: readonly string[]): Promise<Set<string>> {
    const rows = await tx.query<{ id: string }[]>(
      `SELECT learner_id AS id FROM learner_person
        WHERE (bucket, learner_id) IN (SELECT * FROM unnest($1::smallint[], $2::uuid[]))
          AND frozen_at IS NULL`,
      [learnerIds.map(bucketOf), learnerIds],
    );
    return new Set(rows.map(({ id }) => id));
  }

  /** The person behind an account; undefined when there is no such account, or none any more. */
  async whole(tx: EntityManager, learnerId: string): Promise<WholePerson | undefined> {
    const rows = await tx.query<{ standing: Standing; selves: [string, ...string[]] | null }[]>(
      `SELECT ${STANDING}, p.one_with AS selves FROM learner_person p
        WHERE bucket = $1 AND learner_id = $2`,
      [bucketOf(learnerId), learnerId],
    );
    const [row] = rows;
    return row && { standing: row.standing, selves: row.selves ?? [learnerId] };
  }

  /** {@link whole} of many: all accounts of each that is linked; others are absent. */
  async selvesOfMany(
    tx: EntityManager,
    learnerIds: readonly string[],
  ): Promise<Map<string, [string, ...string[]]>> {
    const rows = await tx.query<{ learnerId: string; selves: [string, ...string[]] }[]>(
      `SELECT learner_id AS "learnerId", one_with AS selves FROM learner_person
        WHERE (bucket, learner_id) IN (SELECT * FROM unnest($1::smallint[], $2::uuid[]))
          AND one_with IS NOT NULL`,
      [learnerIds.map(bucketOf), learnerIds],
    );
    return new Map(rows.map(({ learnerId, selves }) => [learnerId, selves]));
  }

  /** Institutions on whose roster the learner is, by code. */
  async listInstitutions(
    tx: EntityManager,
    { bucket, learnerId }: LearnerKey,
  ): Promise<{ code: string; zh: string; en: string; since: string }[]> {
    const rows = await tx.query<{ code: string; zh: string; en: string; since: Date }[]>(
      `SELECT i.code, i.name_zh AS zh, i.name_en AS en, m.first_seen_at AS since
         FROM learner_institution m JOIN institution i ON i.id = m.institution_id
        WHERE m.bucket = $1 AND m.learner_id = $2 ORDER BY i.code`,
      [bucket, learnerId],
    );
    return rows.map((row) => ({ ...row, since: row.since.toISOString() }));
  }

  async findPerson(
    tx: EntityManager,
    { bucket, learnerId }: LearnerKey,
  ): Promise<SealedPerson | undefined> {
    const people = await tx.query<Omit<SealedPerson, 'identities'>[]>(
      `SELECT wrapped_key AS "wrappedKey", name_sealed AS "nameSealed"
       FROM learner_person WHERE bucket = $1 AND learner_id = $2`,
      [bucket, learnerId],
    );
    if (!people[0]) return undefined;
    const identities = await tx.query<SealedPerson['identities']>(
      `SELECT kind, number_sealed AS "numberSealed" FROM learner_identity
       WHERE bucket = $1 AND learner_id = $2 ORDER BY created_at, kind`,
      [bucket, learnerId],
    );
    return { ...people[0], identities };
  }

  /** The documents of many people and what opens them, one row a document. */
  listIdentities(tx: EntityManager, learnerIds: readonly string[]): Promise<SealedIdentity[]> {
    return tx.query(
      `SELECT i.learner_id AS "learnerId", p.wrapped_key AS "wrappedKey", i.kind,
              i.number_sealed AS "numberSealed"
       FROM learner_identity i JOIN learner_person p USING (bucket, learner_id)
       WHERE (i.bucket, i.learner_id) IN (SELECT * FROM unnest($1::smallint[], $2::uuid[]))
       ORDER BY i.created_at, i.kind`,
      [learnerIds.map(bucketOf), learnerIds],
    );
  }
}
