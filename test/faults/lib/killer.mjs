import { Redis } from 'ioredis';
import { sleep, waitUntil } from '../../../bin/lib/process.mjs';
import { withClient } from './verdict.mjs';

/** Of a hundred kills. */
const SHARES = { app: 36, postgres: 42, worker: 6, redis: 16 };
const VICTIM_LIMIT_MS = 120_000;
const STANDSTILL_MS = 120_000;

/**
 * Kills one part after the other, each while it works: a victim is up, and since the last kill the
 * clients got on. Without that wait the kills would pile up on processes that only start.
 */
export class Killer {
  done = 0;
  byKind = { app: 0, postgres: 0, worker: 0, redis: 0 };
  emptied = 0;
  longestStandstillMs = 0;
  #restarts = new Set();
  #failure;

  constructor({ chance, parts, kills, shares = SHARES, book, run }) {
    Object.assign(this, { chance, parts, kills, book, run });
    const hasRedis = parts.some((part) => part.kind === 'redis');
    /** Whose death comes with an emptied queue, every second time. */
    this.queueKeeper = hasRedis ? 'redis' : 'worker';
    const withoutRedis = { ...shares, worker: shares.worker + shares.redis, redis: 0 };
    const deck = Object.entries(hasRedis ? shares : withoutRedis);
    const hundred = deck.flatMap(([kind, share]) => Array.from({ length: share }, () => kind));
    const hundreds = Array.from({ length: Math.ceil(kills / 100) }, () => chance.shuffle(hundred));
    this.deck = hundreds.flat().slice(0, kills);
  }

  async work() {
    for (const kind of this.deck) {
      await this.#untilClientsGotOn();
      await sleep(this.chance.between(0, 400));
      const victim = await this.#victim(kind);
      if (kind === this.queueKeeper && this.chance.happens(0.5)) await this.#empty(victim);
      await victim.kill();
      this.byKind[kind] += 1;
      this.done += 1;
      this.#restart(victim);
    }
    await this.settle();
  }

  /** All parts up again. */
  async settle() {
    await Promise.all(this.#restarts);
    if (this.#failure) throw this.#failure;
  }

  #restart(victim) {
    const restarting = victim
      .restart()
      .catch((error) => (this.#failure ??= error))
      .finally(() => this.#restarts.delete(restarting));
    this.#restarts.add(restarting);
  }

  async #untilClientsGotOn() {
    const before = this.book.progress;
    const since = Date.now();
    await waitUntil(
      () => this.#failure || (this.book.progress > before && this.run.mayKill(this.done)),
      STANDSTILL_MS,
      10,
    );
    if (this.#failure) throw this.#failure;
    const waited = Date.now() - since;
    this.longestStandstillMs = Math.max(this.longestStandstillMs, waited);
    if (waited >= STANDSTILL_MS) throw new Error(`no progress after kill ${this.done}`);
  }

  async #victim(kind) {
    const candidates = () => this.parts.filter((part) => part.kind === kind && part.isUp);
    const isThere = await waitUntil(() => candidates().length > 0, VICTIM_LIMIT_MS, 10);
    if (!isThere) throw new Error(`no ${kind} came up again`);
    return this.chance.pick(candidates());
  }

  async #empty(victim) {
    const redis = victim.kind === 'redis' ? victim.url : undefined;
    await emptyQueue({ redis, postgres: this.run.postgres.url });
    this.emptied += 1;
  }
}

/** Throws away everything the queue knows, where it is kept. */
export function emptyQueue({ redis, postgres }) {
  return redis ? flush(redis) : truncate(postgres);
}

async function flush(url) {
  const client = new Redis(url, { retryStrategy: () => null });
  client.on('error', () => undefined);
  await client.flushall();
  client.disconnect();
}

/** PostgreSQL may be on its way up: then the queue stays as it is this time. */
async function truncate(url) {
  const tables = `SELECT string_agg(format('%I.%I', schemaname, tablename), ', ') AS names
    FROM pg_tables WHERE schemaname = 'bullmq' AND tablename LIKE '%job%'`;
  await withClient(url, async (client) => {
    const { rows } = await client.query(tables);
    await client.query(`TRUNCATE ${rows[0].names} CASCADE`);
  }).catch(() => undefined);
}
