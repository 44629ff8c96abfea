import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Response } from 'supertest';
import {
  cosign,
  formatNote,
  formatSignature,
  openCheckpoint,
  parseNote,
  signCheckpoint,
  signingKey,
  verifyConsistency,
} from '#libs/merkle';
import {
  type AccountLeaf,
  FIRST_CHAIN,
  type Report,
  accountKey,
  accountLeaf,
  extendChain,
  sealsKey,
  verifyFile,
} from '#libs/proofs';
import { treeOf } from '../../libs/proofs/test/books.js';
import { SealWriter } from '../../src/seals/index.js';
import { withClient } from '../support/database.js';
import { OutsideLog } from '../support/log.js';
import { person } from '../support/people.js';
import { type World, completion, startWorld } from '../support/world.js';

const witness = signingKey('school.example/witness', Buffer.alloc(32, 7), 'cosignature');
const TODAY = '2026-11-26';
const SEAL_LOCK = 731_037;

let world: World;
let log: OutsideLog;
let writer: SealWriter;

beforeAll(async () => {
  // Sealed when a test says so.
  world = await startWorld({ logWitnesses: [witness] });
  log = new OutsideLog(world.http);
  writer = world.app.get(SealWriter);
});
afterAll(() => world.close());

interface Posted {
  readonly entry: { readonly id: string; readonly outcomeId: string } | null;
  readonly outcome: { readonly learnerId: string };
}

let records = 0;
let entries = 0;

async function post(serial: number, over: object = {}): Promise<Posted> {
  records += 1;
  const body = completion(serial, { externalId: `proof-${records}`, ...over });
  const answer = await world.school.post('/v1/completions', body).expect(201);
  if (answer.body.entry) entries += 1;
  return answer.body;
}

async function revoke(outcomeId: string): Promise<void> {
  const reason = 'posted by mistake';
  await world.school.post(`/v1/outcomes/${outcomeId}/revocation`, { reason }).expect(200);
  entries += 1;
}

/** Seals everything that is booked. */
async function seal(): Promise<void> {
  await log.waitFor(entries);
  await writer.seal();
}

async function verify(answer: Response): Promise<Report> {
  const trust = { logs: [{ key: await log.key(), because: 'test' }], witnesses: [] };
  return verifyFile(Buffer.from(answer.text), trust, TODAY);
}

describe('a balance proof', () => {
  it('is as the published schema says, and is checked without the service', async () => {
    const first = await post(1);
    await post(2);
    await post(1);
    await revoke(first.entry?.outcomeId as string);
    await seal();
    const answer = await world.school.get(`/v1/learners/${first.outcome.learnerId}/balance-proof`);
    expect(answer.status).toBe(200);
    const isValid = new Ajv2020().compile(
      JSON.parse(readFileSync('docs/schemas/balance-proof-1.schema.json', 'utf8')),
    );
    expect([isValid(answer.body), isValid.errors]).toEqual([true, null]);
    const report = await verify(answer);
    expect(report.lines.filter(({ verdict }) => verdict !== 'holds')).toEqual([]);
    expect(answer.body.entries.map(({ kind }: { kind: string }) => kind)).toEqual([
      'deposit',
      'deposit',
      'revocation',
    ]);
    const total = answer.body.balances[0];
    expect([total.available, total.revoked]).toEqual(['4', '4']);
    // Without its revocation the learner would look richer.
    const richer = { ...answer.body, entries: answer.body.entries.slice(0, 2) };
    const lie = verifyFile(Buffer.from(JSON.stringify(richer)), { logs: [], witnesses: [] }, TODAY);
    expect(lie.lines.find(({ check }) => check === 'complete')?.verdict).toBe('fails');
  });

  it('says when to come back while an entry waits for a seal', async () => {
    const { outcome } = await post(3);
    const path = `/v1/learners/${outcome.learnerId}/balance-proof`;
    const early = await world.school.get(path);
    expect([early.status, early.body.code]).toEqual([409, 'not-sealed-yet']);
    expect(early.headers['retry-after']).toBe('10');
    await seal();
    expect((await verify(await world.school.get(path))).verdict).toBe('holds');
    await post(3);
    expect((await world.school.get(path)).body.code).toBe('not-sealed-yet');
  });

  it('is for those who may read the balance, and written down for the learner', async () => {
    const { outcome } = await post(4);
    await seal();
    const path = `/v1/learners/${outcome.learnerId}/balance-proof`;
    expect((await world.school.get(path)).status).toBe(200);
    const foreign = await world.otherSchool.get(path);
    expect([foreign.status, foreign.body.code]).toEqual([404, 'not-found']);
    expect((await world.http.get(path)).status).toBe(401);
    const { learnerId } = outcome;
    const own = await (await person(world, ['learner'], { learnerId })).signIn();
    expect((await verify(await own.get('/v1/learners/me/balance-proof'))).verdict).toBe('holds');
    const { body } = await own.get('/v1/learners/me/access-log').expect(200);
    expect(body.items.map(({ purpose }: { purpose: string }) => purpose)).toContain('entry-proof');
    expect(
      (await own.get(`/v1/learners/${(await post(5)).outcome.learnerId}/balance-proof`)).status,
    ).toBe(404);
  });

  it('is none of an account without entries', async () => {
    const { outcome } = await post(6, { outcome: 'OPEN-TALK', grade: undefined });
    const answer = await world.school.get(`/v1/learners/${outcome.learnerId}/balance-proof`);
    expect([answer.status, answer.body.code]).toEqual([404, 'nothing-to-prove']);
  });
});

