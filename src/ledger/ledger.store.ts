import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Millicredits } from '#libs/credit';
import { ACCOUNTS, ENTRY_KINDS, type LotAccount } from '#libs/double-entry';
import { arrayLiteral, prepared } from '../platform/database/index.js';
import { bucketOf } from '../platform/ids/index.js';
import { APPEND, POST } from './ledger.sql.js';
import type {
  Claim,
  DepositLine,
  EntryRecord,
  LotView,
  NewPosting,
  ProgrammeCount,
} from './ledger.types.js';

/** A run of buckets, both ends included. */
export interface Buckets {
  readonly first: number;
  readonly last: number;
}

/** A lot with credit that is past its last day. */
export interface Overdue {
  readonly learnerId: string;
  readonly lotId: string;
}

/** A row as `pg` delivers it: bigint columns are strings. */
export interface EntryRow {
  learner_id: string;
  lot_id: string;
  lot_seq: number;
  kind: number;
  debit: number;
  credit: number;
  amount: string;
  available_after: string;
  held_after: string;
  settles_seq: number | null;
  reference: string | null;
  category_id: number;
  issuer_id: string;
  occurred_on: string;
  expires_on: string | null;
  posting_id: string;
  posting_pos: number;
  recorded_at: Date;
  rule_hash: Buffer | null;
  commitment: Buffer;
  reason: string | null;
  programme: string | null;
}

export const COLUMNS = `learner_id, lot_id, lot_seq, kind, debit, credit, amount, available_after, held_after,
  settles_seq, reference, category_id, issuer_id, occurred_on, expires_on::text AS expires_on,
  posting_id, posting_pos, recorded_at, rule_hash, commitment, reason, programme`;

const LOT_ACCOUNTS = [
  'available',
  'held',
  'used',
  'expired',
  'revoked',
  'pledged',
  'counted',
] as const;
const BALANCES = LOT_ACCOUNTS.map(balanceOf).join(', ');
const LOT = `lot_id, category_id, min(issuer_id::text) AS issuer_id,
  min(recorded_at) AS deposited_at, min(expires_on)::text AS expires_on,
  sum(amount) FILTER (WHERE debit = 0) AS deposited, ${BALANCES}`;
const COUNT = `lot_id, category_id, programme, ${balanceOf('pledged')}, ${balanceOf('counted')}`;
const OF_MANY = '(bucket, learner_id) IN (SELECT * FROM unnest($1::smallint[], $2::uuid[]))';

/** All SQL of the books. INSERT and SELECT only. */
@Injectable()
export class LedgerStore {
  /**
   * Opens lots that nobody owns yet, in one statement: owners, entries, the posting with its hashes
   * and the feed of the log. Rows go in sorted by key, so that two files that share rows wait for
   * each other instead of deadlocking (notes/ledger.md 2.4: unsorted, 81 deadlocks in 60 s).
   *
   * @param leaves one leaf hash a line, 32 bytes each
   * @returns the lots that were known before; nothing of them was written
   */
  async post(
    tx: EntityManager,
    {
      posting,
      lines,
      leaves,
    }: { posting: NewPosting; lines: readonly DepositLine[]; leaves: Buffer },
  ): Promise<Set<string>> {
    const [row] = await prepared<{ known: string[] | null }>(tx, {
      name: 'ledger-post',
      text: POST,
      values: [...headValues(posting), leaves, ...lineValues(lines), daysOf(lines)],
    });
    return new Set(row?.known ?? []);
  }

  /** Which learner owns each lot; lots that nobody owns are absent. */
  async ownersOf(tx: EntityManager, lotIds: readonly string[]): Promise<Map<string, string>> {
    const rows = await tx.query<{ lot_id: string; learner_id: string }[]>(
      'SELECT lot_id, learner_id FROM lot_owner WHERE lot_id = ANY($1::uuid[])',
      [lotIds],
    );
    return new Map(rows.map((row) => [row.lot_id, row.learner_id]));
  }

  /** Like {@link ownersOf}; a lot of the first schema is found by its new id as well. */
  async claimsOf(tx: EntityManager, lotIds: readonly string[]): Promise<Map<string, Claim>> {
    const rows = await prepared<{ id: string; lot_id: string; learner_id: string }>(tx, {
      name: 'ledger-claims',
      text: `SELECT lot_id AS id, coalesce(alias_of, lot_id) AS lot_id, learner_id FROM lot_owner
              WHERE lot_id = ANY($1::uuid[])`,
      values: [arrayLiteral(lotIds)],
    });
    return new Map(rows.map((row) => [row.id, { lotId: row.lot_id, learnerId: row.learner_id }]));
  }

