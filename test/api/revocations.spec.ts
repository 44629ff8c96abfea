import { LongWork } from '../../src/platform/queue/index.js';
import { Client } from 'pg';
import { OutcomeRevocations } from '../../src/outcomes/index.js';
import { BatchesWorker } from '../../src/revocations/batches.worker.js';
import { ALONE } from '../support/app.js';
import { type Caller, type World, completion, startWorld } from '../support/world.js';
import { until } from '../support/until.js';

let world: World;
let provider: Caller;
let serial = 0;

beforeAll(async () => {
  world = await startWorld({ twoPeople: ALONE });
});
afterAll(() => world?.close());
beforeEach(async () => {
  serial += 1000;
  provider = await world.caller(`provider-${serial}`, 'school', ['registrar']);
});
afterEach(() => jest.restoreAllMocks());

const reason = '办学资格被撤销 / accreditation withdrawn';

interface BatchBody {
  id: string;
  state: string;
  counts: { learners: number; items: number; credits: string };
  progress: { sweep: number };
  problems: { learnerId: string; code: string }[];
}

const order = (over: object = {}) => ({ institution: provider.institution.code, reason, ...over });

/** A certificate of seven credits, posted by the provider. */
async function post(person: number, over: object = {}): Promise<{ id: string; learnerId: string }> {
  const certificate = { outcome: 'X-LOG-2', grade: undefined, ...over };
  const body = completion(serial + person, { externalId: `x-${serial}-${person}`, ...certificate });
  const posted = await provider.post('/v1/completions', body).expect(201);
  return posted.body.outcome as { id: string; learnerId: string };
}

async function done(id: string): Promise<BatchBody> {
  return until(`order ${id} is done`, async () => {
    const { body } = await world.authority.get(`/v1/revocations/${id}`).expect(200);
    return body.state === 'done' && (body as BatchBody);
  });
}

async function ordered(over: object = {}): Promise<BatchBody> {
  const accepted = await world.authority.post('/v1/revocations', order(over)).expect(202);
  return done(accepted.body.id as string);
}

async function stateOf({ id, learnerId }: { id: string; learnerId: string }): Promise<string> {
  const { body } = await provider.get(`/v1/learners/${learnerId}/outcomes`).expect(200);
  return body.items.find((one: { id: string }) => one.id === id).state as string;
}

describe('what an order reaches', () => {
  it('is only what certainly was completed within the days; the rest is counted and stands', async () => {
    const before = await post(1, { completedOn: '2025-12-31' });
    const first = await post(2, { completedOn: '2026-01-01' });
    const month = await post(3, { completedOn: '2026-02' });
    const halfMonth = await post(4, { completedOn: '2026-03' });
    const year = await post(5, { completedOn: '2026' });
    const days = { from: '2026-01-01', to: '2026-03-15' };
    const { body } = await world.authority
      .post('/v1/revocations?preview=true', order(days))
      .expect(200);
    expect(body).toMatchObject({ preview: true, learners: 2, items: 2, credits: '14' });
    expect(body.undecided).toBe(2);
    expect(await ordered(days)).toMatchObject({ counts: { items: 2, credits: '14' } });
    expect(await Promise.all([before, first, month, halfMonth, year].map(stateOf))).toEqual([
      'available',
      'revoked',
      'revoked',
      'available',
      'available',
    ]);
  });

  it('is one outcome of the catalogue when it says so, and nobody else’s', async () => {
    const talk = { outcome: 'OPEN-TALK' };
    await post(1);
    await world.issuer
      .post('/v1/completions', completion(serial + 1, { outcome: 'X-LOG-2', grade: undefined }))
      .expect(201);
    const refused = await world.authority
      .post('/v1/revocations?preview=true', order(talk))
      .expect(200);
    expect(refused.body).toMatchObject({ items: 0, learners: 0 });
    expect((await ordered({ outcome: 'X-LOG-2' })).counts).toMatchObject({ items: 1 });
  });

  it.each([
    [{ institution: 'nobody' }, 422, 'unknown-institution'],
    [{ outcome: 'NOTHING' }, 422, 'unknown-outcome'],
    [{ from: '2026-02-01', to: '2026-01-01' }, 422, 'period-reversed'],
    [{ from: '2026-02-30' }, 400, 'invalid-fields'],
    [{ from: '2026-02' }, 400, 'invalid-fields'],
    [{ reason: '' }, 400, 'invalid-fields'],
    [{ reason: 'x'.repeat(10_000) }, 400, 'invalid-fields'],
    [{ reason: 'a\u0000' }, 400, 'invalid-fields'],
    [{ reason: undefined }, 400, 'invalid-fields'],
    [{ everything: true }, 400, 'invalid-fields'],
  ])('is refused for %j', async (over, status, code) => {
    for (const query of ['', '?preview=true']) {
      const answer = await world.authority.post(`/v1/revocations${query}`, order(over));
      expect([answer.status, answer.body.code]).toEqual([status, code]);
    }
  });

  it('is for an authority to order, see and cancel', async () => {
    const { id } = await ordered();
    for (const by of [provider, world.school, world.issuer]) {
      await by.post('/v1/revocations', order()).expect(403);
      await by.post('/v1/revocations?preview=true', order()).expect(403);
      await by.get(`/v1/revocations/${id}`).expect(403);
      await by.get('/v1/revocations').expect(403);
      await by.post(`/v1/revocations/${id}/cancellation`).expect(403);
    }
    await world.authority.get('/v1/revocations/0198c5a2-7a10-7123-8f00-0123456789ab').expect(404);
    await world.authority.get('/v1/revocations/nonsense').expect(404);
  });
});

