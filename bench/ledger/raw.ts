import { randomFillSync } from 'node:crypto';
import type { Client } from 'pg';
import { bucketOf, newId } from '../../src/platform/ids/index.js';
import { arrayLiteral } from '../../src/platform/database/index.js';
import type { Variant } from '../support/rounds.js';
import { emptyTables } from '../support/tables.js';
import { type Lines, type PlainLine, toDeposit } from './lines.js';

const PARTITIONS = 4;
const HASH_BYTES = 32;
const UUID_BYTES = 16;

/** The two shapes of table that raw inserts are tried on; the faster one is the measure. */
export const RAW_TABLES = {
  'one table': 'raw_whole',
  partitions: 'raw_partitioned',
} as const;

/** Tables like `entry`: same columns, same checks, same key with what it includes, same BRIN. */
export async function makeRawTables(owner: Client): Promise<void> {
  const { 'one table': whole, partitions: parted } = RAW_TABLES;
  await owner.query(`CREATE TABLE ${whole} (LIKE entry INCLUDING ALL)`);
  await owner.query(`CREATE TABLE ${parted} (LIKE entry INCLUDING ALL) PARTITION BY HASH (bucket)`);
  for (let i = 0; i < PARTITIONS; i += 1) {
    await owner.query(
      `CREATE TABLE ${parted}_${i} PARTITION OF ${parted}
         FOR VALUES WITH (MODULUS ${PARTITIONS}, REMAINDER ${i})`,
    );
  }
}

/** What a row holds that is a hash: the id of the lot, and the commitments of all rows together. */
export interface HashedColumns {
  readonly lotIds: readonly string[];
  readonly commitments: Buffer;
}

/** Random bytes in their place: the row costs nothing to make, and says nothing. */
export function randomColumns(lines: readonly PlainLine[]): HashedColumns {
  const hex = randomFillSync(Buffer.allocUnsafe(lines.length * UUID_BYTES)).toString('hex');
  return {
    // Without hyphens, which PostgreSQL does not need.
    lotIds: lines.map((_, i) => hex.slice(i * 2 * UUID_BYTES, (i + 1) * 2 * UUID_BYTES)),
    commitments: randomFillSync(Buffer.allocUnsafe(lines.length * HASH_BYTES)),
  };
}

/** The same row that the door writes, made by the same functions. */
export function sameColumns(lines: readonly PlainLine[], institutionId: string): HashedColumns {
  const deposits = lines.map((line) => toDeposit(line, institutionId));
  return {
    lotIds: deposits.map(({ lotId }) => lotId),
    commitments: Buffer.concat(deposits.map(({ commitment }) => commitment)),
  };
}

/**
 * The fastest multi-row INSERT we know: prepared, arrays as ready literals, what is the same in
 * every row as one value, all 32-byte columns in one buffer. It answers nothing, knows no posting
 * and no log, and fails on a row that is there.
 */
export function rawInsert(
  name: string,
  table: string,
  { owner, clients, lines, size, columns }: RawOptions,
): Variant {
  const text = `INSERT INTO ${table} (bucket, learner_id, lot_id, lot_seq, kind, debit, credit,
      category_id, posting_pos, posting_id, amount, available_after, held_after, recorded_at,
      issuer_id, expires_on, occurred_on, commitment)
    SELECT bucket, learner_id, lot_id, 0, 0, 0, 1, category_id, ord - 1, $1::uuid, amount, amount, 0,
      $2::timestamptz, $3::uuid, expires_on, occurred_on,
      substring($4::bytea FROM (${HASH_BYTES} * ord - ${HASH_BYTES - 1})::int FOR ${HASH_BYTES})
      FROM unnest($5::smallint[], $6::uuid[], $7::uuid[], $8::smallint[], $9::bigint[], $10::text[],
                  $11::date[]) WITH ORDINALITY
           AS l(bucket, learner_id, lot_id, category_id, amount, occurred_on, expires_on, ord)`;
  const issuerId = newId();
  return {
    name,
    callers: clients.length,
    before: () => emptyTables(owner, [table]),
    step: async (caller) => {
      const rows = lines.take(size);
      const { lotIds, commitments } = columns(rows, issuerId);
      const values = [
        newId(),
        new Date(),
        issuerId,
        commitments,
        arrayLiteral(rows.map((row) => bucketOf(row.learnerId))),
        arrayLiteral(rows.map((row) => row.learnerId)),
        arrayLiteral(lotIds),
        arrayLiteral(rows.map((row) => row.categoryId)),
        arrayLiteral(rows.map((row) => row.amount)),
        arrayLiteral(rows.map((row) => row.occurredOn)),
        arrayLiteral(rows.map((row) => row.expiresOn)),
      ];
      await (clients[caller] as Client).query({ name, text, values });
      return size;
    },
  };
}

export interface RawOptions {
  readonly owner: Client;
  /** One for each caller. */
  readonly clients: readonly Client[];
  readonly lines: Lines;
  readonly size: number;
  readonly columns: (lines: readonly PlainLine[], institutionId: string) => HashedColumns;
}
