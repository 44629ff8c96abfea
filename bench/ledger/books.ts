import type { Client } from 'pg';

/** Years of entries, written at once. */
export interface Books {
  readonly entries: number;
  readonly learners: number;
  /** Has every learner on its roster and issued every lot. */
  readonly institutionId: string;
}

const WRITERS = 2;
const ENTRIES_A_POSTING = 1000;
const YEARS = 10;
const FIRST_DAY = '2016-01-01';
/** Shares no factor with a number of learners that ends in zeros: a walk over all of them. */
const STRIDE = 7919;

/** The id in SQL and here; the bucket stands where `bucketOf` reads it. */
const LEARNER_SQL = `(lpad(to_hex(n), 8, '0') || '-0000-7' || lpad(to_hex(n % 1024), 3, '0')
  || '-8000-' || lpad(to_hex(n), 12, '0'))::uuid`;

export function learnerAt(n: number): string {
  const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');
  return `${hex(n, 8)}-0000-7${hex(n % 1024, 3)}-8000-${hex(n, 12)}`;
}

/**
 * Deposits in the order of arrival: learner after learner, round after round, so that the entries
 * of one lie scattered over the table as they would after years. Written around the door, because
 * nobody would wait for it; the tables that the readings do not touch stay empty.
 */
export async function fillBooks(connect: () => Promise<Client>, books: Books): Promise<void> {
  const writers = await Promise.all(Array.from({ length: WRITERS }, () => connect()));
  const [owner] = writers as [Client];
  try {
    await owner.query('ALTER TABLE entry DROP CONSTRAINT entry_pkey');
    const share = Math.ceil(books.entries / WRITERS);
    await Promise.all(
      writers.map((writer, i) => {
        const range = { from: i * share, to: Math.min((i + 1) * share, books.entries) - 1 };
        return writeEntries(writer, books, range);
      }),
    );
    await owner.query(`SET maintenance_work_mem = '512MB'`);
    await owner.query(
      `ALTER TABLE entry ADD CONSTRAINT entry_pkey PRIMARY KEY (bucket, learner_id, lot_id, lot_seq)
         INCLUDE (category_id, debit, credit, amount)`,
    );
    await writeLearners(owner, books);
    await owner.query('VACUUM (ANALYZE) entry, learner, learner_institution');
  } finally {
    for (const writer of writers) await writer.end();
  }
}

async function writeEntries(
  writer: Client,
  { entries, learners, institutionId }: Books,
  range: { from: number; to: number },
): Promise<void> {
  await writer.query(
    `INSERT INTO entry (bucket, learner_id, lot_id, lot_seq, kind, debit, credit, category_id,
            posting_pos, posting_id, amount, available_after, held_after, recorded_at, issuer_id,
            expires_on, occurred_on, commitment)
     SELECT n % 1024, ${LEARNER_SQL}, gen_random_uuid(), 0, 0, 0, 1, 1 + g % 8,
            g % ${ENTRIES_A_POSTING}, (lpad(to_hex(g / ${ENTRIES_A_POSTING}), 32, '0'))::uuid,
            1000 + g % 4000, 1000 + g % 4000, 0, moment, $3::uuid,
            (moment + interval '7 years')::date, to_char(moment, 'YYYY-MM-DD'), sha256(int8send(g))
       FROM generate_series($1::bigint, $2::bigint) AS g,
            LATERAL (SELECT (g * ${STRIDE}) % ${learners} AS n,
                            date_trunc('milliseconds', timestamptz '${FIRST_DAY}'
                              + g * (interval '${YEARS} years' / ${entries}::float8)) AS moment) AS made`,
    [range.from, range.to, institutionId],
  );
}

async function writeLearners(owner: Client, { learners, institutionId }: Books): Promise<void> {
  const numbers = `generate_series(0, ${learners - 1}) AS n`;
  await owner.query(
    `INSERT INTO learner (bucket, id) SELECT n % 1024, ${LEARNER_SQL} FROM ${numbers}`,
  );
  await owner.query(
    `INSERT INTO learner_institution (bucket, learner_id, institution_id)
     SELECT n % 1024, ${LEARNER_SQL}, $1::uuid FROM ${numbers}`,
    [institutionId],
  );
}
