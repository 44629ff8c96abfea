import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import type { EntityManager } from 'typeorm';
import { GrowingTree, leafHash, verifyConsistency, proveConsistency } from '#libs/merkle';
import { millicredits } from '#libs/credit';
import { createApplication } from '../../src/bootstrap.js';
import { Ledger, PostingsStore } from '../../src/ledger/index.js';
import { Clock } from '../../src/platform/clock/index.js';
import { newId } from '../../src/platform/ids/index.js';
import { LogWriter } from '../../src/transparency/index.js';
import { LogIdentity } from '../../src/transparency/log.identity.js';
import { type LogHead, LogStore } from '../../src/transparency/log.store.js';
import { OutsideLog } from '../support/log.js';
import { type World, startWorld } from '../support/world.js';

const POSTINGS = 300;
const SEQUENCERS = 6;

/** A sequencer that forgot the lock: it reads the head and believes that it stays. */
class CarelessStore extends LogStore {
  override async lockHead(tx: EntityManager): Promise<LogHead | undefined> {
    const head = await this.findHead(tx);
    await sleep(20);
    return head;
  }
}

describe('sequencers that race', () => {
  let world: World;
  let log: OutsideLog;
  const posted: string[] = [];

  beforeAll(async () => {
    world = await startWorld();
    log = new OutsideLog(world.http);
  });

  afterAll(() => world.close());

  async function post(count: number): Promise<void> {
    const lines = Array.from({ length: count }, () => ({
      learnerId: newId(),
      lotId: randomUUID(),
      categoryId: 1,
      amount: millicredits(1000),
      occurredOn: '2026-06',
      expiresOn: null,
      commitment: Buffer.alloc(32, 5),
    }));
    const head = { actor: 'test', institutionId: world.school.institution.id };
    const { postingId } = await world.database.transaction((tx) =>
      world.app.get(Ledger).post(tx, head, lines),
    );
    posted.push(postingId);
  }

  async function postMany(): Promise<void> {
    for (let i = 0; i < POSTINGS; i += 5) {
      await Promise.all([1, 300, 2, 1, 7].map(post));
    }
  }

  /** The whole of it: each posting once, no gap, tiles that give the root, books that give the tiles. */
  async function expectWhole(): Promise<void> {
    const places = await world.database.read((tx) =>
      tx.query<{ posting_id: string; first_index: string; entries: number }[]>(
        'SELECT posting_id, first_index, entries FROM log_posting ORDER BY first_index',
      ),
    );
    let next = 0;
    for (const place of places) {
      expect(Number(place.first_index)).toBe(next);
      next += place.entries;
    }
    const [feed] = await world.database.read((tx) =>
      tx.query<{ waiting: number }[]>('SELECT count(*)::int AS waiting FROM feed'),
    );
    expect(feed?.waiting).toBe(0);
    expect(places.map((place) => place.posting_id).sort()).toEqual([...posted].sort());
    const { size, root } = await log.checkpoint();
    expect(size).toBe(next);
    const leaves = await log.leaves(size);
    const tree = GrowingTree.empty();
    tree.append(leaves);
    expect(tree.root().equals(root)).toBe(true);
    expect(Buffer.concat((await log.entries(size)).map(leafHash)).equals(leaves)).toBe(true);
  }

  async function expectConsistent(seen: { size: number; root: Buffer }[]): Promise<void> {
    for (const [i, newer] of seen.entries()) {
      const older = seen[i - 1];
      if (!older) continue;
      const proof = await proveConsistency(older.size, newer.size, log.readTiles);
      const [from, to] = [older.size, newer.size];
      const roots = { fromRoot: older.root, toRoot: newer.root };
      expect(verifyConsistency({ from, to, ...roots, proof })).toBe(true);
    }
  }

  it('never fork: each posting once, and every checkpoint goes on from the one before', async () => {
    const second = await createApplication(world.config);
    const seen = [await log.checkpoint()];
    const posting = new AbortController();
    const watch = async (): Promise<void> => {
      while (!posting.signal.aborted) {
        const now = await log.checkpoint();
        if (now.size !== seen.at(-1)?.size) seen.push(now);
      }
    };
    const race = async (writer: LogWriter): Promise<void> => {
      while (!posting.signal.aborted) await writer.sequence();
    };
    const writers = Array.from({ length: SEQUENCERS }, (_, i) =>
      (i % 2 === 0 ? world.app : second).get(LogWriter),
    );
    const work = Promise.all([watch(), ...writers.map(race)]);
    await postMany();
    posting.abort();
    await work;
    const total = POSTINGS * (311 / 5);
    seen.push(await log.waitFor(total));
    await second.close();
    expect(seen.length).toBeGreaterThan(5);
    await expectConsistent(seen);
    await expectWhole();
  }, 300_000);

  it('cannot fork even when one forgets the lock: only the first moves the head', async () => {
    const careless = (): LogWriter =>
      new LogWriter(
        world.database,
        new CarelessStore(),
        world.app.get(PostingsStore),
        world.app.get(LogIdentity),
        world.app.get(Clock),
      );
    let refused = 0;
    for (let round = 0; round < 10; round += 1) {
      await post(2);
      const results = await Promise.allSettled([
        careless().sequence(),
        careless().sequence(),
        careless().sequence(),
      ]);
      refused += results.filter(({ status }) => status === 'rejected').length;
    }
    const { size } = await log.checkpoint();
    await log.waitFor(size);
    expect(refused).toBeGreaterThan(0);
    await expectWhole();
  }, 180_000);

  it.each([
    'UPDATE log_tile SET hashes = set_byte(hashes, 0, 255 - get_byte(hashes, 0))',
    'UPDATE log_tile SET hashes = substring(hashes FOR 32) WHERE octet_length(hashes) > 32',
    'UPDATE log_tile SET level = level + 1',
    "UPDATE log_tile SET hashes = hashes || '\\x00' WHERE octet_length(hashes) < 8192",
    'DELETE FROM log_tile',
    'TRUNCATE log_tile',
    'UPDATE log_head SET size = size - 1',
    "UPDATE log_head SET origin = 'other'",
    'UPDATE log_head SET root = sha256(root)',
    'DELETE FROM log_head',
    'UPDATE log_posting SET first_index = first_index + 1',
    'DELETE FROM log_posting',
    'DELETE FROM log_cosignature',
  ])('have tables that refuse %s', async (sql) => {
    await expect(world.database.read((tx) => tx.query(sql))).rejects.toThrow(
      /only grows|append-only|permission denied|log_tile_holds_hashes/,
    );
  });

  it('stop when the stored tiles no longer give the signed root', async () => {
    const { signed } = await log.checkpoint();
    const client = new Client({ connectionString: world.config.databaseUrl });
    await client.connect();
    await client.query(`
      ALTER TABLE log_tile DISABLE TRIGGER log_tile_grows;
      UPDATE log_tile SET hashes = set_byte(hashes, 0, 255 - get_byte(hashes, 0));
      ALTER TABLE log_tile ENABLE TRIGGER log_tile_grows`);
    await client.end();
    await post(1);
    await expect(world.app.get(LogWriter).sequence()).rejects.toThrow('run creditbank audit');
    expect((await log.checkpoint()).signed).toBe(signed);
  });
});
