import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { bucketOf } from '../../platform/ids/index.js';
import type { AccessEntry, Ground, PersonField } from './reading.js';

/** A line as it is shown. */
export interface AccessLine {
  readonly seq: number;
  readonly reader: string;
  /** What the reader is; null for whoever held a code. */
  readonly readerKind: 'staff' | 'key' | 'guardian' | null;
  readonly institution: { code: string; zh: string; en: string } | null;
  readonly purpose: string;
  readonly fields: PersonField[];
  readonly ground: Ground;
  readonly reference: string | null;
  readonly recordedAt: Date;
}

/** What a line says, in the one spelling over which its hash is made; `l` is the line before. */
const SAID = `jsonb_build_array(n.reader, n.institution_id, n.purpose, n.fields, n.ground, n.reference,
    extract(epoch FROM n.recorded_at))::text`;
const CHAINED = `sha256(coalesce(l.hash, '\\x'::bytea) || convert_to(${SAID}, 'UTF8'))`;

/** SQL of the access log. */
@Injectable()
export class AccessLogStore {
  append(tx: EntityManager, entry: AccessEntry, at: Date): Promise<void> {
    return this.appendAll(tx, [entry.learnerId], entry, at);
  }

  /**
   * Adds the same line behind the last of each person, once each; of two that race, one waits and
   * goes behind the other.
   */
  async appendAll(
    tx: EntityManager,
    learnerIds: readonly string[],
    entry: Omit<AccessEntry, 'learnerId'>,
    at: Date,
  ): Promise<void> {
    const { reader, institutionId, purpose, fields, ground, reference } = entry;
    for (let left = learnerIds.toSorted(); left.length > 0;) {
      const rows = await tx.query<{ learnerId: string }[]>(
        `INSERT INTO access_log (bucket, learner_id, seq, reader, institution_id, purpose, fields,
                ground, reference, recorded_at, hash)
         SELECT p.bucket, p.learner_id, coalesce(l.seq, 0) + 1, n.reader, n.institution_id,
                n.purpose, n.fields, n.ground, n.reference, n.recorded_at, ${CHAINED}
           FROM unnest($1::smallint[], $2::uuid[]) AS p (bucket, learner_id)
          CROSS JOIN (SELECT $3::text AS reader, $4::uuid AS institution_id, $5::text AS purpose,
                        $6::text[] AS fields, $7::text AS ground, $8::uuid AS reference,
                        $9::timestamptz AS recorded_at) n
           LEFT JOIN LATERAL (
             SELECT seq, hash FROM access_log
              WHERE bucket = p.bucket AND learner_id = p.learner_id
              ORDER BY seq DESC LIMIT 1) l ON true
         ON CONFLICT (bucket, learner_id, seq) DO NOTHING RETURNING learner_id AS "learnerId"`,
        [left.map(bucketOf), left, reader, institutionId, purpose, fields, ground, reference, at],
      );
      const told = new Set(rows.map(({ learnerId }) => learnerId));
      left = left.filter((learnerId) => !told.has(learnerId));
    }
  }

  /** What was asked and done on the ground of each of these, as purposes, first done first. */
  async purposesUnder(
    tx: EntityManager,
    rights: readonly { readonly id: string; readonly learnerId: string }[],
  ): Promise<Map<string, string[]>> {
    const rows = await tx.query<{ id: string; purposes: string[] }[]>(
      `SELECT reference AS id, array_agg(purpose ORDER BY first) AS purposes FROM (
         SELECT l.reference, l.purpose, min(l.recorded_at) AS first
           FROM (SELECT DISTINCT * FROM unnest($1::smallint[], $2::uuid[])) AS p (bucket, learner_id)
           JOIN access_log l USING (bucket, learner_id)
          WHERE l.reference = ANY ($3::uuid[]) GROUP BY 1, 2) done
        GROUP BY 1`,
      [
        rights.map(({ learnerId }) => bucketOf(learnerId)),
        rights.map(({ learnerId }) => learnerId),
        rights.map(({ id }) => id),
      ],
    );
    return new Map(rows.map(({ id, purposes }) => [id, purposes]));
  }

  /** Lines of a person, newest first, before `beforeSeq`. */
  async list(
    tx: EntityManager,
    learnerId: string,
    page: { beforeSeq: number | null; limit: number | null },
  ): Promise<AccessLine[]> {
    const rows = await tx.query<(AccessLine & { code: string | null; zh: string; en: string })[]>(
      `SELECT l.seq, l.reader, l.purpose, l.fields, l.ground, l.reference,
              l.recorded_at AS "recordedAt", i.code, i.name_zh AS zh, i.name_en AS en,
              CASE WHEN k.id IS NOT NULL THEN 'key' WHEN l.ground = 'guardian' THEN 'guardian'
                   WHEN l.reader <> 'public' THEN 'staff' END AS "readerKind"
         FROM access_log l LEFT JOIN institution i ON i.id = l.institution_id
         LEFT JOIN api_key k ON k.id::text = l.reader
        WHERE l.bucket = $1 AND l.learner_id = $2 AND ($3::int IS NULL OR l.seq < $3)
        ORDER BY l.seq DESC LIMIT $4`,
      [bucketOf(learnerId), learnerId, page.beforeSeq, page.limit],
    );
    return rows.map(({ code, zh, en, ...line }) => ({
      ...line,
      institution: code === null ? null : { code, zh, en },
    }));
  }

  /** The first line that does not fit behind the one before it; null when all do. */
  async findBroken(tx: EntityManager, learnerId: string): Promise<number | null> {
    const rows = await tx.query<{ seq: number }[]>(
      `SELECT n.seq FROM (
         SELECT *, lag(hash) OVER w AS before_it, row_number() OVER w AS place FROM access_log
          WHERE bucket = $1 AND learner_id = $2 WINDOW w AS (ORDER BY seq)) n
        CROSS JOIN LATERAL (SELECT n.before_it AS hash) l
        WHERE n.seq <> n.place OR n.hash <> ${CHAINED}
        ORDER BY n.seq LIMIT 1`,
      [bucketOf(learnerId), learnerId],
    );
    return rows[0]?.seq ?? null;
  }
}