  /** Serialises the movements of one learner until the transaction ends. */
  async lockLearner(tx: EntityManager, learnerId: string): Promise<void> {
    await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 7))', [learnerId]);
  }

  /** Appends movements of lots that are open, with the posting and the feed, in one statement. */
  async append(
    tx: EntityManager,
    {
      posting,
      entries,
      leaves,
    }: { posting: NewPosting; entries: readonly EntryRecord[]; leaves: Buffer },
  ): Promise<void> {
    await prepared(tx, {
      name: 'ledger-append',
      text: APPEND,
      values: [
        ...headValues(posting),
        leaves,
        ...lineValues(entries),
        arrayLiteral(entries.map((e) => e.lotSeq)),
        arrayLiteral(entries.map((e) => ENTRY_KINDS.indexOf(e.kind))),
        arrayLiteral(entries.map((e) => ACCOUNTS.indexOf(e.debit))),
        arrayLiteral(entries.map((e) => ACCOUNTS.indexOf(e.credit))),
        arrayLiteral(entries.map((e) => e.settlesSeq)),
        arrayLiteral(entries.map((e) => e.availableAfter)),
        arrayLiteral(entries.map((e) => e.heldAfter)),
        arrayLiteral(entries.map((e) => e.issuerId)),
        arrayLiteral(entries.map((e) => e.reference)),
        entries.map((e) => e.programme),
      ],
    });
  }

  /** All entries of the named lots of one learner, oldest first within a lot. */
  async listOfLots(
    tx: EntityManager,
    learnerId: string,
    lotIds: readonly string[],
  ): Promise<EntryRecord[]> {
    const rows = await tx.query<EntryRow[]>(
      `SELECT ${COLUMNS} FROM entry
        WHERE bucket = $1 AND learner_id = $2 AND lot_id = ANY($3::uuid[])
        ORDER BY lot_id, lot_seq`,
      [bucketOf(learnerId), learnerId, lotIds],
    );
    return rows.map(toRecord);
  }

  /** What one cause, for example an application, moved for a learner; in the order of booking. */
  async listOfReference(
    tx: EntityManager,
    learnerId: string,
    reference: string,
  ): Promise<EntryRecord[]> {
    const rows = await tx.query<EntryRow[]>(
      `SELECT ${COLUMNS} FROM entry
        WHERE bucket = $1 AND learner_id = $2 AND reference = $3
        ORDER BY recorded_at, posting_id, posting_pos`,
      [bucketOf(learnerId), learnerId, reference],
    );
    return rows.map(toRecord);
  }

  async findEntry(
    tx: EntityManager,
    learnerId: string,
    lotId: string,
    lotSeq: number,
  ): Promise<EntryRecord | undefined> {
    const rows = await tx.query<EntryRow[]>(
      `SELECT ${COLUMNS} FROM entry
        WHERE bucket = $1 AND learner_id = $2 AND lot_id = $3 AND lot_seq = $4`,
      [bucketOf(learnerId), learnerId, lotId, lotSeq],
    );
    return rows.map(toRecord)[0];
  }

  /** One line per lot of a learner, summed from its entries. */
  async listLots(tx: EntityManager, learnerId: string): Promise<LotView[]> {
    const rows = await tx.query<LotRow[]>(
      `SELECT ${LOT} FROM entry WHERE bucket = $1 AND learner_id = $2
        GROUP BY lot_id, category_id ORDER BY min(recorded_at), lot_id`,
      [bucketOf(learnerId), learnerId],
    );
    return rows.map(toLot);
  }

  /** The lots of many learners at once. */
  async listLotsOfMany(tx: EntityManager, learnerIds: readonly string[]): Promise<LotView[]> {
    const rows = await tx.query<LotRow[]>(
      `SELECT ${LOT} FROM entry WHERE ${OF_MANY} GROUP BY bucket, learner_id, lot_id, category_id`,
      [learnerIds.map(bucketOf), learnerIds],
    );
    return rows.map(toLot);
  }

  /** What each programme holds and counts of each lot of a learner. */
  async listCounts(tx: EntityManager, learnerId: string): Promise<ProgrammeCount[]> {
    const rows = await tx.query<CountRow[]>(
      `SELECT ${COUNT} FROM entry
        WHERE bucket = $1 AND learner_id = $2 AND programme IS NOT NULL
        GROUP BY lot_id, category_id, programme ORDER BY programme, lot_id`,
      [bucketOf(learnerId), learnerId],
    );
    return rows.map(toCount);
  }

  /** What one programme holds and counts of the lots of many learners. */
  async listCountsOfMany(
    tx: EntityManager,
    learnerIds: readonly string[],
    programme: string,
  ): Promise<ProgrammeCount[]> {
    const rows = await tx.query<CountRow[]>(
      `SELECT ${COUNT} FROM entry WHERE ${OF_MANY} AND programme = $3
        GROUP BY lot_id, category_id, programme ORDER BY lot_id`,
      [learnerIds.map(bucketOf), learnerIds, programme],
    );
    return rows.map(toCount);
  }

  /**
   * Lots of some buckets that still have credit available after their last day, in the order of the
   * key, behind `after`.
   */
  async listOverdue(
    tx: EntityManager,
    query: { buckets: Buckets; day: string; after: Overdue | null; limit: number },
  ): Promise<Overdue[]> {
    const { buckets, day, after, limit } = query;
    const from = after ? bucketOf(after.learnerId) : buckets.first;
    return tx.query(
      `SELECT e.learner_id AS "learnerId", e.lot_id AS "lotId" FROM entry e
        WHERE e.bucket BETWEEN $1 AND $2 AND e.lot_seq = 0 AND e.expires_on < $3::date
          AND ($4::uuid IS NULL OR (e.bucket, e.learner_id, e.lot_id) > ($1, $4::uuid, $5::uuid))
          AND (SELECT last.available_after FROM entry last
                WHERE last.bucket = e.bucket AND last.learner_id = e.learner_id
                  AND last.lot_id = e.lot_id
                ORDER BY last.lot_seq DESC LIMIT 1) > 0
        ORDER BY e.bucket, e.learner_id, e.lot_id LIMIT $6`,
      [from, buckets.last, day, after?.learnerId ?? null, after?.lotId ?? null, limit],
    );
  }

  /** Everything that ever moved for a learner, oldest first within each lot. */
  async listOfLearner(tx: EntityManager, learnerId: string): Promise<EntryRecord[]> {
    const rows = await tx.query<EntryRow[]>(
      `SELECT ${COLUMNS} FROM entry WHERE bucket = $1 AND learner_id = $2 ORDER BY lot_id, lot_seq`,
      [bucketOf(learnerId), learnerId],
    );
    return rows.map(toRecord);
  }
}