describe('an order', () => {
  it('stands in the list of all, the newest first, page by page', async () => {
    const [first, second] = [await ordered(), await ordered()];
    const page = await world.authority.get('/v1/revocations?limit=1').expect(200);
    expect(page.body.items.map(({ id }: { id: string }) => id)).toEqual([second.id]);
    const rest = await world.authority
      .get(`/v1/revocations?limit=1&after=${String(page.body.next)}`)
      .expect(200);
    expect(rest.body.items.map(({ id }: { id: string }) => id)).toEqual([first.id]);
    const last = await world.authority.get(`/v1/revocations/${second.id}`).expect(200);
    expect({ ...page.body.items[0], progress: null }).toEqual({ ...last.body, progress: null });
    await world.authority.get('/v1/revocations?after=nonsense').expect(400);
  });

  it('sent again with its key is the same order', async () => {
    const key = { 'idempotency-key': `order-${serial}` };
    await post(1);
    const first = await world.authority.post('/v1/revocations', order()).set(key).expect(202);
    const again = await world.authority.post('/v1/revocations', order()).set(key).expect(200);
    expect(again.headers['idempotent-replayed']).toBe('true');
    expect(again.body.id).toBe(first.body.id);
    const other = order({ reason: 'another' });
    const conflict = await world.authority.post('/v1/revocations', other).set(key).expect(409);
    expect(conflict.body.code).toBe('idempotency-conflict');
    expect((await done(first.body.id as string)).counts.items).toBe(1);
  });

  it('can be cancelled until it begins', async () => {
    const outcome = await post(1);
    const worker = world.app.get(BatchesWorker);
    const run = jest.spyOn(worker, 'run').mockRejectedValue(new Error('not yet'));
    const accepted = await world.authority.post('/v1/revocations', order()).expect(202);
    const path = `/v1/revocations/${accepted.body.id}`;
    expect((await world.authority.get(path)).body).toMatchObject({
      state: 'queued',
      progress: { itemsTotal: null, secondsLeft: null },
    });
    await world.authority.post(`${path}/cancellation`).expect(200);
    await world.authority.post(`${path}/cancellation`).expect(200);
    run.mockRestore();
    await worker.run(accepted.body.id as string, new AbortController().signal);
    expect((await world.authority.get(path)).body.state).toBe('cancelled');
    expect(await stateOf(outcome)).toBe('available');
    const begun = await ordered();
    const late = await world.authority.post(`/v1/revocations/${begun.id}/cancellation`);
    expect([late.status, late.body.code]).toEqual([409, 'revocation-started']);
  });

  it('takes what the institution posts meanwhile, and leaves what an appeal gave back', async () => {
    const outcomes = [await post(1), await post(2), await post(3)];
    const revocations = world.app.get(OutcomeRevocations);
    const real = revocations.revoke.bind(revocations);
    let late: { id: string; learnerId: string } | undefined;
    const taken: string[] = [];
    jest.spyOn(revocations, 'revoke').mockImplementation(async (tx, what, by) => {
      if (taken.length === 1) {
        late = await post(4);
        const path = `/v1/outcomes/${taken[0]}/redeposit`;
        await world.authority.post(path, { reason: 'upheld', appeal: '1' }).expect(200);
      }
      taken.push(...what.lotIds);
      return real(tx, what, by);
    });
    const body = await ordered();
    expect(body).toMatchObject({ counts: { learners: 4, items: 4, credits: '28' }, problems: [] });
    expect(body.progress.sweep).toBeGreaterThanOrEqual(2);
    expect(await stateOf(late!)).toBe('revoked');
    const states = await Promise.all(
      outcomes.map(async (one) => [one.id === taken[0], await stateOf(one)]),
    );
    expect(states.filter(([isFirst]) => isFirst)).toEqual([[true, 'available']]);
    expect(states.filter(([, state]) => state === 'revoked')).toHaveLength(2);
    // What it revoked is for the authority to give back, not for the institution.
    const refused = await provider.post(`/v1/outcomes/${late!.id}/redeposit`, {
      reason: 'r',
      appeal: '1',
    });
    expect([refused.status, refused.body.code]).toEqual([403, 'not-the-revoker']);
  });

  it('does not wait for a learner who cannot be done, and names them', async () => {
    const outcomes = [await post(1), await post(2), await post(3)];
    const stuck = outcomes[1]!;
    const revocations = world.app.get(OutcomeRevocations);
    const real = revocations.revoke.bind(revocations);
    jest.spyOn(revocations, 'revoke').mockImplementation((tx, what, by) => {
      if (what.learnerId === stuck.learnerId) return Promise.reject(new Error('a bug'));
      return real(tx, what, by);
    });
    const first = await ordered();
    expect(first).toMatchObject({
      counts: { learners: 2, items: 2 },
      problems: [{ learnerId: stuck.learnerId, code: 'internal-error' }],
    });
    jest.restoreAllMocks();
    expect(await stateOf(stuck)).toBe('available');
    expect(await ordered()).toMatchObject({ counts: { learners: 1, items: 1 }, problems: [] });
  });
});

