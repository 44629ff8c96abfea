import { randomFillSync } from 'node:crypto';
import type { Client } from 'pg';
import { bucketOf, newId } from '../../src/platform/ids/index.js';
import { arrayLiteral } from '../../src/platform/database/index.js';
import type { Variant } from '../support/rounds.js';
import { emptyTables } from '../support/tables.js';
import type { Lines } from './lines.js';

const PARTITIONS = 16;
const HASH_BYTES = 32;
const UUID_BYTES = 16;

/** The two shapes of table that raw inserts are tried on; the faster one is the measure. */
export const RAW_TABLES = { whole: 'raw_whole', partitioned: 'raw_partitioned' } as const;

/** Tables like `entry`: same columns, same checks, same key with what it includes, same BRIN. */
export async function makeRawTables(owner: Client): Promise<void> {
  await owner.query(`CREATE TABLE ${RAW_TABLES.whole} (LIKE entry INCLUDING ALL)`);
  await owner.query(
    `CREATE TABLE ${RAW_TABLES.partitioned} (LIKE entry INCLUDING ALL) PARTITION BY HASH (bucket)`,
  );
  for (let i = 0; i < PARTITIONS; i += 1) {
    await owner.query(
      `CREATE TABLE ${RAW_TABLES.partitioned}_${i} PARTITION OF ${RAW_TABLES.partitioned}
         FOR VALUES WITH (MODULUS ${PARTITIONS}, REMAINDER ${i})`,
    );
  }
}

/**
 * The fastest multi-row INSERT we know: prepared, arrays as ready literals, what is the same in
 * every row as one value, all 32-byte columns in one buffer. It hashes nothing, answers nothing and
 * would take a row twice under another lot.
 */
export function rawInsert(
  name: string,
  table: string,
  { owner, clients, lines, size }: RawOptions,
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
      const values = [
        newId(),
        new Date(),
        issuerId,
        randomFillSync(Buffer.allocUnsafe(size * HASH_BYTES)),
        arrayLiteral(rows.map((row) => bucketOf(row.learnerId))),
        arrayLiteral(rows.map((row) => row.learnerId)),
        arrayLiteral(randomUuids(size)),
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
}

/** Many at once: PostgreSQL reads a UUID without its hyphens. */
function randomUuids(count: number): string[] {
  const hex = randomFillSync(Buffer.allocUnsafe(count * UUID_BYTES)).toString('hex');
  return Array.from({ length: count }, (_, i) =>
    hex.slice(i * 2 * UUID_BYTES, (i + 1) * 2 * UUID_BYTES),
  );
}