/** $1 to $6 of both statements. */
function headValues(posting: NewPosting): unknown[] {
  const { postingId, institutionId, actor, recordedAt, ruleHash, reason } = posting;
  return [postingId, institutionId, actor, recordedAt, ruleHash, reason];
}

/** $8 to $14 of both statements. */
function lineValues(lines: readonly (DepositLine | EntryRecord)[]): unknown[] {
  return [
    Buffer.concat(lines.map((line) => line.commitment)),
    arrayLiteral(lines.map((line) => line.lotId)),
    arrayLiteral(lines.map((line) => bucketOf(line.learnerId))),
    arrayLiteral(lines.map((line) => line.learnerId)),
    arrayLiteral(lines.map((line) => line.categoryId)),
    arrayLiteral(lines.map((line) => line.amount)),
    arrayLiteral(lines.map((line) => line.occurredOn)),
  ];
}

function daysOf(lines: readonly DepositLine[]): string {
  return arrayLiteral(lines.map((line) => line.expiresOn));
}

/** What of a lot stands in an account, from its entries. */
function balanceOf(account: LotAccount): string {
  const n = ACCOUNTS.indexOf(account);
  return `sum(CASE WHEN credit = ${n} THEN amount WHEN debit = ${n} THEN -amount ELSE 0 END) AS ${account}`;
}

interface LotRow extends Record<LotAccount, string> {
  lot_id: string;
  category_id: number;
  issuer_id: string;
  deposited_at: Date;
  expires_on: string | null;
  deposited: string;
}

interface CountRow extends Record<'pledged' | 'counted', string> {
  lot_id: string;
  category_id: number;
  programme: string;
}

function toCount(row: CountRow): ProgrammeCount {
  return {
    lotId: row.lot_id,
    categoryId: row.category_id,
    programme: row.programme,
    pledged: BigInt(row.pledged) as Millicredits,
    counted: BigInt(row.counted) as Millicredits,
  };
}

function toLot(row: LotRow): LotView {
  const amount = (text: string): Millicredits => BigInt(text) as Millicredits;
  return {
    lotId: row.lot_id,
    categoryId: row.category_id,
    issuerId: row.issuer_id,
    depositedAt: row.deposited_at,
    expiresOn: row.expires_on,
    deposited: amount(row.deposited),
    available: amount(row.available),
    held: amount(row.held),
    used: amount(row.used),
    expired: amount(row.expired),
    revoked: amount(row.revoked),
    pledged: amount(row.pledged),
    counted: amount(row.counted),
  };
}

export function toRecord(row: EntryRow): EntryRecord {
  return {
    learnerId: row.learner_id,
    lotId: row.lot_id,
    lotSeq: row.lot_seq,
    kind: ENTRY_KINDS[row.kind] as EntryRecord['kind'],
    debit: ACCOUNTS[row.debit] as EntryRecord['debit'],
    credit: ACCOUNTS[row.credit] as EntryRecord['credit'],
    amount: BigInt(row.amount) as Millicredits,
    availableAfter: BigInt(row.available_after) as Millicredits,
    heldAfter: BigInt(row.held_after) as Millicredits,
    settlesSeq: row.settles_seq,
    reference: row.reference,
    categoryId: row.category_id,
    issuerId: row.issuer_id,
    occurredOn: row.occurred_on,
    expiresOn: row.expires_on,
    postingId: row.posting_id,
    postingPos: row.posting_pos,
    recordedAt: row.recorded_at,
    ruleHash: row.rule_hash,
    commitment: row.commitment,
    reason: row.reason,
    programme: row.programme,
  };
}
