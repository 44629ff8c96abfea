import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { bucketOf } from '../platform/ids/index.js';
import type { IndexedRow, RotationStep } from '../platform/crypto/index.js';
import type { LearnerKey, SealedIdentity } from './learners.store.js';

export interface FiledIdentity extends SealedIdentity, IndexedRow {
  readonly index: Buffer;
  readonly schoolId: string | null;
  readonly createdAt: string;
}

/** A name, whose check is keyed by the index, too. */
export interface CheckedName extends LearnerKey, IndexedRow {
  readonly wrappedKey: Buffer;
  readonly nameSealed: Buffer;
}

/** SQL that files people under another version of the index. */
@Injectable()
export class ReindexingStore {
  /** The next documents in the order of their learners; an index moves, its learner does not. */
  listIdentities(tx: EntityManager, { after, limit }: RotationStep): Promise<FiledIdentity[]> {
    const [bucket = null, learnerId = null] = placeOf(after);
    return tx.query(
      `SELECT jsonb_build_array(i.bucket, i.learner_id)::text AS place, i.blind_index AS index,
              i.index_version AS "indexVersion", i.school_id AS "schoolId",
              i.created_at::text AS "createdAt",
              i.learner_id AS "learnerId", i.kind, i.number_sealed AS "numberSealed",
              p.wrapped_key AS "wrappedKey"
         FROM (SELECT DISTINCT bucket, learner_id FROM learner_identity
                WHERE $1::smallint IS NULL OR (bucket, learner_id) > ($1, $2::uuid)
                ORDER BY bucket, learner_id LIMIT $3) l
         JOIN learner_identity i USING (bucket, learner_id)
         JOIN learner_person p USING (bucket, learner_id)
        ORDER BY i.bucket, i.learner_id FOR UPDATE OF i`,
      [bucket, learnerId, limit],
    );
  }

  async setIndexes(
    tx: EntityManager,
    moved: readonly { filed: FiledIdentity; index: Buffer }[],
    version: number,
  ): Promise<void> {
    if (moved.length === 0) return;
    // A row that is spread by its index cannot be updated to another; it leaves and comes again.
    await tx.query('DELETE FROM learner_identity WHERE blind_index = ANY($1::bytea[])', [
      moved.map(({ filed }) => filed.index),
    ]);
    await tx.query(
      `INSERT INTO learner_identity (blind_index, bucket, learner_id, kind, number_sealed,
              created_at, index_version, school_id)
       SELECT d.index, d.bucket, d.learner_id, d.kind, d.number_sealed, d.created_at, $8, d.school
         FROM unnest($1::bytea[], $2::smallint[], $3::uuid[], $4::text[], $5::bytea[],
                     $6::timestamptz[], $7::uuid[])
           AS d (index, bucket, learner_id, kind, number_sealed, created_at, school)`,
      [
        moved.map(({ index }) => index),
        moved.map(({ filed }) => bucketOf(filed.learnerId)),
        moved.map(({ filed }) => filed.learnerId),
        moved.map(({ filed }) => filed.kind),
        moved.map(({ filed }) => filed.numberSealed),
        moved.map(({ filed }) => filed.createdAt),
        moved.map(({ filed }) => filed.schoolId),
        version,
      ],
    );
  }

  listNames(tx: EntityManager, { after, limit }: RotationStep): Promise<CheckedName[]> {
    const [bucket = null, learnerId = null] = placeOf(after);
    return tx.query(
      `SELECT jsonb_build_array(bucket, learner_id)::text AS place, bucket,
              learner_id AS "learnerId", wrapped_key AS "wrappedKey",
              name_sealed AS "nameSealed", check_version AS "indexVersion"
         FROM learner_person
        WHERE name_sealed IS NOT NULL
          AND ($1::smallint IS NULL OR (bucket, learner_id) > ($1, $2::uuid))
        ORDER BY bucket, learner_id LIMIT $3 FOR UPDATE`,
      [bucket, learnerId, limit],
    );
  }

  async setChecks(
    tx: EntityManager,
    checked: readonly (LearnerKey & { nameCheck: Buffer })[],
    version: number,
  ): Promise<void> {
    if (checked.length === 0) return;
    await tx.query(
      `UPDATE learner_person p SET name_check = c.name_check, check_version = $4
         FROM unnest($1::smallint[], $2::uuid[], $3::bytea[]) AS c (bucket, learner_id, name_check)
        WHERE p.bucket = c.bucket AND p.learner_id = c.learner_id`,
      [
        checked.map(({ bucket }) => bucket),
        checked.map(({ learnerId }) => learnerId),
        checked.map(({ nameCheck }) => nameCheck),
        version,
      ],
    );
  }

  async countIdentities(tx: EntityManager, version: number): Promise<number> {
    const rows = await tx.query<{ n: number }[]>(
      'SELECT count(*)::int AS n FROM learner_identity WHERE index_version <> $1',
      [version],
    );
    return rows[0]?.n ?? 0;
  }

  async countNames(tx: EntityManager, version: number): Promise<number> {
    const rows = await tx.query<{ n: number }[]>(
      `SELECT count(*)::int AS n FROM learner_person
        WHERE name_check IS NOT NULL AND check_version <> $1`,
      [version],
    );
    return rows[0]?.n ?? 0;
  }
}

function placeOf(after: string | null): [number?, string?] {
  return after === null ? [] : (JSON.parse(after) as [number, string]);
}