describe('a worker that dies', () => {
  it('again and again loses nothing and counts nothing twice', async () => {
    const people = 40;
    for (let person = 1; person <= people; person += 1) await post(person);
    const { id } = (await world.authority.post('/v1/revocations', order()).expect(202)).body as {
      id: string;
    };
    const worker = world.app.get(BatchesWorker);
    const owner = new Client({ connectionString: world.config.databaseUrl });
    await owner.connect();
    for (let kills = 0; kills < 8; kills += 1) {
      // A second worker on the same order, and every connection of the service cut in between.
      const rival = worker.run(id, new AbortController().signal).catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, 15 * kills));
      await owner.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE datname = current_database() AND pid <> pg_backend_pid()
            AND application_name = 'creditbank'`,
      );
      await rival;
    }
    await owner.end();
    // The pool finds out at first use which of its connections are dead.
    for (let isThrough = false; !isThrough;) {
      const run = worker.run(id, new AbortController().signal);
      isThrough = await run.then(
        () => true,
        () => false,
      );
    }
    const body = await done(id);
    expect(body.counts).toMatchObject({ learners: people, items: people, credits: '280' });
    const again = await world.authority.post('/v1/revocations?preview=true', order()).expect(200);
    expect(again.body.items).toBe(0);
    const [rows] = await world.database.read((tx) =>
      tx.query<{ n: number; lots: number }[]>(
        `SELECT count(*)::int AS n, count(DISTINCT lot_id)::int AS lots FROM outcome_revocation
          WHERE batch_id = $1`,
        [id],
      ),
    );
    expect(rows).toEqual({ n: people, lots: people });
  });

  it('leaves its order to the next start, even when the queue has given it up', async () => {
    for (let person = 1; person <= 3; person += 1) await post(person);
    const worker = world.app.get(BatchesWorker);
    const run = jest.spyOn(worker, 'run').mockRejectedValue(new Error('the worker died here'));
    const { id } = (await world.authority.post('/v1/revocations', order()).expect(202)).body as {
      id: string;
    };
    await world.database.read((tx) =>
      tx.query(`UPDATE task SET failed_at = now() WHERE payload->>'batchId' = $1`, [id]),
    );
    run.mockRestore();
    await world.app.get(LongWork).onApplicationBootstrap();
    expect((await done(id)).counts.items).toBe(3);
  });

  it('stops between two learners when it is asked to, and goes on later', async () => {
    for (let person = 1; person <= 3; person += 1) await post(person);
    const worker = world.app.get(BatchesWorker);
    const run = jest.spyOn(worker, 'run').mockRejectedValue(new Error('not yet'));
    const { id } = (await world.authority.post('/v1/revocations', order()).expect(202)).body as {
      id: string;
    };
    run.mockRestore();
    const stop = new AbortController();
    stop.abort();
    await expect(worker.run(id, stop.signal)).rejects.toThrow();
    const { body } = await world.authority.get(`/v1/revocations/${id}`).expect(200);
    expect(body).toMatchObject({ state: 'running', counts: { items: 0 } });
    await worker.run(id, new AbortController().signal);
    expect((await done(id)).counts.items).toBe(3);
  });
});
