import { randomUUID } from 'node:crypto';
import { type Millicredits, type PartialDate, millicredits } from '#libs/credit';
import type { CompletionDraft } from '#libs/exchange';
import { Ledger } from '../../src/ledger/index.js';
import { Completions } from '../../src/outcomes/index.js';
import { newId } from '../../src/platform/ids/index.js';
import { type World, residentId, startWorld } from '../support/world.js';

const ROUNDS = 500;
const CALLERS = 8;
const TODAY = '2026-11-23';

describe('races on one PostgreSQL', () => {
  let world: World;
  let ledger: Ledger;

  beforeAll(async () => {
    world = await startWorld();
    ledger = world.app.get(Ledger);
  });

  afterAll(async () => {
    await assertBooksBalance();
    await world.close();
  });

  async function assertBooksBalance(): Promise<void> {
    const [books] = await world.database.read((tx) =>
      tx.query<{ wrong: number }[]>(
        `SELECT count(*)::int AS wrong FROM (
           SELECT lot_id FROM entry GROUP BY lot_id
           HAVING sum(CASE WHEN credit = 1 THEN amount WHEN debit = 1 THEN -amount ELSE 0 END) < 0
               OR count(*) <> max(lot_seq) + 1) x`,
      ),
    );
    expect(books?.wrong).toBe(0);
  }

  async function openLot(amount: Millicredits): Promise<{ learnerId: string; lotId: string }> {
    const learnerId = newId();
    const lotId = randomUUID();
    await world.database.transaction(async (tx) => {
      const head = { actor: 'test', institutionId: world.school.institution.id };
      await ledger.post(tx, head, [
        {
          learnerId,
          lotId,
          categoryId: 1,
          amount,
          occurredOn: '2026-06',
          expiresOn: null,
          commitment: Buffer.alloc(32),
        },
      ]);
    });
    return { learnerId, lotId };
  }

  it(`${CALLERS} callers want all of one lot, ${ROUNDS} times: one gets it`, async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const { learnerId, lotId } = await openLot(millicredits(3000));
      const results = await Promise.all(
        Array.from({ length: CALLERS }, () =>
          world.database.transaction((tx) =>
            ledger.move(
              tx,
              { actor: 'test', institutionId: null },
              {
                learnerId,
                today: TODAY,
                commands: [
                  {
                    kind: 'hold',
                    lotId,
                    amount: millicredits(3000),
                    reference: randomUUID(),
                    programme: null,
                    scope: 'single-use',
                  },
                ],
              },
            ),
          ),
        ),
      );
      expect(results.filter((result) => result.ok)).toHaveLength(1);
      const [lot] = await world.database.read((tx) => ledger.lots(tx, learnerId, TODAY));
      expect([lot?.available, lot?.held]).toEqual([0n, 3000n]);
    }
  }, 300_000);

  it(`${CALLERS} callers send one key, ${ROUNDS} times: one effect`, async () => {
    const completions = world.app.get(Completions);
    for (let round = 0; round < ROUNDS; round += 1) {
      const draft: CompletionDraft = {
        externalId: `race-${round}`,
        person: {
          name: '王小明',
          document: { kind: 'resident-id', number: residentId(round) },
        },
        outcome: { code: 'LOG-BASE' },
        completedOn: '2026-06-30' as PartialDate,
        grade: '85',
        level: null,
        minutes: null,
        credits: null,
        attendancePercent: null,
        exemptions: [],
        note: null,
      };
      const batches = await Promise.all(
        Array.from({ length: CALLERS }, () =>
          completions.postBatch({
            institutionId: world.school.institution.id,
            importId: null,
            actor: 'test',
            drafts: [draft],
          }),
        ),
      );
      const statuses = batches.flat().map((result) => result.status);
      expect(statuses.filter((status) => status === 'created')).toHaveLength(1);
      expect(statuses.filter((status) => status === 'duplicate')).toHaveLength(CALLERS - 1);
    }
    const rows = await world.database.read((tx) =>
      tx.query<{ n: number }[]>(
        `SELECT count(*)::int AS n FROM learning_outcome WHERE external_id LIKE 'race-%'`,
      ),
    );
    expect(rows[0]?.n).toBe(ROUNDS);
  }, 300_000);

  it('files that share rows in opposite orders never deadlock and book each row once', async () => {
    const completions = world.app.get(Completions);
    const drafts = Array.from({ length: 200 }, (_, i): CompletionDraft => ({
      externalId: `shared-${i}`,
      person: { name: '王小明', document: { kind: 'resident-id', number: residentId(2000 + i) } },
      outcome: { code: 'LOG-BASE' },
      completedOn: '2026-06' as PartialDate,
      grade: null,
      level: null,
      minutes: null,
      credits: null,
      attendancePercent: null,
      exemptions: [],
      note: null,
    }));
    const batch = (own: CompletionDraft[]): ReturnType<Completions['postBatch']> =>
      completions.postBatch({
        institutionId: world.school.institution.id,
        importId: null,
        actor: 'test',
        drafts: own,
      });
    const results = await Promise.all(
      Array.from({ length: CALLERS }, (_, i) => batch(i % 2 ? drafts : [...drafts].reverse())),
    );
    const created = results.flat().filter((result) => result.status === 'created');
    expect(created).toHaveLength(drafts.length);
    expect(results.flat().every((r) => ['created', 'duplicate'].includes(r.status))).toBe(true);
  }, 300_000);
});
