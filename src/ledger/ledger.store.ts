import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Millicredits } from '#libs/credit';
import { ACCOUNTS, ENTRY_KINDS } from '#libs/double-entry';
import { bucketOf } from '../platform/ids/index.js';
import type { EntryRecord, LotView } from './ledger.types.js';

/** A row as `pg` delivers it: bigint columns are strings. */
interface EntryRow {
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
}

const COLUMNS = `learner_id, lot_id, lot_seq, kind, debit, credit, amount, available_after, held_after,
  settles_seq, reference, category_id, issuer_id, occurred_on, expires_on::text AS expires_on,
  posting_id, posting_pos, recorded_at, rule_hash, commitment, reason`;

/** All SQL of the books. INSERT and SELECT only. */
@Injectable()
export class LedgerStore {
  /**
   * Takes ownership of lots that nobody owns yet. Sorted by lot, so that two files that share rows
   * wait for each other instead of deadlocking.
   * @returns the lots that are new
   */
  async claimLots(
    tx: EntityManager,
    lots: readonly { lotId: string; learnerId: string }[],
  ): Promise<Set<string>> {
    const rows = await tx.query<{ lot_id: string }[]>(
      `INSERT INTO lot_owner (lot_id, bucket, learner_id)
       SELECT * FROM unnest($1::uuid[], $2::smallint[], $3::uuid[]) AS l(lot_id, bucket, learner_id)
        ORDER BY lot_id
       ON CONFLICT (lot_id) DO NOTHING RETURNING lot_id`,
      [
        lots.map((lot) => lot.lotId),
        lots.map((lot) => bucketOf(lot.learnerId)),
        lots.map((lot) => lot.learnerId),
      ],
    );
    return new Set(rows.map((row) => row.lot_id));
  }

  /** Which learner owns each lot; lots that nobody owns are absent. */
  async ownersOf(tx: EntityManager, lotIds: readonly string[]): Promise<Map<string, string>> {
    const rows = await tx.query<{ lot_id: string; learner_id: string }[]>(
      'SELECT lot_id, learner_id FROM lot_owner WHERE lot_id = ANY($1::uuid[])',
      [lotIds],
    );
    return new Map(rows.map((row) => [row.lot_id, row.learner_id]));
  }

