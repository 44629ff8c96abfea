import { randomUUID } from 'node:crypto';
import { Client, type Pool } from 'pg';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { millicredits } from '#libs/credit';
import type { Result } from '#libs/problems';
import { Ledger, type Posted } from '../../src/ledger/index.js';
import { LedgerStore } from '../../src/ledger/ledger.store.js';
import { Database } from '../../src/platform/database/index.js';
import { Refusal } from '../../src/platform/http/index.js';
import { newId } from '../../src/platform/ids/index.js';
import { type World, completion, startWorld } from '../support/world.js';
import { until } from '../support/until.js';

const TODAY = '2026-11-23';
const HEAD = { actor: 'test', institutionId: null };

type Tx = Parameters<Parameters<Database['transaction']>[0]>[0];

let world: World;
let ledger: Ledger;

beforeAll(async () => {
  world = await startWorld();
  ledger = world.app.get(Ledger);
});

afterEach(() => jest.restoreAllMocks());
afterAll(() => world.close());

interface Lot {
  readonly learnerId: string;
  readonly lotId: string;
}

async function openLot(): Promise<Lot> {
  const lot = { learnerId: newId(), lotId: randomUUID() };
  const head = { actor: 'test', institutionId: world.school.institution.id };
  await world.database.transaction((tx) =>
    ledger.post(tx, head, [
      {
        ...lot,
        categoryId: 1,
        amount: millicredits(3000),
        occurredOn: '2026-06',
        expiresOn: null,
        commitment: Buffer.alloc(32),
      },
    ]),
  );
  return lot;
}

function hold(tx: Tx, { learnerId, lotId }: Lot, amount = 1000): Promise<Result<Posted>> {
  const scope = { programme: null, scope: 'single-use' } as const;
  const command = { kind: 'hold', lotId, amount: millicredits(amount), ...scope } as const;
  const commands = [{ ...command, reference: randomUUID() }];
  return ledger.move(tx, HEAD, { learnerId, today: TODAY, commands });
}

/** Entries, postings and feed rows of everything there is. */
async function counts(): Promise<unknown> {
  const [row] = await world.database.read((tx) =>
    tx.query<unknown[]>(
      `SELECT (SELECT count(*) FROM entry) AS entries, (SELECT count(*) FROM posting) AS postings,
              (SELECT sum(entries) FROM posting) AS lines`,
    ),
  );
  return row;
}

async function held({ learnerId }: Lot): Promise<bigint[]> {
  const lots = await world.database.read((tx) => ledger.lots(tx, [learnerId], TODAY));
  return lots.map((lot) => lot.held);
}

/** Answers when the other side has come this far as well. */
function meeting(people: number): () => Promise<void> {
  let open = (): void => undefined;
  let missing = people;
  const all = new Promise<void>((resolve) => (open = resolve));
  return () => {
    missing -= 1;
    if (missing <= 0) open();
    return all;
  };
}

/** Another transaction that holds a learner's lock until it is let go. */
async function holdLock(lot: Lot): Promise<() => Promise<void>> {
  let letGo = (): void => undefined;
  const until = new Promise<void>((resolve) => (letGo = resolve));
  const isHeld = meeting(2);
  const holding = world.database
    .transaction(async (tx) => {
      await hold(tx, lot);
      void isHeld();
      await until;
      throw new Error('given back');
    })
    .catch(() => undefined);
  await isHeld();
  return async () => {
    letGo();
    await holding;
  };
}

it('two that lock two learners in opposite orders both get through, each once', async () => {
  const [a, b] = [await openLot(), await openLot()];
  const bothHaveOne = meeting(2);
  let attempts = 0;
  const take = (first: Lot, second: Lot): Promise<Result<Posted>> =>
    world.database.transaction(async (tx) => {
      attempts += 1;
      await hold(tx, first);
      await bothHaveOne();
      return hold(tx, second);
    });
  const results = await Promise.all([take(a, b), take(b, a)]);
  expect(results.map((result) => result.ok)).toEqual([true, true]);
  // PostgreSQL broke the deadlock by ending one of the two, which then ran a second time.
  expect(attempts).toBeGreaterThanOrEqual(3);
  expect([await held(a), await held(b)]).toEqual([[2000n], [2000n]]);
});

it('tries five times for a lock, then says when to come back, and nothing is half done', async () => {
  const [free, locked] = [await openLot(), await openLot()];
  const before = await counts();
  const letGo = await holdLock(locked);
  let attempts = 0;
  const refused = await world.database
    .transaction(async (tx) => {
      attempts += 1;
      await tx.query(`SET LOCAL lock_timeout = '40ms'`);
      await hold(tx, free);
      return hold(tx, locked);
    })
    .catch((error: unknown) => error);
  await letGo();
  expect(attempts).toBe(5);
  expect(refused).toBeInstanceOf(Refusal);
  expect(refused).toMatchObject({
    problem: { code: 'try-again-later', params: { seconds: '2' } },
    headers: { 'retry-after': '2' },
  });
  expect([await held(free), await held(locked)]).toEqual([[0n], [0n]]);
  expect(await counts()).toEqual(before);
});

