import { randomBytes } from 'node:crypto';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Client } from 'pg';
import supertest from 'supertest';
import { createApplication } from '../../src/bootstrap.js';
import { residentIdCheckDigit } from '#libs/identity';
import { Learners } from '../../src/learners/index.js';
import { LearnersStore } from '../../src/learners/learners.store.js';
import { CONFIG, type Config } from '../../src/platform/config/index.js';
import { KeyHolders, Keyring } from '../../src/platform/crypto/index.js';
import { Database } from '../../src/platform/database/index.js';
import { sealGcm } from '../../src/platform/crypto/cipher.js';
import { type LearnerCaller, newLearner } from '../support/conversions.js';
import { withClient } from '../support/database.js';
import { type Caller, type World, completion, startWorld } from '../support/world.js';
import { until } from '../support/until.js';

/** More than one step of the walk. */
const PEOPLE = 1_200;
const first = { masterKey: randomBytes(32), indexKey: randomBytes(32) };
const second = { masterKey: randomBytes(32), indexKey: randomBytes(32) };

let bank: World;
let operator: Caller;
let learner: LearnerCaller;
let app: NestFastifyApplication | undefined;
let learnerId = '';
let code = '';

const query = <T>(sql: string, values: unknown[] = []): Promise<T[]> =>
  withClient(bank.config.databaseUrl, async (client) => {
    return (await client.query(sql, values)).rows as T[];
  });

async function restart(over: Partial<Config>): Promise<ReturnType<typeof supertest>> {
  await (app ? app.close() : bank.stop());
  app = undefined;
  app = await createApplication({ ...bank.config, ...over });
  return supertest(app.getHttpServer());
}

type Http = ReturnType<typeof supertest>;
const by = (caller: Caller): { authorization: string } => ({
  authorization: `Bearer ${caller.key}`,
});
const show = async (http: Http, id: string): Promise<unknown> =>
  (await http.get(`/v1/learners/${id}`).set(by(bank.school)).expect(200)).body;
const post = (http: Http, serial: number): supertest.Test =>
  http.post('/v1/completions').set(by(bank.school)).send(completion(serial));
const search = (http: Http, serial: number): supertest.Test => {
  const { document } = completion(serial)['learner'] as { document: object };
  return http.post('/v1/learners/search').set(by(bank.school)).send({ document });
};

async function settle(http: Http): Promise<{ kind: string; state: string; keyId: string }[]> {
  return until('the rotation ends', async () => {
    const { body } = await http.get('/v1/encryption-keys').set(by(operator)).expect(200);
    const keys = body as { kind: string; state: string; keyId: string }[];
    return keys.every(({ state }) => state !== 'retiring') && keys;
  });
}

/** Holds one person's row, so that no walk ends before the test has seen enough of it. */
async function holdOne(): Promise<() => Promise<void>> {
  const client = new Client({ connectionString: bank.config.databaseUrl });
  await client.connect();
  await client.query('BEGIN');
  await client.query(
    `SELECT 1 FROM learner_person WHERE learner_id <> $1
      ORDER BY bucket DESC, learner_id DESC LIMIT 1 FOR UPDATE`,
    [learnerId],
  );
  return () => client.end();
}

/** Files every document under the present index, as the worker does in many steps. */
async function refileAll(of: NestFastifyApplication): Promise<void> {
  const rows = of.get(KeyHolders).indexed.find(({ name }) => name === 'learner_identity');
  const { version } = of.get(Keyring).index;
  if (!rows) throw new Error('nobody files documents');
  await of
    .get(Database)
    .transaction((tx) => rows.reindex(tx, { after: null, limit: PEOPLE * 2 }, version));
}

/** People straight into the tables: what is rotated need not have come by HTTP. */
async function crowd(): Promise<void> {
  const people = Array.from({ length: PEOPLE }, (_, i) => {
    const body = `500106${1930 + Math.floor(i / 300)}0${1 + (i % 9)}1${i % 9}${String(i % 997).padStart(3, '0')}`;
    const number = body + residentIdCheckDigit(body);
    return { name: `人${i}`, document: { kind: 'resident-id' as const, number } };
  });
  await bank.database.transaction((tx) =>
    bank.app.get(Learners).resolve(tx, people, bank.otherSchool.institution.id),
  );
}

beforeAll(async () => {
  bank = await startWorld(first);
  operator = await bank.caller('operations', 'authority', ['operator']);
  learner = await newLearner(bank);
  const shared = await learner.post('/v1/shares', { purpose: '报考' }).expect(201);
  code = String(shared.body.code);
  const posted = await bank.school.post('/v1/completions', completion(1)).expect(201);
  learnerId = String(posted.body.outcome.learnerId);
  await crowd();
}, 180_000);
afterAll(async () => {
  await app?.close();
  await bank?.close();
});

describe('the keys', () => {
  it('wrap every key that any table holds', async () => {
    const holders = bank.app.get(KeyHolders).tables.map(({ table }) => table);
    const tables = await query<{ name: string }>(
      `SELECT table_name AS name FROM information_schema.columns
        WHERE table_schema = 'public' AND column_name = 'wrapped_key'`,
    );
    expect(tables.map(({ name }) => name).toSorted()).toEqual(holders.toSorted());
  });

  it('are all needed: a start without one, or with a wrong one, is refused in plain words', async () => {
    const start = (over: Partial<Config>): Promise<unknown> =>
      createApplication({ ...bank.config, role: 'app', ...over }).then((other) => other.close());
    await expect(start({ masterKey: randomBytes(32) })).rejects.toThrow(
      /needs the master key [0-9a-f]{16}, and MASTER_KEY is the key [0-9a-f]{16}. Set MASTER_KEY/,
    );
    await expect(start({ indexKey: randomBytes(32) })).rejects.toThrow(
      /needs the index key [0-9a-f]{16}, and INDEX_KEY is/,
    );
    await start({});
  });
});

