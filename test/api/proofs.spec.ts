import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Response } from 'supertest';
import { type Trust, verifyFile } from '#libs/proofs';
import { cosign, formatSignature, parseNote, signingKey } from '#libs/merkle';
import { Witness, WitnessState, logsAt } from '../../src/witness/index.js';
import { OutsideLog } from '../support/log.js';
import { person } from '../support/people.js';
import { type World, completion, startWorld } from '../support/world.js';

const witness = signingKey('school.example/witness', Buffer.alloc(32, 7), 'cosignature');
const TODAY = '2026-11-26';
const NOW = 1_764_000_000;
const ABSENT = '00000000-0000-7000-8000-000000000000';

interface Posted {
  readonly entry: { readonly id: string; readonly outcomeId: string; readonly postingId: string };
  readonly outcome: { readonly learnerId: string };
  readonly receipt: { readonly file: string };
}

describe('receipts that stand alone', () => {
  let world: World;
  let log: OutsideLog;

  beforeAll(async () => {
    world = await startWorld({ logWitnesses: [witness], sealPauseMs: 100 });
    log = new OutsideLog(world.http);
  });
  afterAll(() => world.close());

  const trust = async (): Promise<Trust> => ({
    logs: [{ key: await log.key(), because: 'test' }],
    witnesses: [],
  });

  async function post(serial: number): Promise<Posted> {
    const { body } = await world.school.post('/v1/completions', completion(serial)).expect(201);
    return body;
  }

  async function eventually(path: string): Promise<Response> {
    for (;;) {
      const answer = await world.school.get(path);
      if (answer.status !== 409) return answer;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  it('are as the published schema says, and are checked without the service', async () => {
    const { entry, receipt } = await post(1);
    const answer = await eventually(receipt.file);
    expect(answer.status).toBe(200);
    const isValid = new Ajv2020().compile(
      JSON.parse(readFileSync('docs/schemas/receipt-1.schema.json', 'utf8')),
    );
    expect([isValid(answer.body), isValid.errors]).toEqual([true, null]);
    expect(answer.body.entries).toHaveLength(1);
    expect(answer.body.entries[0]).toMatchObject({ lotId: entry.outcomeId, amount: '4' });
    const report = verifyFile(Buffer.from(answer.text), await trust(), TODAY);
    expect(report.verdict).toBe('holds');
    expect(report.lines.map(({ check }) => check)).toContain(`entry ${entry.id}`);
    const lie = answer.text.replace('"amount":"4"', '"amount":"5"');
    expect(verifyFile(Buffer.from(lie), await trust(), TODAY).verdict).toBe('fails');
  });

  it('are given for a whole posting', async () => {
    const { entry } = await post(2);
    const answer = await eventually(`/v1/postings/${entry.postingId}/receipt`);
    expect(answer.status).toBe(200);
    expect(answer.body.entries.map((one: { postingId: string }) => one.postingId)).toEqual([
      entry.postingId,
    ]);
    expect(verifyFile(Buffer.from(answer.text), await trust(), TODAY).verdict).toBe('holds');
  });

  it('say when to come back for what the log does not hold yet', async () => {
    await world.database.transaction(async (tx) => {
      // A sequencer elsewhere is at work: ours waits for it.
      await tx.query('SELECT FROM log_head FOR UPDATE');
      const { entry, receipt } = await post(3);
      for (const path of [receipt.file, `/v1/postings/${entry.postingId}/receipt`]) {
        const answer = await world.school.get(path);
        expect([answer.status, answer.body.code]).toEqual([409, 'not-in-the-log-yet']);
        expect(answer.headers['retry-after']).toBe('1');
      }
    });
  });

  it('are for those who may read every entry of them', async () => {
    const { entry, outcome } = await post(4);
    const paths = [`/v1/entries/${entry.id}/receipt`, `/v1/postings/${entry.postingId}/receipt`];
    const { learnerId } = outcome;
    const own = await (await person(world, ['learner'], { learnerId })).signIn();
    for (const path of paths) {
      await eventually(path);
      const foreign = await world.otherSchool.get(path);
      expect([foreign.status, foreign.body.code]).toEqual([404, 'not-found']);
      expect((await world.http.get(path)).status).toBe(401);
      expect((await own.get(path)).status).toBe(200);
    }
    const other = (await post(5)).outcome.learnerId;
    const stranger = await (await person(world, ['learner'], { learnerId: other })).signIn();
    for (const path of [...paths, `/v1/postings/${ABSENT}/receipt`, '/v1/postings/x/receipt']) {
      expect((await stranger.get(path)).status).toBe(404);
    }
  });

  it('lead to a checkpoint that a witness has signed, where one covers the entry', async () => {
    const { entry } = await post(6);
    const path = `/v1/entries/${entry.id}/receipt`;
    await eventually(path);
    const { signed } = await log.checkpoint();
    const line = formatSignature(cosign(parseNote(signed)?.text ?? '', witness, 1_764_000_000));
    await world.http
      .post('/v1/log/cosignatures')
      .send({ checkpoint: signed + line })
      .expect(201);
    const witnessed = await world.school.get(path);
    expect(witnessed.body.witnesses).toHaveLength(1);
    const relying = { ...(await trust()), witnesses: [{ key: witness, because: 'test' }] };
    expect(verifyFile(Buffer.from(witnessed.text), relying, TODAY).verdict).toBe('holds');
    // A newer entry is not under it, and need not wait for the witness.
    const later = await eventually((await post(7)).receipt.file);
    expect(later.body.witnesses).toEqual([]);
    expect(verifyFile(Buffer.from(later.text), relying, TODAY).verdict).toBe('open');
  });

  it('are cosigned by the witness program of a school', async () => {
    await world.app.listen(0, '127.0.0.1');
    const folder = mkdtempSync(join(tmpdir(), 'creditbank-witness-'));
    const state = new WitnessState(folder);
    const program = new Witness({ signer: witness, state, mayBegin: true, now: () => NOW });
    const logs = logsAt(await world.app.getUrl(), await log.key());
    expect(logs.map(({ key }) => key.name)).toEqual([
      'bank.example/v1/log',
      'bank.example/v1/log/seals',
    ]);
    for (const watched of [...logs, ...logs]) {
      expect(await program.look(watched)).toMatchObject({
        kind: 'cosigned',
        log: watched.key.name,
      });
    }
    const { text } = await world.http.get('/v1/log/checkpoint');
    expect(parseNote(text)?.signatures.map(({ name }) => name)).toContain(witness.name);
    rmSync(folder, { recursive: true });
  });

  it('shows the reading in the learner’s own log', async () => {
    const { entry, outcome } = await post(8);
    await eventually(`/v1/postings/${entry.postingId}/receipt`);
    const { learnerId } = outcome;
    const own = await (await person(world, ['learner'], { learnerId })).signIn();
    const { body } = await own.get('/v1/learners/me/access-log').expect(200);
    expect(body.items.map(({ purpose }: { purpose: string }) => purpose)).toContain('entry-proof');
  });
});