it('answers 503 with Retry-After over HTTP, and the same call later succeeds', async () => {
  const { body: posted } = await world.school.post('/v1/completions', completion(7)).expect(201);
  const lot = { learnerId: posted.outcome.learnerId, lotId: posted.outcome.id };
  const revoke = (): ReturnType<World['school']['post']> =>
    world.school.post(`/v1/outcomes/${lot.lotId}/revocation`, { reason: '登记有误' });
  const move = ledger.move.bind(ledger);
  const before = await counts();
  const letGo = await holdLock(lot);
  jest.spyOn(ledger, 'move').mockImplementation(async (tx, head, movement) => {
    await tx.query(`SET LOCAL lock_timeout = '40ms'`);
    return move(tx, head, movement);
  });
  const busy = await revoke();
  await letGo();
  expect([busy.status, busy.body.code, busy.headers['retry-after']]).toEqual([
    503,
    'try-again-later',
    '2',
  ]);
  expect(await counts()).toEqual(before);
  expect((await revoke()).status).toBe(200);
});

it('a rival that takes no lock loses the race for the key and is judged again', async () => {
  const lot = await openLot();
  jest.spyOn(world.app.get(LedgerStore), 'lockLearner').mockResolvedValue();
  const bothHaveRead = meeting(2);
  const store = world.app.get(LedgerStore);
  const readLots = store.listOfLots.bind(store);
  jest.spyOn(store, 'listOfLots').mockImplementation(async (...args) => {
    const lots = await readLots(...args);
    await bothHaveRead();
    return lots;
  });
  const results = await Promise.all(
    [1, 2].map(() => world.database.transaction((tx) => hold(tx, lot, 3000))),
  );
  expect(results.filter((result) => result.ok)).toHaveLength(1);
  expect(results.find((result) => !result.ok)).toMatchObject({
    problem: { code: 'insufficient-credit' },
  });
  expect(await held(lot)).toEqual([3000n]);
});

it('gives up on a key that is always taken, after five attempts', async () => {
  let attempts = 0;
  const lot = await openLot();
  const refused = await world.database
    .transaction(async (tx) => {
      attempts += 1;
      await hold(tx, lot);
      await tx.query(
        `INSERT INTO entry SELECT * FROM entry WHERE learner_id = $1 AND lot_seq = 1`,
        [lot.learnerId],
      );
    })
    .catch((error: unknown) => error);
  expect(attempts).toBe(5);
  expect(refused).toMatchObject({ problem: { code: 'try-again-later' } });
  expect(await held(lot)).toEqual([0n]);
});

it('does not repeat what another unique key refuses', async () => {
  let attempts = 0;
  const institution = `INSERT INTO institution SELECT * FROM institution LIMIT 1`;
  const refused = await world.database
    .transaction((tx) => {
      attempts += 1;
      return tx.query(institution);
    })
    .catch((error: unknown) => error);
  expect(attempts).toBe(1);
  expect(refused).not.toBeInstanceOf(Refusal);
});

it('a database that goes away is a 503, and comes back without a restart', async () => {
  const killer = new Client({ connectionString: world.config.databaseUrl });
  await killer.connect();
  const isWaiting = meeting(2);
  const refused = world.database
    .transaction(async (tx) => {
      void isWaiting();
      await tx.query('SELECT pg_sleep(20)');
    })
    .catch((error: unknown) => error);
  await isWaiting();
  // The statement is on its way, and on a busy machine not there yet.
  await until('the statement runs', async () => {
    const { rowCount } = await killer.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND query = 'SELECT pg_sleep(20)'`,
    );
    return rowCount === 1;
  });
  await killer.end();
  expect(await refused).toMatchObject({
    problem: { code: 'try-again-later' },
    headers: { 'retry-after': '2' },
  });
  await expect(world.database.read((tx) => tx.query('SELECT 1'))).resolves.toBeDefined();
});

it('a connection that ends while it is handed over does not end the process', async () => {
  const master = (world.database.dataSource.driver as PostgresDriver).master as Pool;
  const end = new Error('terminating connection due to administrator command');
  for (let turn = 0; turn < 3; turn += 1) {
    await new Promise<void>((resolve, reject) => {
      master.connect((error, client, release) => {
        try {
          // Nobody but the pool has had a chance to listen.
          expect(() => client?.emit('error', end)).not.toThrow();
          resolve();
        } catch (failure) {
          reject(failure);
        } finally {
          release(end);
        }
      });
    });
  }
  await world.school.get('/v1/imports').expect(200);
});