describe('a new master key and a new index key', () => {
  it('take over while reads and posts go on, and the old ones can then be taken away', async () => {
    const before = await show(bank.http, learnerId);
    const old = { oldMasterKeys: [first.masterKey], oldIndexKeys: [first.indexKey] };
    const letGo = await holdOne();
    const http = await restart({ ...second, ...old });
    const over = new AbortController();
    const rotated = settle(http).finally(() => over.abort());
    let [reads, posts] = [0, 0];
    do {
      expect(await show(http, learnerId)).toEqual(before);
      // The same again is the same again: the person is found, whichever version files them.
      const again = await post(http, 1);
      expect([again.status, again.body.outcome.learnerId]).toEqual([200, learnerId]);
      await search(http, 1).expect(200);
      reads += 1;
      const fresh = await post(http, 200 + posts);
      expect(fresh.status).toBe(201);
      posts += 1;
      if (reads === 3) await letGo();
    } while (!over.signal.aborted);
    const keys = await rotated;
    expect(keys.map(({ kind, state }) => `${kind} ${state}`)).toEqual([
      'master retired',
      'master current',
      'index retired',
      'index current',
    ]);
    expect(reads).toBeGreaterThanOrEqual(3);

    const alone = await restart(second);
    expect(await show(alone, learnerId)).toEqual(before);
    await search(alone, 1).expect(200);
    expect((await post(alone, 1)).status).toBe(200);
    await alone.post('/v1/verifications').send({ code }).expect(200);
    const twice = await query<{ n: number }>(
      `SELECT count(*)::int AS n FROM (
         SELECT learner_id FROM learner_identity GROUP BY learner_id HAVING count(*) > 1) t`,
    );
    expect(twice[0]?.n).toBe(0);
    const [counted] = await query<{ people: number; other: number }>(
      `SELECT count(*)::int AS people, count(*) FILTER (WHERE index_version <> 2)::int AS other
         FROM learner_identity`,
    );
    expect(counted).toEqual({ people: PEOPLE + 2 + posts, other: 0 });
  }, 300_000);

  it('go on where a killed worker was', async () => {
    const third = { masterKey: randomBytes(32), oldMasterKeys: [second.masterKey] };
    // Nobody works the queue: half of the walk is done by hand, as by a worker that then died.
    await restart({ ...second, ...third, role: 'app' });
    const [half] = await query<{ bucket: number; id: string }>(
      `SELECT bucket, learner_id AS id FROM learner_person ORDER BY 1, 2 OFFSET 600 LIMIT 1`,
    );
    await query(
      `INSERT INTO key_rotation (kind, version, holder, last_key, rows_done)
       VALUES ('master', 3, 'learner_person', $1, 601)`,
      [JSON.stringify([half?.bucket, half?.id])],
    );
    const http = await restart({ ...second, ...third });
    await settle(http);
    const [progress] = await query<{ rows_done: number }>(
      `SELECT rows_done::int FROM key_rotation WHERE version = 3 AND holder = 'learner_person'`,
    );
    // What the dead worker had only claimed to have done was found by the count and done as well.
    const [people] = await query<{ n: number }>('SELECT count(*)::int AS n FROM learner_person');
    expect(progress?.rows_done).toBe((people?.n ?? 0) + 601);
    await restart({ ...second, masterKey: third.masterKey });
  }, 300_000);

  it('take the national profile on, and read what the other sealed', async () => {
    const { masterKey } = presentConfig();
    const gm = { ...second, masterKey, cipherProfile: 'gm' } as const;
    const waiting = await restart({ ...gm, role: 'app' });
    await findsWhomAWalkMoves(waiting);
    const http = await restart(gm);
    await settle(http);
    await search(http, 1).expect(200);
    const fresh = await post(http, 900);
    expect(fresh.status).toBe(201);
    const id = String(fresh.body.outcome.learnerId);
    expect(await show(http, id)).toMatchObject({ name: '王小明' });
    expect(await show(http, learnerId)).toMatchObject({ name: '王小明' });
    const [row] = await query<{ name: Buffer }>(
      'SELECT name_sealed AS name FROM learner_person WHERE learner_id = $1',
      [id],
    );
    expect(row?.name[0]).toBe(2);
    await http.post('/v1/verifications').send({ code }).expect(200);
  }, 300_000);

  it('wrap anew what was sealed before ciphers had numbers', () => {
    const keyring = (app as NestFastifyApplication).get(Keyring);
    const bare = sealGcm(presentConfig().masterKey, randomBytes(32), 'data-key');
    const anew = keyring.rewrap(bare) as Buffer;
    expect(keyring.unwrap(anew)).toEqual(keyring.unwrap(bare));
    expect(keyring.rewrap(anew)).toBeNull();
  });
});

/** Nobody works the queue: the walk passes by exactly when somebody has just been looked for. */
async function findsWhomAWalkMoves(http: Http): Promise<void> {
  const present = app as NestFastifyApplication;
  const store = present.get(LearnersStore);
  const find = store.findByIndexes.bind(store);
  const looks = jest.spyOn(store, 'findByIndexes').mockImplementation(async (...wanted) => {
    const found = await find(...wanted);
    if (looks.mock.calls.length === 1) await refileAll(present);
    return found;
  });
  await search(http, 1).expect(200);
  looks.mockRestore();
}

/** The settings after the rotations so far. */
function presentConfig(): Config {
  return (app as NestFastifyApplication).get<Config>(CONFIG);
}
