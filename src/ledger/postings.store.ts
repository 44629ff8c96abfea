import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { BookedEntry } from '#libs/double-entry';
import { prepared } from '../platform/database/index.js';
import { bucketOf } from '../platform/ids/index.js';
import { COLUMNS, type EntryRow, toRecord } from './ledger.store.js';

/** A posting that waits for the log, with the leaf hashes of its entries side by side. */
export interface FedPosting {
  readonly postingId: string;
  readonly entries: number;
  readonly leaves: Buffer;
}

/** An entry as the books have it now, with what its posting says of it. */
export interface FoundEntry extends BookedEntry {
  readonly postingPos: number;
  /** Whether the entry and its posting agree on when they were recorded. */
  readonly agrees: boolean;
}

/** Whose an entry is, by its place in its posting. */
export interface EntryOwner {
  readonly postingId: string;
  readonly postingPos: number;
  readonly learnerId: string;
}

interface FoundRow extends EntryRow {
  actor: string;
  institution_id: string | null;
  posting_recorded_at: Date;
}

const FOUND = COLUMNS.split(',')
  .map((column) => `e.${column.trim()}`)
  .join(', ');

/** Postings as a whole: for the log that takes them in, and for who compares it with the books. */
@Injectable()
export class PostingsStore {
  /** Whether any posting waits; cheap enough to ask all the time. */
  async isFeedEmpty(tx: EntityManager): Promise<boolean> {
    const rows = await tx.query<unknown[]>('SELECT FROM feed LIMIT 1');
    return rows.length === 0;
  }

  /** Postings that wait, oldest first. They stay until {@link dropFed}. */
  async listFed(tx: EntityManager, limit: number): Promise<string[]> {
    const rows = await prepared<{ posting_id: string }>(tx, {
      name: 'feed-list',
      text: 'SELECT posting_id FROM feed ORDER BY posting_id LIMIT $1',
      values: [limit],
    });
    return rows.map((row) => row.posting_id);
  }

  /** Which of these postings wait. */
  async findFed(tx: EntityManager, postingIds: readonly string[]): Promise<string[]> {
    const rows = await tx.query<{ posting_id: string }[]>(
      'SELECT posting_id FROM feed WHERE posting_id = ANY($1::uuid[])',
      [postingIds],
    );
    return rows.map((row) => row.posting_id);
  }

  /** The leaves of postings in their order, up to about `mostLeaves`; always at least one posting. */
  async readFed(
    tx: EntityManager,
    postingIds: readonly string[],
    mostLeaves: number,
  ): Promise<FedPosting[]> {
    const rows = await prepared<{ posting_id: string; entries: number; leaves: Buffer }>(tx, {
      name: 'feed-read',
      text: `SELECT posting_id, entries, leaves
               FROM (SELECT posting_id, entries, leaves,
                            sum(entries) OVER (ORDER BY posting_id) - entries AS before
                       FROM posting WHERE posting_id = ANY($1::uuid[])) AS sized
              WHERE before < $2 ORDER BY posting_id`,
      values: [postingIds, mostLeaves],
    });
    return rows.map(({ posting_id, ...rest }) => ({ postingId: posting_id, ...rest }));
  }

  /** How many postings the log does not have yet. */
  async countWaiting(tx: EntityManager): Promise<number> {
    const [row] = await tx.query<{ n: number }[]>('SELECT count(*)::int AS n FROM feed');
    return row?.n ?? 0;
  }

  /** Takes postings out of the feed: the log has them. */
  async dropFed(tx: EntityManager, postingIds: readonly string[]): Promise<void> {
    await prepared(tx, {
      name: 'feed-drop',
      text: 'DELETE FROM feed WHERE posting_id = ANY($1::uuid[])',
      values: [postingIds],
    });
  }

  /** The leaf hash that was booked with an entry; undefined when its posting is gone. */
  async findLeaf(
    tx: EntityManager,
    { postingId, postingPos }: { postingId: string; postingPos: number },
  ): Promise<Buffer | undefined> {
    const rows = await tx.query<{ leaf: Buffer }[]>(
      'SELECT substring(leaves FROM $2 * 32 + 1 FOR 32) AS leaf FROM posting WHERE posting_id = $1',
      [postingId, postingPos],
    );
    return rows[0]?.leaf;
  }

  /**
   * What the books say now of the entries of some postings. The range over the ids is what lets the
   * planner use the BRIN index.
   */
  async listBooked(tx: EntityManager, postingIds: readonly string[]): Promise<FoundEntry[]> {
    if (postingIds.length === 0) return [];
    const sorted = [...postingIds].sort();
    const rows = await tx.query<FoundRow[]>(
      `SELECT ${FOUND}, p.actor, p.institution_id, p.recorded_at AS posting_recorded_at
         FROM entry e JOIN posting p ON p.posting_id = e.posting_id
        WHERE e.posting_id BETWEEN $1 AND $2 AND e.posting_id = ANY($3::uuid[])`,
      [sorted[0], sorted.at(-1), postingIds],
    );
    return rows.map(toFound);
  }

  /** What the books say now of all entries of a learner. */
  async listBookedOf(tx: EntityManager, learnerId: string): Promise<FoundEntry[]> {
    const rows = await tx.query<FoundRow[]>(
      `SELECT ${FOUND}, p.actor, p.institution_id, p.recorded_at AS posting_recorded_at
         FROM entry e JOIN posting p ON p.posting_id = e.posting_id
        WHERE e.bucket = $1 AND e.learner_id = $2`,
      [bucketOf(learnerId), learnerId],
    );
    return rows.map(toFound);
  }

  /** Whose the entries of some postings are, in no particular order. */
  async listOwners(tx: EntityManager, postingIds: readonly string[]): Promise<EntryOwner[]> {
    if (postingIds.length === 0) return [];
    const sorted = [...postingIds].sort();
    return tx.query<EntryOwner[]>(
      `SELECT posting_id AS "postingId", posting_pos AS "postingPos", learner_id AS "learnerId"
         FROM entry WHERE posting_id BETWEEN $1 AND $2 AND posting_id = ANY($3::uuid[])`,
      [sorted[0], sorted.at(-1), postingIds],
    );
  }
}

function toFound(row: FoundRow): FoundEntry {
  return {
    ...toRecord(row),
    actor: row.actor,
    institutionId: row.institution_id,
    agrees: row.recorded_at.getTime() === row.posting_recorded_at.getTime(),
  };
}