describe('seals', () => {
  it('hold every account with all its entries, however many seals it took', async () => {
    for (let n = 0; n < 24; n += 1) {
      await post(20 + (n % 7));
      if (n % 5 === 0) await seal();
    }
    await seal();
    const { body: newest } = await world.http.get(`/v1/log/seals/${(await sealsHead()).size - 1}`);
    const { size, root } = await log.checkpoint();
    expect([newest.logSize, newest.logRoot]).toEqual([size, root.toString('base64')]);
    const accounts = await accountsFromBooks();
    expect(newest.accounts).toBe(accounts.length);
    expect(newest.root).toBe(treeOf(accounts).root.toString('base64'));
  });

  it('are made once, whoever else seals at the same time', async () => {
    await post(30);
    const before = (await sealsHead()).size;
    await log.waitFor(entries);
    const made = await Promise.all([writer.seal(), writer.seal(), writer.seal()]);
    expect(made.filter((seal) => seal !== undefined)).toHaveLength(1);
    expect((await sealsHead()).size).toBe(before + 1);
    expect(await writer.seal()).toBeUndefined();
  });

  it('leave everything as it was when they are stopped half-way', async () => {
    const { outcome } = await post(31);
    await seal();
    await post(31);
    await log.waitFor(entries);
    const stopped = new AbortController();
    stopped.abort();
    await expect(writer.seal(stopped.signal)).rejects.toThrow();
    await seal();
    const path = `/v1/learners/${outcome.learnerId}/balance-proof`;
    const answer = await world.school.get(path);
    expect(answer.body.entries).toHaveLength(2);
    expect((await verify(answer)).verdict).toBe('holds');
  });

  it('wait for somebody elsewhere who is sealing', async () => {
    await post(32);
    await log.waitFor(entries);
    await world.database.transaction(async (tx) => {
      await tx.query('SELECT pg_advisory_xact_lock($1)', [SEAL_LOCK]);
      expect(await writer.seal()).toBeUndefined();
    });
    expect(await writer.seal()).toBeDefined();
  });

  it('form a log that only grows', async () => {
    const first = await sealsHead();
    await post(33);
    await seal();
    const second = await sealsHead();
    expect(second.size).toBe(first.size + 1);
    const query = `from=${first.size}&to=${second.size}`;
    const { body } = await world.http.get(`/v1/log/seals/proof/consistency?${query}`).expect(200);
    const claim = { from: first.size, fromRoot: first.root, to: second.size, toRoot: second.root };
    const proof = body.hashes.map((hash: string) => Buffer.from(hash, 'base64'));
    expect(verifyConsistency({ ...claim, proof })).toBe(true);
    for (const [path, status, code] of [
      ['999999', 404, 'beyond-the-log'],
      ['01', 404, 'not-found'],
      ['x', 404, 'not-found'],
      ['proof/consistency?from=0&to=999999', 404, 'beyond-the-log'],
      ['proof/consistency?from=2&to=1', 400, 'malformed-request'],
      ['proof/consistency?from=-1&to=1', 400, 'invalid-fields'],
    ] as const) {
      const answer = await world.http.get(`/v1/log/seals/${path}`);
      expect([path, answer.status, answer.body.code]).toEqual([path, status, code]);
    }
  });

  it('are cosigned by known witnesses, and proofs carry their signatures', async () => {
    const { outcome } = await post(34);
    await seal();
    const { signed } = await sealsHead();
    const line = (key = witness): string =>
      formatSignature(cosign(parseNote(signed)?.text ?? '', key, 1_764_000_000));
    const send = (checkpoint: string) =>
      world.http.post('/v1/log/seals/cosignatures').send({ checkpoint });
    const stranger = signingKey('stranger', Buffer.alloc(32, 9), 'cosignature');
    for (const bad of [signed, signed + line(stranger), (await log.checkpoint()).signed, 'none']) {
      expect((await send(bad)).body.code).toBe('cosignature-refused');
    }
    await send(signed + line()).expect(201);
    await send(signed + line()).expect(201);
    const answer = await world.school.get(`/v1/learners/${outcome.learnerId}/balance-proof`);
    expect(answer.body.witnesses).toHaveLength(1);
    const report = await verify(answer);
    expect(report.verdict).toBe('holds');
    expect(report.lines.map(({ check }) => check)).toContain(`witness ${witness.name}`);
    const key = signingKey(`${(await log.key()).name}/seals`, world.config.logKey);
    for (const size of [1, 1_000_000]) {
      const other = signCheckpoint({ origin: key.name, size, root: Buffer.alloc(32, 1) }, key);
      const cosigned = formatNote(other) + formatSignature(cosign(other.text, witness, 1));
      expect((await send(cosigned)).body.code).toBe('checkpoint-of-another-history');
    }
  });

  it('are not made over books that lack an entry of the log', async () => {
    const { entry } = await post(35);
    await log.waitFor(entries);
    await withClient(world.config.databaseUrl, async (client) => {
      const { rows } = await client.query<{ part: string }>(
        "SELECT inhrelid::regclass AS part FROM pg_inherits WHERE inhparent = 'entry'::regclass",
      );
      for (const table of ['entry', ...rows.map(({ part }) => part)]) {
        await client.query(`ALTER TABLE ${table} DISABLE TRIGGER append_only`);
      }
      await client.query('DELETE FROM entry WHERE lot_id = $1', [entry?.outcomeId]);
    });
    await expect(writer.seal()).rejects.toThrow(/creditbank audit/);
  });
});

