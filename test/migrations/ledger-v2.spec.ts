import { hash } from 'node:crypto';
import type { Client } from 'pg';
import {
  ACCOUNTS,
  type BookedEntry,
  ENTRY_KINDS,
  apply,
  emptyLot,
  entryDigest,
} from '#libs/double-entry';
import { millicredits } from '#libs/credit';
import { lotIdOf } from '../../src/outcomes/completions.js';
import { migrate } from '../../src/platform/database/index.js';
import { bucketOf, hashId, newId } from '../../src/platform/ids/index.js';
import { type TestDatabase, withClient } from '../support/database.js';
import { openOldDatabase } from '../support/old-database.js';

const SCHOOL = newId();
const externalId = (n: number): string => ['2026-LOG-1', 'ab', '记录😀123'][n] as string;

const LAST_OF_V1 = 'Verification1764000000010';

/** Books of the first schema, written as its release wrote them. */
async function bookV1(client: Client): Promise<void> {
  for (let n = 0; n < 3; n += 1) {
    const [learnerId, posting] = [newId(), newId()];
    const lotId = hashId('lot', SCHOOL, externalId(n));
    await client.query('INSERT INTO lot_owner VALUES ($1, $2, $3)', [
      lotId,
      bucketOf(learnerId),
      learnerId,
    ]);
    await client.query(
      `INSERT INTO learning_outcome (bucket, learner_id, lot_id, definition_id, institution_id,
         external_id, completed_on, content_hash, salt)
       VALUES ($1, $2, $3, $4, $5, $6, '2026-05', $7, $7)`,
      [bucketOf(learnerId), learnerId, lotId, newId(), SCHOOL, externalId(n), Buffer.alloc(32)],
    );
    await client.query(
      `INSERT INTO posting (posting_id, institution_id, actor, entries, recorded_at)
       VALUES ($1, $2, 'key:school', 2, '2026-05-04 03:02:01.123456+00')`,
      [posting, n === 0 ? null : newId()],
    );
    const opened = apply(emptyLot(lotId), { kind: 'deposit', lotId, amount: millicredits(4000) });
    if (!opened.ok) throw new Error('a deposit stands');
    const held = apply(opened.value.state, {
      kind: 'hold',
      lotId,
      amount: millicredits(1500),
      reference: newId(),
      programme: null,
      scope: 'single-use',
    });
    if (!held.ok) throw new Error('a hold stands');
    const entries = [...opened.value.entries, ...held.value.entries];
    for (const [pos, entry] of entries.entries()) {
      await client.query(
        `INSERT INTO entry (bucket, learner_id, lot_id, lot_seq, kind, debit, credit, category_id,
           settles_seq, posting_pos, posting_id, amount, available_after, held_after, recorded_at,
           issuer_id, reference, expires_on, occurred_on, rule_hash, commitment, reason)
         VALUES ($1, $2, $3, $4, $5, $6, $7, 1, $8, $9, $10, $11, $12, $13,
           '2026-05-04 03:02:01.123456+00', $14, $15, $16, '2026-05', $17, $18, $19)`,
        [
          bucketOf(learnerId),
          learnerId,
          lotId,
          entry.lotSeq,
          ENTRY_KINDS.indexOf(entry.kind),
          ACCOUNTS.indexOf(entry.debit),
          ACCOUNTS.indexOf(entry.credit),
          entry.settlesSeq,
          pos,
          posting,
          entry.amount,
          entry.availableAfter,
          entry.heldAfter,
          newId(),
          entry.reference,
          n === 1 ? '2033-05-31' : null,
          n === 1 ? Buffer.alloc(32, 3) : null,
          Buffer.alloc(32, n),
          n === 2 ? '第一行\n第二行' : null,
        ],
      );
    }
  }
}

describe('books of the first schema', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await openOldDatabase(LAST_OF_V1, bookV1);
  });

  afterAll(() => database.drop());

  it('are all there, with the hashes that libs/double-entry makes of them, waiting for the log', async () => {
    await withClient(database.url, async (client) => {
      const { rows } = await client.query<Row>(
        `SELECT e.*, e.expires_on::text AS expires_on, p.actor, p.institution_id, p.entries, p.leaves,
                p.recorded_at AS posted_at, f.posting_id IS NOT NULL AS is_fed
           FROM entry e JOIN posting p USING (posting_id) LEFT JOIN feed f USING (posting_id)`,
      );
      expect(rows).toHaveLength(6);
      for (const row of rows) {
        expect(row.is_fed).toBe(true);
        expect(row.entries).toBe(2);
        expect(row.recorded_at).toEqual(row.posted_at);
        const leaf = hash(
          'sha256',
          Buffer.concat([Buffer.alloc(1), entryDigest(toBooked(row))]),
          'buffer',
        );
        const stored = row.leaves.subarray(32 * row.posting_pos, 32 * (row.posting_pos + 1));
        expect(stored.toString('hex')).toBe(leaf.toString('hex'));
      }
    });
  });

  it('are known by the ids that lots have now', async () => {
    await withClient(database.url, async (client) => {
      for (const n of [0, 1, 2]) {
        const { rows } = await client.query('SELECT alias_of FROM lot_owner WHERE lot_id = $1', [
          lotIdOf(SCHOOL, externalId(n)),
        ]);
        expect(rows).toEqual([{ alias_of: hashId('lot', SCHOOL, externalId(n)) }]);
      }
    });
  });

  it('are migrated once, whoever asks again', async () => {
    await expect(migrate(database.url)).resolves.toBeUndefined();
  });
});

interface Row {
  posting_id: string;
  recorded_at: Date;
  posted_at: Date;
  actor: string;
  institution_id: string | null;
  entries: number;
  leaves: Buffer;
  is_fed: boolean;
  posting_pos: number;
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
  programme: string | null;
  category_id: number;
  issuer_id: string;
  occurred_on: string;
  expires_on: string | null;
  rule_hash: Buffer | null;
  commitment: Buffer;
  reason: string | null;
}

function toBooked(row: Row): BookedEntry {
  return {
    postingId: row.posting_id,
    recordedAt: row.recorded_at,
    actor: row.actor,
    institutionId: row.institution_id,
    learnerId: row.learner_id,
    lotId: row.lot_id,
    lotSeq: row.lot_seq,
    kind: ENTRY_KINDS[row.kind] as BookedEntry['kind'],
    debit: ACCOUNTS[row.debit] as BookedEntry['debit'],
    credit: ACCOUNTS[row.credit] as BookedEntry['credit'],
    amount: millicredits(BigInt(row.amount)),
    availableAfter: millicredits(BigInt(row.available_after)),
    heldAfter: millicredits(BigInt(row.held_after)),
    settlesSeq: row.settles_seq,
    reference: row.reference,
    programme: row.programme,
    categoryId: row.category_id,
    issuerId: row.issuer_id,
    occurredOn: row.occurred_on,
    expiresOn: row.expires_on,
    ruleHash: row.rule_hash,
    commitment: row.commitment,
    reason: row.reason,
  };
}
