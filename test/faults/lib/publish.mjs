import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { choosePort } from '../../../bin/lib/postgres/cluster.mjs';
import { sleep } from '../../../bin/lib/process.mjs';
import { Chance } from './chance.mjs';
import { emptyQueue } from './killer.mjs';
import { PostgresPart, RedisPart, ServicePart } from './parts.mjs';
import { withClient } from './verdict.mjs';
import { openService } from './world.mjs';

const WORKERS = 2;
const END_LIMIT_MS = 600_000;
/** Of a hundred learners, those whom the rule touches. */
const TOUCHED_PERCENT = 1;

const PROGRESS = `
  SELECT state, total, done, reconsidered,
         (SELECT count(*) FROM decision)::int AS decisions,
         (SELECT count(*) FROM task WHERE done_at IS NULL AND failed_at IS NULL)::int AS open
    FROM reevaluation`;

/** Every application, by how it was decided and where it stands. */
const VERDICT = `
  SELECT r.uid IS NOT NULL AS touched, a.state, d.versions, count(*)::int AS n
    FROM application a
    LEFT JOIN (SELECT DISTINCT o.learner_id AS uid FROM learning_outcome o
                 JOIN outcome_definition f ON f.id = o.definition_id WHERE f.code = 'RARE') r
      ON r.uid = a.learner_id
    LEFT JOIN LATERAL (
      SELECT string_agg(v.version::text, ',' ORDER BY d.seq) AS versions
        FROM decision d JOIN rule_version v ON v.hash = d.rule_hash
       WHERE d.bucket = a.bucket AND d.application_id = a.id) d ON true
   GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`;

/** One publication over a full bank, with workers that die. */
export class PublishRun {
  parts = [];

  constructor(plan) {
    Object.assign(this, plan);
    this.touched = Math.round((this.learners * TOUCHED_PERCENT) / 100);
  }

  async work() {
    this.redis ??= spawnSync('redis-server', ['--version']).status === 0;
    const queue = this.redis ? 'Redis' : 'PostgreSQL';
    console.log(`seed ${this.seed}: ${this.learners} learners, queue on ${queue}`);
    await this.#open();
    await this.#fill();
    for (let i = 0; i < WORKERS; i += 1) await this.#openWorker(i);
    const publishedAt = Date.now();
    await this.#publish();
    await this.#killWhileItRuns();
    const progress = await this.#untilEnded();
    console.log(`ended after ${((Date.now() - publishedAt) / 1000).toFixed(1)} s`);
    return this.#judge(progress);
  }

  end() {
    for (const part of this.parts.toReversed()) part.end();
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
    };
    if (!this.redis) return;
    const redis = new RedisPart({ port: await choosePort(), dataDir });
    this.parts.push(redis);
    await redis.restart();
    this.env.REDIS_URL = redis.url;
  }

  /** With the bank that the benchmark of the same claim measures. */
  async #fill() {
    const { root, env, learners, touched } = this;
    const crowd = pathToFileURL(join(root, 'dist', 'bench', 'rules', 'crowd.js')).href;
    const { documentOf, fillCrowd, openBank } = await import(crowd);
    this.documentOf = documentOf;
    const { app, load, close } = await openService({ root, env });
    const { Clock } = await load('platform/clock/index.js');
    this.today = app.get(Clock).today();
    const bank = { ...(await openBank(app)), today: this.today };
    const plan = { learners: learners - touched, outcomes: 5, rare: touched, reviewed: touched };
    await withClient(env.DATABASE_URL, (owner) => fillCrowd(app, owner, plan, bank));
    await close();
  }

  async #openWorker(i) {
    const worker = new ServicePart({
      kind: 'worker',
      name: `worker-${i + 1}`,
      root: this.root,
      dataDir: this.dataDir,
      env: this.env,
      canStart: () => true,
    });
    this.parts.push(worker);
    await worker.restart();
  }

  async #publish() {
    const { app, database, load, close } = await openService(this);
    const { Rulebook } = await load('rulebook/index.js');
    const document = this.documentOf(2, this.today);
    await database.transaction((tx) => app.get(Rulebook).publish(tx, document, 'test'));
    await close();
  }

  /** At any moment; every second kill comes with an emptied queue. */
  async #killWhileItRuns() {
    const chance = new Chance(this.seed, 'killer');
    const workers = this.parts.filter((part) => part.kind === 'worker');
    this.killed = { looking: 0, unfinished: 0, emptied: 0 };
    for (let kill = 0; kill < this.kills; kill += 1) {
      await sleep(chance.between(50, 900));
      const { open, state } = await this.#progress();
      if (state !== 'done') this.killed.looking += 1;
      if (open > 0) this.killed.unfinished += 1;
      if (kill % 2 === 1) {
        await emptyQueue(
          this.redis ? { redis: this.env.REDIS_URL } : { postgres: this.postgres.url },
        );
        this.killed.emptied += 1;
      }
      const victim = chance.pick(workers);
      await victim.kill();
      await victim.restart();
    }
  }

  async #progress() {
    return withClient(this.postgres.url, async (client) => (await client.query(PROGRESS)).rows[0]);
  }

  async #untilEnded() {
    for (const end = Date.now() + END_LIMIT_MS; ; await sleep(300)) {
      const progress = await this.#progress();
      if (progress.state === 'done' && progress.open === 0) return progress;
      if (Date.now() > end) throw new Error(`does not end: ${JSON.stringify(progress)}`);
    }
  }

  async #judge({ total, done, reconsidered, decisions }) {
    const { touched, learners, killed } = this;
    const groups = await withClient(this.postgres.url, async (client) => {
      return (await client.query(VERDICT)).rows;
    });
    const deaths = this.parts.reduce((sum, part) => sum + (part.ownDeaths ?? 0), 0);
    const checks = {
      'kills while work was open': [killed.unfinished > 0, true],
      'learners found': [total, touched],
      'learners looked at': [done, touched],
      'applications given back to the queue': [reconsidered, touched],
      'decisions in all, two of each touched application': [decisions, 2 * touched],
      'applications by how they were decided': [
        JSON.stringify(groups),
        JSON.stringify([
          { touched: false, state: 'booked', versions: null, n: learners - touched },
          { touched: true, state: 'in-review', versions: '1,2', n: touched },
        ]),
      ],
      'workers that ended by themselves': [deaths, 0],
    };
    console.log(
      `${this.kills} kills, ${killed.looking} while learners were looked at, ` +
        `${killed.unfinished} while work was open, queue emptied ${killed.emptied} times`,
    );
    const wrong = Object.entries(checks).filter(([, [seen, wanted]]) => seen !== wanted);
    for (const [name, [seen, wanted]] of Object.entries(checks)) {
      console.log(`${seen === wanted ? 'ok   ' : 'WRONG'} ${name}: ${seen}`);
      if (seen !== wanted) console.log(`      expected ${wanted}`);
    }
    return wrong.length === 0;
  }
}
