import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type IndexedRow, type RotationStep, Words } from '../platform/crypto/index.js';
import { bucketOf, newId } from '../platform/ids/index.js';
import { type CountedShare, MOST_PIN_FAILURES, type Share, type ShareView } from './share.js';

interface ShareRow {
  id: string;
  learner_id: string;
  purpose: string;
  receiver: string | null;
  days: number;
  wrapped_key: Buffer;
  code_sealed: Buffer;
  pin_sealed: Buffer | null;
  pin_failures: number;
  created_at: Date;
  expires_at: Date;
  revoked_at: Date | null;
  opened: string;
  last_opened_at: Date | null;
}

interface ViewRow {
  result: ShareView['result'];
  viewer: ShareView['kind'];
  institution_id: string | null;
  network: string;
  viewed_at: Date;
}

/** A code as it is filed, with what opens it. */
export interface FiledCode extends IndexedRow {
  readonly id: string;
  readonly index: Buffer;
  readonly wrappedKey: Buffer;
  readonly codeSealed: Buffer;
}

/** A share with how often it was shown; `s` is the share. */
const COUNTED = `SELECT s.id, s.learner_id, s.purpose, s.receiver, s.days, s.wrapped_key, s.code_sealed,
    s.pin_sealed, s.pin_failures, s.created_at, s.expires_at, s.revoked_at, v.opened, v.last_opened_at
  FROM share s CROSS JOIN LATERAL (
    SELECT count(*) AS opened, max(viewed_at) AS last_opened_at FROM share_view
     WHERE bucket = s.bucket AND share_id = s.id AND result = 'shown') v`;

/** All SQL of shares, their codes and the looks at them. What the learner wrote is sealed in it. */
@Injectable()
export class SharesStore {
  constructor(private readonly words: Words) {}

