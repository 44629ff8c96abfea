import { randomBytes, randomUUID } from 'node:crypto';
import { Test, type TestingModule } from '@nestjs/testing';
import { Redis } from 'ioredis';
import { ClockModule } from '../../src/platform/clock/index.js';
import { type Config, ConfigModule } from '../../src/platform/config/index.js';
import { Keyring } from '../../src/platform/crypto/index.js';
import { Database, DatabaseModule } from '../../src/platform/database/index.js';
import { type Limiter, SharedLimits } from '../../src/platform/limits/limits.js';
import { TelemetryModule } from '../../src/platform/telemetry/index.js';
import { testConfig } from '../support/app.js';
import { type TestDatabase, openTestDatabase, withClient } from '../support/database.js';
import { until } from '../support/until.js';

const REDIS_URL = process.env['REDIS_URL'] ?? null;

/** The promises of counters; the same file runs on PostgreSQL and, with REDIS_URL, on Redis. */
describe(`counters in ${REDIS_URL ? 'Redis' : 'PostgreSQL'}`, () => {
  let testDatabase: TestDatabase;
  let module: TestingModule;
  let config: Config;
  const opened: SharedLimits[] = [];
  /** Another process, by which one sees what is shared. */
  let judge: Limiter | undefined;
  const name = `spec-${randomUUID()}`;
  const allowance = { name, most: 5, windowS: 60 };

  beforeAll(async () => {
    testDatabase = await openTestDatabase();
    config = testConfig(testDatabase.url, `/tmp/unused-${randomBytes(4).toString('hex')}`, {});
    module = await Test.createTestingModule({
      imports: [ConfigModule.forRoot(config), ClockModule, TelemetryModule, DatabaseModule],
    }).compile();
    await module.init();
  });
  afterAll(async () => {
    for (const limits of opened) await limits.onApplicationShutdown();
    await module.close();
    await testDatabase.drop();
  });

  /** As a process of the service has it. */
  function aProcess(over: Partial<Config> = {}): SharedLimits {
    const limits = new SharedLimits(
      { ...config, ...over },
      module.get(Database),
      new Keyring(config),
    );
    opened.push(limits);
    return limits;
  }

  /** A connection begins with the first question, and counts in memory until it stands. */
  async function connected(limits: SharedLimits): Promise<Limiter> {
    const limiter = limits.open(allowance);
    judge ??= aProcess().open(allowance);
    const mark = `mark-${randomUUID()}`;
    await until('the store answers', async () => {
      await limiter.count(mark);
      return (await judge!.look(mark)).used > 0;
    });
    return limiter;
  }

  it('are one for all processes, and one for each caller', async () => {
    const [one, other] = [await connected(aProcess()), await connected(aProcess())];
    await Promise.all([one.count('caller'), other.count('caller', 2), one.count('caller')]);
    expect((await other.count('caller')).used).toBe(5);
    const standing = await one.look('caller');
    expect(standing.used).toBe(5);
    expect(standing.resetMs).toBeGreaterThan(0);
    expect(standing.resetMs).toBeLessThanOrEqual(60_000);
    expect((await other.look('somebody else')).used).toBe(0);
  });

  it('go on beyond the most, and can be given back', async () => {
    const limiter = await connected(aProcess());
    expect((await limiter.count('much', 9)).used).toBe(9);
    await limiter.giveBack('much', 4);
    expect((await limiter.look('much')).used).toBe(5);
  });

  it('end with their window', async () => {
    const limits = aProcess();
    await connected(limits);
    const short = limits.open({ ...allowance, name: `${name}-short`, windowS: 1 });
    expect((await short.count('caller', 3)).used).toBe(3);
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    expect((await short.count('caller')).used).toBe(1);
  });

  it('say nothing of whom they count', async () => {
    const limiter = await connected(aProcess());
    await limiter.count('sign-in-name-of-somebody');
    const stored = REDIS_URL ? await keysOf(REDIS_URL) : await rowsOf(testDatabase.url);
    expect(stored.length).toBeGreaterThan(0);
    expect(stored.join('\n')).not.toContain('sign-in-name');
  });

  it('count on in memory while nothing answers: nobody is locked out, nobody guesses on', async () => {
    const limiter = aProcess({ redisUrl: 'redis://127.0.0.1:1' }).open(allowance);
    expect((await limiter.count('caller')).used).toBe(1);
    expect((await limiter.count('caller')).used).toBe(2);
  });
});

async function keysOf(url: string): Promise<string[]> {
  const redis = new Redis(url);
  const keys = await redis.keys('*');
  await redis.quit();
  return keys;
}

async function rowsOf(url: string): Promise<string[]> {
  return withClient(url, async (client) => {
    const { rows } = await client.query<{ text: string }>(
      'SELECT r::text AS text FROM rate_limit r',
    );
    return rows.map(({ text }) => text);
  });
}
