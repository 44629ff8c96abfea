import type { Client } from 'pg';
import { ACCOUNTS, ENTRY_KINDS, apply, emptyLot } from '#libs/double-entry';
import { millicredits } from '#libs/credit';
import { bucketOf, hashId, newId } from '../../src/platform/ids/index.js';
import { type TestDatabase, withClient } from '../support/database.js';
import { openOldDatabase } from '../support/old-database.js';

const BEFORE = 'Verification1764000000010';
const SCHOOL = newId();
const LEARNER = newId();
const TAKEN = newId();

/** A deposit that was revoked, as the release before wrote it; without a table of revocations. */
async function book(client: Client): Promise<void> {
  const lotId = hashId('lot', SCHOOL, 'x');
  const opened = apply(emptyLot(lotId), { kind: 'deposit', lotId, amount: millicredits(4000) });
  if (!opened.ok) throw new Error('a deposit stands');
  const revoked = apply(opened.value.state, { kind: 'revoke', lotId });
  if (!revoked.ok) throw new Error('a revocation stands');
  const postings = [newId(), TAKEN];
  const learner = [bucketOf(LEARNER), LEARNER, lotId];
  await client.query('INSERT INTO lot_owner VALUES ($3, $1, $2)', learner);
  await client.query(
    `INSERT INTO learning_outcome (bucket, learner_id, lot_id, definition_id, institution_id,
       external_id, completed_on, content_hash, salt)
     VALUES ($1, $2, $3, $4, $5, 'x', '2026-05', $6, $6)`,
    [...learner, newId(), SCHOOL, Buffer.alloc(32)],
  );
  for (const [i, entry] of [...opened.value.entries, ...revoked.value.entries].entries()) {
    await client.query(
      `INSERT INTO posting (posting_id, institution_id, actor, entries, recorded_at)
       VALUES ($1, $2, $3, 1, '2026-05-04T03:02:01Z')`,
      [postings[i], SCHOOL, `key-${i}`],
    );
    await client.query(
      `INSERT INTO entry (bucket, learner_id, lot_id, lot_seq, kind, debit, credit, category_id,
         posting_pos, posting_id, amount, available_after, held_after, recorded_at, issuer_id,
         occurred_on, commitment, reason)
       VALUES ($1, $2, $3, $4, $5, $6, $7, 1, 0, $8, $9, $10, 0, '2026-05-04T03:02:01Z', $11,
         '2026-05', $12, $13)`,
      [
        ...learner,
        entry.lotSeq,
        ENTRY_KINDS.indexOf(entry.kind),
        ACCOUNTS.indexOf(entry.debit),
        ACCOUNTS.indexOf(entry.credit),
        postings[i],
        entry.amount,
        entry.availableAfter,
        SCHOOL,
        Buffer.alloc(32),
        i === 1 ? '登记有误' : null,
      ],
    );
  }
}

describe('outcomes that were revoked before there was a table of revocations', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await openOldDatabase(BEFORE, book);
  });

  afterAll(() => database.drop());

  it('are in it, with who took them back, why and when', async () => {
    await withClient(database.url, async (client) => {
      const { rows } = await client.query<Record<string, unknown>>(
        `SELECT r.*, e.lot_id AS lot_of_entry FROM outcome_revocation r
           JOIN entry e ON e.lot_id = r.lot_id AND e.lot_seq = 0`,
      );
      expect(rows).toMatchObject([
        {
          learner_id: LEARNER,
          seq: 0,
          action: 'revoke',
          revocation_id: TAKEN,
          batch_id: null,
          institution_id: SCHOOL,
          actor: 'key-1',
          reason: '登记有误',
          appeal: null,
          recorded_at: new Date('2026-05-04T03:02:01Z'),
        },
      ]);
    });
  });
});