  /** Two requests with one key meet here: the second sees what the first made. */
  async lock(tx: EntityManager, id: string): Promise<void> {
    await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 10))', [id]);
  }

  async insert(tx: EntityManager, share: Share): Promise<void> {
    const seal = (text: string): string =>
      this.words.seal(share.wrappedKey, text, wordsContext(share.id));
    await tx.query(
      `INSERT INTO share (bucket, id, learner_id, purpose, receiver, days, wrapped_key, code_sealed,
         pin_sealed, created_at, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        bucketOf(share.id),
        share.id,
        share.learnerId,
        seal(share.purpose),
        share.receiver && seal(share.receiver),
        share.days,
        share.wrappedKey,
        share.codeSealed,
        share.pinSealed,
        share.createdAt,
        share.expiresAt,
      ],
    );
  }

  /** @returns false when the code belongs to another share */
  async claimCode(
    tx: EntityManager,
    { index, version }: { index: Buffer; version: number },
    shareId: string,
  ): Promise<boolean> {
    const rows = await tx.query<unknown[]>(
      `INSERT INTO share_code (code_index, bucket, share_id, index_version) VALUES ($1, $2, $3, $4)
       ON CONFLICT (code_index) DO NOTHING RETURNING 1`,
      [index, bucketOf(shareId), shareId, version],
    );
    return rows.length > 0;
  }

  async find(tx: EntityManager, id: string): Promise<CountedShare | undefined> {
    const rows = await tx.query<ShareRow[]>(`${COUNTED} WHERE s.bucket = $1 AND s.id = $2`, [
      bucketOf(id),
      id,
    ]);
    return rows.map((row) => this.#toShare(row))[0];
  }

  /** @param codeIndexes of one code, by every version of the index that is in use */
  async findByCode(
    tx: EntityManager,
    codeIndexes: readonly Buffer[],
  ): Promise<CountedShare | undefined> {
    const rows = await tx.query<{ share_id: string }[]>(
      'SELECT share_id FROM share_code WHERE code_index = ANY($1::bytea[])',
      [codeIndexes],
    );
    return rows[0] && this.find(tx, rows[0].share_id);
  }

  /** The next codes in the order of their shares. */
  listCodes(tx: EntityManager, { after, limit }: RotationStep): Promise<FiledCode[]> {
    const [bucket = null, id = null] = after === null ? [] : (JSON.parse(after) as unknown[]);
    return tx.query(
      `SELECT jsonb_build_array(s.bucket, s.id)::text AS place, s.id, c.code_index AS index,
              c.index_version AS "indexVersion", s.wrapped_key AS "wrappedKey",
              s.code_sealed AS "codeSealed"
         FROM share_code c JOIN share s ON s.bucket = c.bucket AND s.id = c.share_id
        WHERE $1::smallint IS NULL OR (s.bucket, s.id) > ($1, $2::uuid)
        ORDER BY s.bucket, s.id LIMIT $3 FOR UPDATE OF c`,
      [bucket, id, limit],
    );
  }

  async setCodeIndexes(
    tx: EntityManager,
    moved: readonly { filed: FiledCode; index: Buffer }[],
    version: number,
  ): Promise<void> {
    if (moved.length === 0) return;
    // A row that is spread by its index cannot be updated to another; it leaves and comes again.
    await tx.query('DELETE FROM share_code WHERE code_index = ANY($1::bytea[])', [
      moved.map(({ filed }) => filed.index),
    ]);
    await tx.query(
      `INSERT INTO share_code (code_index, bucket, share_id, index_version)
       SELECT c.*, $4 FROM unnest($1::bytea[], $2::smallint[], $3::uuid[]) AS c`,
      [
        moved.map(({ index }) => index),
        moved.map(({ filed }) => bucketOf(filed.id)),
        moved.map(({ filed }) => filed.id),
        version,
      ],
    );
  }

  async countCodes(tx: EntityManager, version: number): Promise<number> {
    const rows = await tx.query<{ n: number }[]>(
      'SELECT count(*)::int AS n FROM share_code WHERE index_version <> $1',
      [version],
    );
    return rows[0]?.n ?? 0;
  }

  /** Shares of a learner, newest first. */
  async listOf(
    tx: EntityManager,
    learnerId: string,
    page: { after: [string, string] | null; limit: number },
  ): Promise<CountedShare[]> {
    const rows = await tx.query<ShareRow[]>(
      `${COUNTED} WHERE s.bucket = $1 AND s.learner_id = $2
          AND ($3::timestamptz IS NULL OR (s.created_at, s.id) < ($3, $4::uuid))
        ORDER BY s.created_at DESC, s.id DESC LIMIT $5`,
      [bucketOf(learnerId), learnerId, ...(page.after ?? [null, null]), page.limit],
    );
    return rows.map((row) => this.#toShare(row));
  }

  /** Shares of a learner that open at that moment, oldest first. */
  async listLive(tx: EntityManager, learnerId: string, now: Date): Promise<CountedShare[]> {
    const rows = await tx.query<ShareRow[]>(
      `${COUNTED} WHERE s.bucket = $1 AND s.learner_id = $2
          AND s.revoked_at IS NULL AND s.expires_at > $3 ORDER BY s.created_at, s.id`,
      [bucketOf(learnerId), learnerId, now],
    );
    return rows.map((row) => this.#toShare(row));
  }

  /** Institutions that opened a share of the learner since a moment, each share with its last look. */
  async listShownTo(
    tx: EntityManager,
    learnerId: string,
    since: Date,
  ): Promise<{ institutionId: string; shareId: string; at: Date }[]> {
    return tx.query(
      `SELECT v.institution_id AS "institutionId", v.share_id AS "shareId", max(v.viewed_at) AS at
         FROM share s JOIN share_view v ON v.bucket = s.bucket AND v.share_id = s.id
        WHERE s.bucket = $1 AND s.learner_id = $2 AND v.result = 'shown'
          AND v.institution_id IS NOT NULL AND v.viewed_at >= $3
        GROUP BY v.institution_id, v.share_id ORDER BY at, v.share_id`,
      [bucketOf(learnerId), learnerId, since],
    );
  }

  /** Ends a share; one that has ended before keeps its first end. */
  async revoke(tx: EntityManager, id: string, now: Date): Promise<void> {
    await tx.query(
      'UPDATE share SET revoked_at = $3 WHERE bucket = $1 AND id = $2 AND revoked_at IS NULL',
      [bucketOf(id), id, now],
    );
  }

  /** Moves the end of a share and sets its PIN; a new PIN starts with no failures. */
  async change(
    tx: EntityManager,
    { id, expiresAt, pinSealed }: Pick<Share, 'id' | 'expiresAt' | 'pinSealed'>,
  ): Promise<void> {
    await tx.query(
      `UPDATE share SET expires_at = $3, pin_sealed = $4,
              pin_failures = CASE WHEN pin_sealed IS NOT DISTINCT FROM $4 THEN pin_failures ELSE 0 END
        WHERE bucket = $1 AND id = $2`,
      [bucketOf(id), id, expiresAt, pinSealed],
    );
  }

  /**
   * Counts a PIN that is about to be tried. Tries of one share wait for each other here, so that many
   * at once are not all compared before the first is counted.
   *
   * @returns failures with this one; undefined when there were too many before
   */
  async countPinTry(tx: EntityManager, id: string): Promise<number | undefined> {
    const [rows] = await tx.query<[{ pin_failures: number }[], number]>(
      `UPDATE share SET pin_failures = pin_failures + 1
        WHERE bucket = $1 AND id = $2 AND pin_failures < $3 RETURNING pin_failures`,
      [bucketOf(id), id, MOST_PIN_FAILURES],
    );
    return rows[0]?.pin_failures;
  }

  async forgetPinFailures(tx: EntityManager, id: string): Promise<void> {
    await tx.query('UPDATE share SET pin_failures = 0 WHERE bucket = $1 AND id = $2', [
      bucketOf(id),
      id,
    ]);
  }

  /** @returns the id of the look */
  async insertView(tx: EntityManager, shareId: string, view: ShareView): Promise<string> {
    const id = newId(bucketOf(shareId));
    await tx.query(
      `INSERT INTO share_view (bucket, share_id, id, result, viewer, institution_id, network, viewed_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        bucketOf(shareId),
        shareId,
        id,
        view.result,
        view.kind,
        view.institutionId,
        view.network,
        view.viewedAt,
      ],
    );
    return id;
  }

  /** Whether that look at the share showed it, not longer ago than since then. */
  async wasShown(
    tx: EntityManager,
    { shareId, lookId }: { shareId: string; lookId: string },
    since: Date,
  ): Promise<boolean> {
    const rows = await tx.query<unknown[]>(
      `SELECT 1 FROM share_view WHERE bucket = $1 AND share_id = $2 AND id = $3
          AND result = 'shown' AND viewed_at >= $4`,
      [bucketOf(shareId), shareId, lookId, since],
    );
    return rows.length > 0;
  }

  /** The newest looks at a share. */
  async listViews(tx: EntityManager, shareId: string, limit: number): Promise<ShareView[]> {
    const rows = await tx.query<ViewRow[]>(
      `SELECT result, viewer, institution_id, network, viewed_at FROM share_view
        WHERE bucket = $1 AND share_id = $2 ORDER BY viewed_at DESC, id DESC LIMIT $3`,
      [bucketOf(shareId), shareId, limit],
    );
    return rows.map((row) => ({
      result: row.result,
      kind: row.viewer,
      institutionId: row.institution_id,
      network: row.network,
      viewedAt: row.viewed_at,
    }));
  }

  #toShare(row: ShareRow): CountedShare {
    const open = (stored: string): string =>
      this.words.open(row.wrapped_key, stored, wordsContext(row.id));
    return {
      id: row.id,
      learnerId: row.learner_id,
      purpose: open(row.purpose),
      receiver: row.receiver && open(row.receiver),
      days: row.days,
      wrappedKey: row.wrapped_key,
      codeSealed: row.code_sealed,
      pinSealed: row.pin_sealed,
      pinFailures: row.pin_failures,
      createdAt: row.created_at,
      expiresAt: row.expires_at,
      revokedAt: row.revoked_at,
      opened: Number(row.opened),
      lastOpenedAt: row.last_opened_at,
    };
  }
}

function wordsContext(shareId: string): string {
  return `share:${shareId}:words`;
}
