import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { choosePort } from '../../../bin/lib/postgres/cluster.mjs';
import { sleep } from '../../../bin/lib/process.mjs';
import { Book } from './book.mjs';
import { Chance } from './chance.mjs';
import { Importer, Poster } from './clients.mjs';
import { Killer } from './killer.mjs';
import { PostgresPart, RedisPart, ServicePart } from './parts.mjs';
import { printSummary } from './summary.mjs';
import { auditBooks, judgeTree } from './tree.mjs';
import { judge, replayEverything, untilWorkHasEnded, withClient } from './verdict.mjs';
import { furnish, openService } from './world.mjs';

const APPS = 3;
const WORKERS = 2;
const NEWS_EVERY_MS = 15_000;
/** How far the files may run ahead of the kills, and the kills ahead of the postings. */
const LEAD_KILLS = 15;

/**
 * One run: a world, its load, its killer and the comparison at the end.
 * A plan names `root`, `dataDir`, `seed`, `kills` and `postings`; it may also change the load, the
 * `shares` of the kills, and bring a `sabotage` that must not stay unnoticed.
 */
export class FaultRun {
  posters = 6;
  importers = 3;
  endLimitMs = 180_000;
  isOver = false;
  book = new Book();
  parts = [];

  constructor(plan) {
    Object.assign(this, plan);
    this.startedAt = Date.now();
  }

  async work() {
    this.redis ??= spawnSync('redis-server', ['--version']).status === 0;
    const queue = this.redis ? 'Redis' : 'PostgreSQL';
    console.log(
      `seed ${this.seed}: ${this.kills} kills, ${this.postings} postings, queue on ${queue}`,
    );
    await this.#open();
    const news = setInterval(() => this.#tell(), NEWS_EVERY_MS);
    try {
      const load = this.#clients().map((client) => client.work());
      await Promise.race([this.killer.work(), failing(load)]);
      await this.#untilEnoughIsPosted();
      this.isOver = true;
      await Promise.all(load);
    } finally {
      this.isOver = true;
      clearInterval(news);
    }
    return this.#judge();
  }

  /** Files keep step with the kills, so that no kill comes when everything is done. */
  wantsRows() {
    const allowed = (this.postings * (this.killer.done + LEAD_KILLS)) / this.kills;
    return this.book.postings.size < allowed;
  }

  mayKill(done) {
    return this.book.postings.size >= (this.postings * (done - LEAD_KILLS)) / this.kills;
  }

  async #open() {
    const { root, dataDir } = this;
    this.postgres = await PostgresPart.open({ root, dataDir });
    this.parts.push(this.postgres);
    this.env = {
      DATABASE_URL: this.postgres.url,
      DATA_DIR: dataDir,
      HOST: '127.0.0.1',
      SEED_DEMONSTRATION: 'false',
      MASTER_KEY: randomBytes(32).toString('hex'),
      INDEX_KEY: randomBytes(32).toString('hex'),
      REDIS_URL: '',
      ...this.sabotage?.env,
    };
    if (this.redis) await this.#openRedis();
    const service = await openService({ root, env: this.env });
    this.schools = await furnish(service);
    await service.close();
    await this.sabotage?.furnished?.(this);
    await Promise.all([
      ...Array.from({ length: APPS }, (_, i) => this.#openPart('app', i)),
      ...Array.from({ length: WORKERS }, (_, i) => this.#openPart('worker', i)),
    ]);
    const { parts, kills, shares, book } = this;
    const chance = new Chance(this.seed, 'killer');
    this.killer = new Killer({ chance, parts, kills, shares, book, run: this });
  }

  async #openRedis() {
    const redis = new RedisPart({ port: await choosePort(), dataDir: this.dataDir });
    this.parts.push(redis);
    await redis.restart();
    this.env.REDIS_URL = redis.url;
  }

  async #openPart(kind, i) {
    const part = new ServicePart({
      kind,
      name: `${kind}-${i + 1}`,
      root: this.root,
      dataDir: this.dataDir,
      env: this.env,
      port: kind === 'app' ? await choosePort() : undefined,
      canStart: () => this.postgres.isUp,
    });
    this.parts.push(part);
    await part.restart();
  }

  #clients() {
    const ports = this.parts.filter((part) => part.kind === 'app').map((part) => part.port);
    const common = { book: this.book, ports, run: this };
    const make = (Kind, letter, i) => {
      const name = `${letter}${i + 1}`;
      const chance = new Chance(this.seed, name);
      return new Kind({ ...common, name, chance, school: this.schools[i % this.schools.length] });
    };
    return [
      ...Array.from({ length: this.posters }, (_, i) => make(Poster, 'P', i)),
      ...Array.from({ length: this.importers }, (_, i) => make(Importer, 'F', i)),
    ];
  }

  async #untilEnoughIsPosted() {
    while (this.book.postings.size < this.postings) await sleep(200);
  }

  #tell() {
    const { done, longestStandstillMs } = this.killer;
    const seconds = Math.round((Date.now() - this.startedAt) / 1000);
    const complaints = this.book.complaints.length;
    console.log(
      `${seconds} s: ${done} of ${this.kills} kills, ${this.book.postings.size} postings, ` +
        `${complaints} complaints, longest standstill ${(longestStandstillMs / 1000).toFixed(1)} s`,
    );
  }

  async #judge() {
    const { root, env, book } = this;
    const { url } = this.postgres;
    this.open = await untilWorkHasEnded(url, this.endLimitMs);
    this.verdict = await judge({ url, book });
    const service = await openService({ root, env });
    this.replayed = await replayEverything(service);
    this.tree = await withClient(url, (client) => judgeTree(client, service.load));
    this.audit = await auditBooks(url, service.load);
    await service.close();
    return printSummary(this);
  }

  end() {
    for (const part of this.parts.toReversed()) part.end();
  }
}

/** Rejects with the first client that fails; clients end only when the run is over. */
function failing(load) {
  return new Promise((_, reject) => {
    for (const client of load) client.catch(reject);
  });
}
