import { Client } from 'pg';
import type { Response } from 'supertest';
import {
  GrowingTree,
  checkProof,
  cosign,
  cosigners,
  formatNote,
  formatSignature,
  leafHash,
  openCheckpoint,
  parseNote,
  parseProof,
  rootFromTiles,
  signCheckpoint,
  signingKey,
  verifyConsistency,
  verifyInclusion,
} from '#libs/merkle';
import { OutsideLog } from '../support/log.js';
import { type World, completion, startWorld } from '../support/world.js';

const witness = signingKey('school.example/witness', Buffer.alloc(32, 7), 'cosignature');
const otherWitness = signingKey('city.example/witness', Buffer.alloc(32, 8), 'cosignature');
const hashes = (list: string[]): Buffer[] => list.map((hash) => Buffer.from(hash, 'base64'));

describe('the public log', () => {
  let world: World;
  let log: OutsideLog;

  beforeAll(async () => {
    world = await startWorld({ logWitnesses: [witness, otherWitness] });
    log = new OutsideLog(world.http);
  });

  afterAll(() => world.close());

  /** Posts completions of new learners and answers their receipts. */
  async function post(from: number, count: number): Promise<Record<string, string>[]> {
    const receipts: Record<string, string>[] = [];
    for (let serial = from; serial < from + count; serial += 1) {
      const { body, status } = await world.school.post('/v1/completions', completion(serial));
      expect(status).toBe(201);
      receipts.push(body.receipt);
    }
    return receipts;
  }

  it('begins with a signed checkpoint of nothing', async () => {
    const answer = await world.http.get('/v1/log/checkpoint');
    expect(answer.headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.text).toContain(
      'bank.example/v1/log\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n— bank.example/v1/log ',
    );
    expect(await log.checkpoint()).toMatchObject({ origin: 'bank.example/v1/log', size: 0 });
    const head = await world.http.get('/v1/log/head').expect(200);
    expect(head.body).toMatchObject({
      origin: 'bank.example/v1/log',
      size: 0,
      root: '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=',
    });
    expect(Date.now() - Date.parse(head.body.signedAt)).toBeLessThan(60_000);
    const { body } = await world.http.get('/v1/log/key');
    expect(body).toMatchObject({ origin: 'bank.example/v1/log' });
    expect(body.witnesses).toHaveLength(2);
  });

  it('takes in what is booked, and is whole for who reads it from outside', async () => {
    await post(1, 3);
    const { size, root } = await log.waitFor(3);
    const tree = GrowingTree.empty();
    tree.append(await log.leaves(size));
    expect(tree.root().equals(root)).toBe(true);
    expect((await rootFromTiles(size, log.readTiles)).equals(root)).toBe(true);
    const fromBooks = Buffer.concat((await log.entries(size)).map(leafHash));
    expect(fromBooks.equals(await log.leaves(size))).toBe(true);
  });

  it('completes every receipt with a proof that stands alone', async () => {
    const receipts = await post(10, 5);
    const before = await log.checkpoint();
    await log.waitFor(before.size + 1);
    const key = await log.key();
    for (const receipt of receipts) {
      const { body, status } = await eventually(receipt['proof'] as string);
      expect(status).toBe(200);
      expect(body).toMatchObject({ entryId: receipt['entryId'], leaf: receipt['leaf'] });
      const leaf = Buffer.from(receipt['leaf'] as string, 'hex');
      expect(leafHash(Buffer.from(body.digest, 'hex')).equals(leaf)).toBe(true);
      const opened = openCheckpoint(body.checkpoint, key);
      if (!opened.ok) throw new Error(opened.fault);
      const { root, size } = opened.checkpoint;
      expect(size).toBe(body.size);
      const { index } = body;
      const proof = hashes(body.hashes);
      expect(verifyInclusion({ leaf, index, size, root, proof })).toBe(true);
      const file = parseProof(body.file);
      expect(file && checkProof(leaf, file, key).ok).toBe(true);
    }
  });

  it('only grows: any two checkpoints are consistent', async () => {
    const first = await log.checkpoint();
    await post(20, 2);
    const second = await log.waitFor(first.size + 2);
    const path = `/v1/log/proof/consistency?from=${first.size}&to=${second.size}`;
    const { body } = await world.http.get(path);
    const claim = { from: first.size, fromRoot: first.root, to: second.size, toRoot: second.root };
    expect(verifyConsistency({ ...claim, proof: hashes(body.hashes) })).toBe(true);
    const empty = await world.http.get(`/v1/log/proof/consistency?from=0&to=${second.size}`);
    expect(empty.body).toEqual({ from: 0, to: second.size, hashes: [] });
  });

  it('sends tiles that may be kept for ever', async () => {
    const { size } = await log.waitFor(1);
    for (const path of ['tile/0/000.p/1', `tile/0/000.p/${size}`, 'tile/entries/000.p/1']) {
      const answer = await world.http.get(`/v1/log/${path}`);
      expect(answer.status).toBe(200);
      expect(answer.headers['content-type']).toBe('application/octet-stream');
      expect(answer.headers['cache-control']).toBe('public, max-age=31536000, immutable');
      const again = await world.http
        .get(`/v1/log/${path}`)
        .set('if-none-match', answer.headers['etag'] as string);
      expect(again.status).toBe(304);
    }
  });

  it.each([
    ['tile/0/0', 400, 'tile-path-malformed'],
    ['tile/0/x001', 400, 'tile-path-malformed'],
    ['tile/0/001.p/0', 400, 'tile-path-malformed'],
    ['tile/0/001.p/256', 400, 'tile-path-malformed'],
    ['tile/64/000', 400, 'tile-path-malformed'],
    ['tile/-1/000', 400, 'tile-path-malformed'],
    ['tile/00/000', 400, 'tile-path-malformed'],
    ['tile/entry/000', 400, 'tile-path-malformed'],
    ['tile/entries/000.p/1/', 400, 'tile-path-malformed'],
    ['tile/0/%30%30%30', 400, 'tile-path-malformed'],
    [`tile/0/${'x001/'.repeat(30)}001`, 400, 'tile-path-malformed'],
    ['tile/0/000', 404, 'beyond-the-log'],
    ['tile/0/001.p/1', 404, 'beyond-the-log'],
    ['tile/1/000.p/1', 404, 'beyond-the-log'],
    ['tile/63/000', 404, 'beyond-the-log'],
    ['tile/0/x009/x007/x199/x254/x740/991', 404, 'beyond-the-log'],
    ['tile/entries/000', 404, 'beyond-the-log'],
    ['proof/consistency', 400, 'invalid-fields'],
    ['proof/consistency?from=1', 400, 'invalid-fields'],
    ['proof/consistency?from=&to=1', 400, 'invalid-fields'],
    ['proof/consistency?from=-1&to=1', 400, 'invalid-fields'],
    ['proof/consistency?from=1e0&to=1', 400, 'invalid-fields'],
    ['proof/consistency?from=1&from=2&to=3', 400, 'invalid-fields'],
    ['proof/consistency?from=1&to=99999999999999999999', 400, 'invalid-fields'],
    ['proof/consistency?from=1&to=999999999999999', 404, 'beyond-the-log'],
    ['proof/consistency?from=2&to=1', 400, 'malformed-request'],
  ])('refuses %s', async (path, status, code) => {
    const answer = await world.http.get(`/v1/log/${path}`);
    expect(answer.body).toMatchObject({ code });
    expect(answer.status).toBe(status);
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it('proves an entry only to those who may read it', async () => {
    const [receipt] = await post(30, 1);
    const path = receipt?.['proof'] as string;
    await eventually(path);
    const foreign = await world.otherSchool.get(path);
    const missing = await world.school.get(
      '/v1/entries/5f6b2a1e-0c4d-8a3b-9e7f-1a2b3c4d5e6f.0/proof',
    );
    for (const answer of [foreign, missing]) {
      expect(answer.status).toBe(404);
      expect(answer.body.code).toBe('not-found');
    }
    expect((await world.http.get(path)).status).toBe(401);
    expect((await world.school.get('/v1/entries/nonsense/proof')).status).toBe(404);
  });

  it('says when to come back for an entry that it does not hold yet', async () => {
    await world.database.transaction(async (tx) => {
      // A sequencer elsewhere is at work: ours waits for it.
      await tx.query('SELECT FROM log_head FOR UPDATE');
      const [receipt] = await post(40, 1);
      const answer = await world.school.get(receipt?.['proof'] as string);
      expect(answer.status).toBe(409);
      expect(answer.body.code).toBe('not-in-the-log-yet');
      expect(answer.headers['retry-after']).toBe('1');
    });
  });

  it('shows in its bundles what was done to the books behind its back', async () => {
    const receipts = await post(50, 3);
    for (const receipt of receipts) await eventually(receipt['proof'] as string);
    const places = await Promise.all(
      receipts.map(async ({ proof }) => (await world.school.get(proof as string)).body.index),
    );
    const [edited, deleted] = receipts.map(({ entryId }) => entryId?.split('.')[0]);
    await asOwner(world, async (client) => {
      await client.query(
        'UPDATE entry SET amount = 9999, available_after = 9999 WHERE lot_id = $1',
        [edited],
      );
      await client.query('DELETE FROM entry WHERE lot_id = $1', [deleted]);
      await client.query(
        "UPDATE posting SET recorded_at = recorded_at + interval '1 s' WHERE posting_id = $1",
        [receipts[2]?.['postingId']],
      );
    });
    const { size, root } = await log.checkpoint();
    const entries = await log.entries(size);
    const leaves = await log.leaves(size);
    const wrong = entries.flatMap((entry, index) =>
      leafHash(entry).equals(leaves.subarray(index * 32, index * 32 + 32)) ? [] : [index],
    );
    expect(wrong).toEqual([...places].sort((a, b) => a - b));
    expect(entries[places[0]]).toHaveLength(32);
    expect(entries[places[1]]).toHaveLength(0);
    expect(entries[places[2]]).toHaveLength(0);
    // The tree itself still stands: it is the books that no longer fit it.
    expect((await rootFromTiles(size, log.readTiles)).equals(root)).toBe(true);
    const { body } = await world.school.get(receipts[0]?.['proof'] as string);
    expect(body.leaf).not.toBe(receipts[0]?.['leaf']);
  });

  describe('cosignatures', () => {
    async function cosigned(
      key = witness,
      seconds = Math.floor(Date.now() / 1000),
    ): Promise<string> {
      const { signed } = await log.waitFor(1);
      const note = parseNote(signed);
      return signed + formatSignature(cosign(note?.text ?? '', key, seconds));
    }

    const send = (checkpoint: unknown): ReturnType<World['http']['post']> =>
      world.http.post('/v1/log/cosignatures').send({ checkpoint });

    it('are none at first', async () => {
      const answer = await world.http.get('/v1/log/checkpoint/cosigned');
      expect(answer.status).toBe(404);
      expect(answer.body.code).toBe('not-cosigned-yet');
    });

    it('are taken in from a known witness and served with their checkpoint', async () => {
      const seconds = 1_764_000_000;
      const answer = await send(await cosigned(witness, seconds));
      expect(answer.status).toBe(201);
      const { size } = await log.checkpoint();
      expect(answer.body.accepted).toEqual([
        { witness: witness.name, size, cosignedAt: new Date(seconds * 1000).toISOString() },
      ]);
      expect((await send(await cosigned(otherWitness))).status).toBe(201);
      // Sent again with another time: the first stays.
      expect((await send(await cosigned(witness))).status).toBe(201);
      for (const path of ['checkpoint', 'checkpoint/cosigned']) {
        const { text } = await world.http.get(`/v1/log/${path}`);
        const opened = openCheckpoint(text, await log.key());
        if (!opened.ok) throw new Error(opened.fault);
        expect(cosigners(opened.note, [witness, otherWitness])).toHaveLength(2);
        expect(opened.note.signatures).toHaveLength(3);
      }
    });

    it('stay with the checkpoint they were made for', async () => {
      const before = await log.checkpoint();
      await post(60, 1);
      const after = await log.waitFor(before.size + 1);
      expect(parseNote(after.signed)?.signatures).toHaveLength(1);
      const { text } = await world.http.get('/v1/log/checkpoint/cosigned');
      expect(text.split('\n')[1]).toBe(String(before.size));
      // A receipt shows both: the newer checkpoint goes on from the one that a witness saw.
      const path = `/v1/log/proof/consistency?from=${before.size}&to=${after.size}`;
      expect((await world.http.get(path)).status).toBe(200);
    });

    it('are refused from strangers, over other logs, and with a wrong form', async () => {
      const stranger = signingKey('stranger', Buffer.alloc(32, 9), 'cosignature');
      const impostor = signingKey(witness.name, Buffer.alloc(32, 9), 'cosignature');
      const good = await cosigned();
      const inAnHour = Math.floor(Date.now() / 1000) + 3600;
      const { signed } = await log.checkpoint();
      const edited = good.replace(/\n\d+\n/, '\n999999\n');
      for (const [bad, reason] of [
        [await cosigned(stranger), 'known witness'],
        [await cosigned(impostor), 'known witness'],
        [signed, 'known witness'],
        [await cosigned(witness, inAnHour), 'time'],
        [edited, 'did not sign'],
        [good.replaceAll('bank.example', 'other.example'), 'another log'],
        ['nonsense', 'no checkpoint'],
      ] as const) {
        const answer = await send(bad);
        expect(answer.status).toBe(422);
        expect(answer.body.code).toBe('cosignature-refused');
        expect(answer.body.detail).toContain(reason);
      }
      for (const bad of [undefined, null, 7, '', 'x'.repeat(20_001), [good]]) {
        expect((await send(bad)).status).toBe(400);
      }
    });

    it('are evidence when the history they were made over is gone', async () => {
      const key = signingKey('bank.example/v1/log', world.config.logKey);
      for (const size of [1, 1_000_000]) {
        const root = Buffer.alloc(32, 1);
        const note = signCheckpoint({ origin: key.name, size, root }, key);
        const line = formatSignature(cosign(note.text, witness, 1_764_000_000));
        const answer = await send(formatNote(note) + line);
        expect(answer.status).toBe(409);
        expect(answer.body.code).toBe('checkpoint-of-another-history');
      }
    });
  });

  async function eventually(path: string): Promise<Response> {
    for (;;) {
      const answer = await world.school.get(path);
      if (answer.status !== 409) return answer;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
});

/** Works as the owner of the tables, who can switch the triggers off. */
async function asOwner(world: World, work: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client({ connectionString: world.config.databaseUrl });
  await client.connect();
  try {
    await client.query(`
      DO $$ DECLARE part regclass; BEGIN
        FOR part IN SELECT inhrelid FROM pg_inherits
                     WHERE inhparent IN ('entry'::regclass, 'posting'::regclass) LOOP
          EXECUTE format('ALTER TABLE %s DISABLE TRIGGER append_only', part);
        END LOOP;
      END $$;
      ALTER TABLE entry DISABLE TRIGGER append_only;
      ALTER TABLE posting DISABLE TRIGGER append_only`);
    await work(client);
  } finally {
    await client.end();
  }
}