async function sealsHead() {
  const { text } = await world.http.get('/v1/log/seals/checkpoint');
  const opened = openCheckpoint(text, sealsKey(await log.key()));
  if (!opened.ok) throw new Error(`${opened.fault}: ${text}`);
  return { ...opened.checkpoint, signed: text };
}

/** All accounts as the definition makes them: from every entry of the log, in its order. */
async function accountsFromBooks(): Promise<AccountLeaf[]> {
  const states = new Map<string, { entries: number; chain: Buffer }>();
  await withClient(world.config.databaseUrl, async (client) => {
    const { rows } = await client.query<{ learner: string; index: string; leaf: Buffer }>(
      `SELECT e.learner_id AS learner, l.first_index + e.posting_pos AS index,
              substring(p.leaves FROM e.posting_pos * 32 + 1 FOR 32) AS leaf
         FROM entry e JOIN log_posting l USING (posting_id) JOIN posting p USING (posting_id)
        ORDER BY index`,
    );
    for (const { learner, index, leaf } of rows) {
      const before = states.get(learner) ?? { entries: 0, chain: FIRST_CHAIN };
      const chain = extendChain(before.chain, Number(index), leaf);
      states.set(learner, { entries: before.entries + 1, chain });
    }
  });
  return [...states]
    .map(([learner, { entries, chain }]) => {
      const key = accountKey(learner);
      return { key, leaf: accountLeaf(key, entries, chain) };
    })
    .sort((a, b) => a.key.compare(b.key));
}
