import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { TaskHandlers } from '../../src/platform/queue/index.js';
import { Audits } from '../../src/audits/index.js';
import { findServer } from '../support/database.js';
import { OutsideLog } from '../support/log.js';
import { untilIdle } from '../support/queue.js';
import { type World, completion, startWorld } from '../support/world.js';
import { change, victims } from '../tampering/crimes.js';

interface RunBody {
  id: string;
  state: string;
  entries: number;
  logSize: number;
  logRoot: string;
  found: number;
  findings: { kind: string; index: number; entryId: string }[];
}

describe('the check that the service makes of its own books', () => {
  let world: World;
  let client: Client;

  beforeAll(async () => {
    world = await startWorld();
    const { adminUrl } = await findServer();
    const url = new URL(adminUrl);
    url.pathname = new URL(world.config.databaseUrl).pathname;
    client = new Client({ connectionString: url.href });
    await client.connect();
  });
  afterAll(async () => {
    await client?.end();
    await world?.close();
  });

  /** Asks for a check and waits for its end. */
  async function checked(): Promise<RunBody> {
    const { body } = await world.authority.post('/v1/audits').expect(202);
    for (;;) {
      const list = await world.authority.get('/v1/audits').expect(200);
      const run = (list.body.items as RunBody[]).find(({ id }) => id === body.id);
      if (run && run.state !== 'open') return run;
      await sleep(50);
    }
  }

  it('happens once a day by itself, and is asked by nobody', async () => {
    await untilIdle(world.database);
    const { body } = await world.authority.get('/v1/audits').expect(200);
    expect(body.items).toMatchObject([{ state: 'clean', askedByName: null, entries: 0, found: 0 }]);
  });

  it('compares every entry with the log, and says so', async () => {
    for (let serial = 1; serial <= 3; serial += 1) {
      await world.school.post('/v1/completions', completion(serial)).expect(201);
    }
    const log = new OutsideLog(world.http);
    const { size, root } = await log.waitFor(3);
    expect(await checked()).toMatchObject({
      state: 'clean',
      entries: 3,
      waiting: 0,
      logSize: size,
      logRoot: root.toString('base64'),
      found: 0,
    });
  });

  it('names the entry that somebody changed, and its result cannot be changed', async () => {
    const [victim] = await victims(client, 'true');
    if (!victim) throw new Error('there is no entry');
    const { rows } = await client.query<{ day: string }>(
      'SELECT occurred_on AS day FROM entry WHERE lot_id = $1 AND lot_seq = $2',
      [victim.lotId, victim.lotSeq],
    );
    await change(client, victim, `occurred_on = '2001-01-01'`);
    const run = await checked();
    expect(run).toMatchObject({ state: 'faulty', found: 1 });
    expect(run.findings[0]).toMatchObject({ index: victim.index, entryId: victim.entryId });
    await change(client, victim, `occurred_on = '${rows[0]?.day}'`);
    expect((await checked()).state).toBe('clean');
    for (const table of ['audit_run', 'audit_result']) {
      await expect(client.query(`DELETE FROM ${table}`)).rejects.toThrow(/append-only/);
    }
  });

  it('is one for all who ask while it is open, and closed when it cannot be done', async () => {
    const ask = () =>
      world.database.transaction((tx) => world.app.get(Audits).ask(tx, { id: 'x', name: 'x' }));
    const [one, other] = await Promise.all([ask(), ask()]);
    expect(one?.id).toBe(other?.id);
    await untilIdle(world.database);
    const never = '01a2e7c0-5b7e-7000-8000-000000000009';
    await client.query('INSERT INTO audit_run VALUES ($1, NULL, NULL, now())', [never]);
    await world.database.transaction((tx) =>
      world.app
        .get(TaskHandlers)
        .closing(
          tx,
          { kind: 'audits.run', payload: { runId: never } },
          { actor: 'x', institutionId: null, note: 'x' },
        ),
    );
    const { body } = await world.authority.get('/v1/audits?limit=100').expect(200);
    expect(body.items.find(({ id }: RunBody) => id === never)).toMatchObject({
      state: 'not-done',
      entries: null,
      found: 0,
    });
  });

  it('is paged, and nobody’s business but the authority’s and the operator’s', async () => {
    const first = await world.authority.get('/v1/audits?limit=1').expect(200);
    const second = await world.authority
      .get(`/v1/audits?limit=1&after=${first.body.next}`)
      .expect(200);
    expect(second.body.items[0].id < first.body.items[0].id).toBe(true);
    await world.authority.get('/v1/audits?after=x').expect(400);
    await world.school.get('/v1/audits').expect(403);
    await world.school.post('/v1/audits').expect(403);
    await world.http.post('/v1/audits').expect(401);
  });
});
