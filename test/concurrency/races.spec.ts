import { randomUUID } from 'node:crypto';
import { type Millicredits, type PartialDate, millicredits } from '#libs/credit';
import type { CompletionDraft } from '#libs/exchange';
import type { Result } from '#libs/problems';
import { Ledger, type Posted } from '../../src/ledger/index.js';
import { Completions } from '../../src/outcomes/index.js';
import { newId } from '../../src/platform/ids/index.js';
import { type World, residentId, startWorld } from '../support/world.js';

const ROUNDS = 500;
const CALLERS = 8;
const TODAY = '2026-11-23';

/** A completion of the world's logistics course; the serial tells people apart. */
function draftOf(
  externalId: string,
  serial: number,
  over: Partial<CompletionDraft> = {},
): CompletionDraft {
  return {
    externalId,
    person: { name: '王小明', document: { kind: 'resident-id', number: residentId(serial) } },
    outcome: { code: 'LOG-BASE' },
    completedOn: '2026-06-30' as PartialDate,
    grade: '85',
    level: null,
    minutes: null,
    credits: null,
    attendancePercent: null,
    exemptions: [],
    note: null,
    ...over,
  };
}

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

  /** One hold of a learner's lot, as one of several callers. */
  function hold(
    { learnerId, lotId }: { learnerId: string; lotId: string },
    amount: Millicredits,
    programme: string | null = null,
  ): Promise<Result<Posted>> {
    const scope = programme === null ? 'single-use' : 'per-programme';
    return world.database.transaction((tx) =>
      ledger.move(
        tx,
        { actor: 'test', institutionId: null },
        {
          learnerId,
          today: TODAY,
          commands: [{ kind: 'hold', lotId, amount, reference: randomUUID(), programme, scope }],
        },
      ),
    );
  }

  function post(...drafts: CompletionDraft[]): ReturnType<Completions['postBatch']> {
    return world.app.get(Completions).postBatch({
      institutionId: world.school.institution.id,
      importId: null,
      actor: 'test',
      drafts,
    });
  }

  function everyCaller<T>(call: (i: number) => Promise<T>): Promise<T[]> {
    return Promise.all(Array.from({ length: CALLERS }, (_, i) => call(i)));
  }

  it(`${CALLERS} callers want all of one lot, ${ROUNDS} times: one gets it`, async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const lot = await openLot(millicredits(3000));
      const results = await everyCaller(() => hold(lot, millicredits(3000)));
      expect(results.filter((result) => result.ok)).toHaveLength(1);
      const [after] = await world.database.read((tx) => ledger.lots(tx, [lot.learnerId], TODAY));
      expect([after?.available, after?.held]).toEqual([0n, 3000n]);
    }
  }, 300_000);

  it(`two callers of each of four programmes want all of one lot, ${ROUNDS} times`, async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const lot = await openLot(millicredits(3000));
      const results = await everyCaller((i) => hold(lot, millicredits(3000), `P${i % 4}`));
      const winners = results.flatMap((result, i) => (result.ok ? [i % 4] : []));
      expect(winners.sort((a, b) => a - b)).toEqual([0, 1, 2, 3]);
      const [after] = await world.database.read((tx) => ledger.lots(tx, [lot.learnerId], TODAY));
      expect([after?.available, after?.pledged]).toEqual([3000n, 12_000n]);
    }
  }, 300_000);

  it(`${CALLERS} callers send one key, ${ROUNDS} times: one effect`, async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const results = await everyCaller(() => post(draftOf(`race-${round}`, round)));
      const statuses = results.flat().map((result) => result.status);
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

  it('one of them sends other content under the key: a conflict for one side or the other', async () => {
    for (let round = 0; round < 50; round += 1) {
      const other = { completedOn: '2026-05-31' as PartialDate };
      const results = await everyCaller((i) =>
        post(draftOf(`other-${round}`, round, i === 0 ? other : {})),
      );
      const all = results.flat();
      const conflicts = all.filter((result) => result.status === 'conflict');
      expect(all.filter((result) => result.status === 'created')).toHaveLength(1);
      expect(conflicts).toHaveLength(all[0]?.status === 'created' ? CALLERS - 1 : 1);
    }
  }, 300_000);

  it('imports that race give one external id to one of two learners', async () => {
    for (let round = 0; round < 100; round += 1) {
      const results = await everyCaller((i) =>
        post(draftOf(`two-${round}`, 300 + (i % 2)), draftOf(`own-${round}-${i}`, 400 + i)),
      );
      const raced = results.map(([first]) => first);
      const winner = raced.findIndex((result) => result?.status === 'created');
      raced.forEach((result, i) => {
        const expected =
          i === winner
            ? { status: 'created' }
            : i % 2 === winner % 2
              ? { status: 'duplicate' }
              : { status: 'conflict', problem: { code: 'external-id-of-another-learner' } };
        expect(result).toMatchObject(expected);
      });
    }
  }, 300_000);

  it('files that share rows in opposite orders never deadlock and book each row once', async () => {
    const drafts = Array.from({ length: 200 }, (_, i) => draftOf(`shared-${i}`, 2000 + i));
    const results = await everyCaller((i) => post(...(i % 2 ? drafts : drafts.toReversed())));
    const created = results.flat().filter((result) => result.status === 'created');
    expect(created).toHaveLength(drafts.length);
    expect(results.flat().every((r) => ['created', 'duplicate'].includes(r.status))).toBe(true);
  }, 300_000);
});