  /** Serialises the movements of one learner until the transaction ends. */
  async lockLearner(tx: EntityManager, learnerId: string): Promise<void> {
    await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 7))', [learnerId]);
  }

  async insertPosting(
    tx: EntityManager,
    posting: { id: string; institutionId: string | null; actor: string; entries: number },
  ): Promise<Date> {
    const rows = await tx.query<{ recorded_at: Date }[]>(
      `INSERT INTO posting (posting_id, institution_id, actor, entries)
       VALUES ($1, $2, $3, $4) RETURNING recorded_at`,
      [posting.id, posting.institutionId, posting.actor, posting.entries],
    );
    return (rows[0] as { recorded_at: Date }).recorded_at;
  }

  /** Appends entries, sorted by key so that concurrent writers never deadlock. */
  async insertEntries(tx: EntityManager, entries: readonly EntryRecord[]): Promise<void> {
    await tx.query(
      `INSERT INTO entry (bucket, learner_id, lot_id, lot_seq, kind, debit, credit, category_id,
         settles_seq, posting_pos, posting_id, amount, available_after, held_after, recorded_at,
         issuer_id, reference, expires_on, occurred_on, rule_hash, commitment, reason)
       SELECT * FROM unnest($1::smallint[], $2::uuid[], $3::uuid[], $4::int[], $5::smallint[],
         $6::smallint[], $7::smallint[], $8::smallint[], $9::int[], $10::int[], $11::uuid[],
         $12::bigint[], $13::bigint[], $14::bigint[], $15::timestamptz[], $16::uuid[], $17::uuid[],
         $18::date[], $19::text[], $20::bytea[], $21::bytea[], $22::text[])
         AS e(bucket, learner_id, lot_id, lot_seq)
        ORDER BY bucket, learner_id, lot_id, lot_seq`,
      [
        entries.map((e) => bucketOf(e.learnerId)),
        entries.map((e) => e.learnerId),
        entries.map((e) => e.lotId),
        entries.map((e) => e.lotSeq),
        entries.map((e) => ENTRY_KINDS.indexOf(e.kind)),
        entries.map((e) => ACCOUNTS.indexOf(e.debit)),
        entries.map((e) => ACCOUNTS.indexOf(e.credit)),
        entries.map((e) => e.categoryId),
        entries.map((e) => e.settlesSeq),
        entries.map((e) => e.postingPos),
        entries.map((e) => e.postingId),
        entries.map((e) => e.amount.toString()),
        entries.map((e) => e.availableAfter.toString()),
        entries.map((e) => e.heldAfter.toString()),
        entries.map((e) => e.recordedAt),
        entries.map((e) => e.issuerId),
        entries.map((e) => e.reference),
        entries.map((e) => e.expiresOn),
        entries.map((e) => e.occurredOn),
        entries.map((e) => e.ruleHash),
        entries.map((e) => e.commitment),
        entries.map((e) => e.reason),
      ],
    );
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
      `SELECT lot_id, category_id, min(issuer_id::text) AS issuer_id,
              min(recorded_at) AS deposited_at, min(expires_on)::text AS expires_on,
              sum(amount) FILTER (WHERE debit = 0) AS deposited,
              sum(CASE WHEN credit = 1 THEN amount WHEN debit = 1 THEN -amount ELSE 0 END) AS available,
              sum(CASE WHEN credit = 2 THEN amount WHEN debit = 2 THEN -amount ELSE 0 END) AS held,
              sum(CASE WHEN credit = 3 THEN amount WHEN debit = 3 THEN -amount ELSE 0 END) AS used,
              sum(CASE WHEN credit = 4 THEN amount ELSE 0 END) AS expired,
              sum(CASE WHEN credit = 5 THEN amount ELSE 0 END) AS revoked
         FROM entry WHERE bucket = $1 AND learner_id = $2
        GROUP BY lot_id, category_id ORDER BY min(recorded_at), lot_id`,
      [bucketOf(learnerId), learnerId],
    );
    return rows.map(toLot);
  }

  /** Entries newest first, starting behind `after`, recorded within the period. */
  async listStatement(
    tx: EntityManager,
    learnerId: string,
    query: {
      from: Date | null;
      to: Date | null;
      after: [string, string, string] | null;
      limit: number;
    },
  ): Promise<EntryRecord[]> {
    const rows = await tx.query<EntryRow[]>(
      `SELECT ${COLUMNS} FROM entry
        WHERE bucket = $1 AND learner_id = $2
          AND ($3::timestamptz IS NULL OR recorded_at >= $3)
          AND ($4::timestamptz IS NULL OR recorded_at < $4)
          AND ($5::timestamptz IS NULL OR
               (date_trunc('milliseconds', recorded_at), lot_id, lot_seq) < ($5, $6::uuid, $7::int))
        ORDER BY date_trunc('milliseconds', recorded_at) DESC, lot_id DESC, lot_seq DESC
        LIMIT $8`,
      [
        bucketOf(learnerId),
        learnerId,
        query.from,
        query.to,
        ...(query.after ?? [null, null, null]),
        query.limit,
      ],
    );
    return rows.map(toRecord);
  }

  /** Sums by account of everything recorded before a moment. */
  async sumsBefore(
    tx: EntityManager,
    learnerId: string,
    before: Date | null,
  ): Promise<{ debit: number; credit: number; amount: bigint }[]> {
    const rows = await tx.query<{ debit: number; credit: number; amount: string }[]>(
      `SELECT debit, credit, sum(amount) AS amount FROM entry
        WHERE bucket = $1 AND learner_id = $2 AND ($3::timestamptz IS NULL OR recorded_at < $3)
        GROUP BY debit, credit`,
      [bucketOf(learnerId), learnerId, before],
    );
    return rows.map((row) => ({ ...row, amount: BigInt(row.amount) }));
  }
}

interface LotRow {
  lot_id: string;
  category_id: number;
  issuer_id: string;
  deposited_at: Date;
  expires_on: string | null;
  deposited: string;
  available: string;
  held: string;
  used: string;
  expired: string;
  revoked: string;
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
  };
}

function toRecord(row: EntryRow): EntryRecord {
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
  };
}
