import { connect } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import supertest from 'supertest';
import { createApplication } from '../../src/bootstrap.js';
import { Institutions } from '../../src/institutions/index.js';
import { type Config, edgeSettings } from '../../src/platform/config/index.js';
import { Database } from '../../src/platform/database/index.js';
import { inContext } from '../../src/platform/logging/context.js';
import { createLog } from '../../src/platform/logging/index.js';
import { testConfig } from '../support/app.js';
import { type TestDatabase, openTestDatabase, withClient } from '../support/database.js';

interface Process {
  readonly app: NestFastifyApplication;
  readonly http: ReturnType<typeof supertest>;
}

const lines: string[] = [];
const dataDir = mkdtempSync(join(tmpdir(), 'creditbank-test-'));
const started: Process[] = [];
let database: TestDatabase;
let keys: Pick<Config, 'masterKey' | 'indexKey' | 'logKey'>;

/** One more process of the same service. */
async function start(over: Partial<Config> = {}): Promise<Process> {
  const log = createLog('warn', { write: (line) => void lines.push(line) });
  const config = testConfig(database.url, dataDir, { ...keys, role: 'app', ...over });
  const app = await createApplication(config, undefined, log);
  const process = { app, http: supertest(app.getHttpServer()) };
  started.push(process);
  return process;
}

const limited = (env: Record<string, string>): Partial<Config> => ({ edge: edgeSettings(env) });

beforeAll(async () => {
  database = await openTestDatabase();
  const { masterKey, indexKey, logKey } = testConfig('', '', {});
  keys = { masterKey, indexKey, logKey };
});
afterEach(async () => {
  for (const { app } of started.splice(0)) await app.close();
  await withClient(database.adminUrl, (client) => client.query('TRUNCATE rate_limit'));
  lines.length = 0;
});
afterAll(async () => {
  await database?.drop();
  rmSync(dataDir, { recursive: true, force: true });
});

async function issueKey({ app }: Process, code: string): Promise<string> {
  const institutions = app.get(Institutions);
  const issued = await app.get(Database).transaction(async (tx) => {
    const { id } = await institutions.create(tx, {
      code,
      kind: 'school',
      name: { zh: code, en: code },
      region: 'x',
    });
    return institutions.issueKey(tx, { institutionId: id, roles: ['registrar'], label: 'test' });
  });
  return `Bearer ${issued.key}`;
}

describe('guessing', () => {
  it('of a password stops after ten failures, whichever process they went to', async () => {
    const [one, other] = [await start(), await start()];
    const statuses: number[] = [];
    for (let i = 0; i < 14; i += 1) {
      const { http } = i % 2 ? one : other;
      const guess = { name: 'nobody', password: `guess ${i}` };
      statuses.push((await http.post('/v1/session').send(guess)).status);
    }
    expect(statuses.filter((status) => status === 401)).toHaveLength(10);
    expect(statuses.slice(10)).toEqual([429, 429, 429, 429]);
    const third = await start();
    const late = await third.http.post('/v1/session').send({ name: 'nobody', password: 'x' });
    expect([late.status, late.body.code]).toEqual([429, 'too-many-sign-ins']);
  });

  it('10,000 codes from 1,000 addresses at two processes: 1,000 are tried, and somebody is told', async () => {
    const trusting = limited({ TRUST_PROXY: 'loopback', REQUEST_LIMITS: 'false' });
    const processes = [await start(trusting), await start(trusting)];
    for (const { app } of processes) await app.listen(0, '127.0.0.1');
    const counts: Record<string, number> = {};
    const guess = async (i: number): Promise<void> => {
      const port = (processes[i % 2]!.app.getHttpServer().address() as { port: number }).port;
      const code = String(100_000_000_000 + i * 7);
      const answer = await fetch(`http://127.0.0.1:${port}/v1/verifications`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-forwarded-for': `203.0.${(i % 1000) >> 8}.${(i % 1000) & 255}`,
        },
        body: JSON.stringify({ code }),
      });
      const { code: problem } = (await answer.json()) as { code: string };
      counts[problem] = (counts[problem] ?? 0) + 1;
    };
    for (let i = 0; i < 10_000; i += 50) {
      await Promise.all(Array.from({ length: 50 }, (_, k) => guess(i + k)));
    }
    // Two processes look before they count: what was under way at the end may still pass.
    expect(counts['share-not-valid']).toBeGreaterThanOrEqual(1_000);
    expect(counts['share-not-valid']).toBeLessThanOrEqual(1_050);
    expect(counts['too-many-wrong-codes']).toBe(10_000 - counts['share-not-valid']!);
    expect(lines.filter((line) => line.includes('"alarm":"code-guessing"'))).toHaveLength(1);
  }, 400_000);

  it('leaves no address and no name in the database', async () => {
    const { http } = await start(limited({ TRUST_PROXY: 'loopback' }));
    const guess = { name: 'wang-xiaoming', password: 'guess' };
    await http.post('/v1/session').set('x-forwarded-for', '198.51.100.7').send(guess).expect(401);
    const { rows } = await withClient(database.adminUrl, (client) =>
      client.query(
        `SELECT key, points FROM rate_limit
          UNION ALL SELECT encode(key, 'escape'), attempts FROM attempt_count`,
      ),
    );
    expect(rows.length).toBeGreaterThanOrEqual(2);
    expect(JSON.stringify(rows)).not.toMatch(/wang|198\.51/);
  });
});

describe('requests of one caller', () => {
  it('without a credential: so many a minute of an address, with headers, then 429', async () => {
    const { http } = await start(limited({ REQUESTS_PER_ADDRESS: '5' }));
    for (let left = 4; left >= 0; left -= 1) {
      const { headers } = await http.get('/v1/institutions').expect(200);
      expect(headers['ratelimit']).toMatch(new RegExp(`^"address";r=${left};t=\\d+$`));
      expect(headers['ratelimit-policy']).toBe('"address";q=5;w=60');
    }
    const refused = await http.get('/v1/institutions').expect(429);
    expect(refused.body).toMatchObject({ code: 'too-many-requests', status: 429 });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(refused.headers['ratelimit']).toMatch(/r=0/);
    expect(refused.headers['request-id']).toBe(refused.body.requestId);
  });

  it('a forwarded address counts only where the proxy is trusted', async () => {
    const settings = { REQUESTS_PER_ADDRESS: '2' };
    const open = await start(limited(settings));
    const statuses = async ({ http }: Process): Promise<number[]> => {
      const found: number[] = [];
      for (let i = 0; i < 4; i += 1) {
        const request = http.get('/v1/institutions').set('x-forwarded-for', `203.0.113.${i}`);
        found.push((await request).status);
      }
      return found;
    };
    expect(await statuses(open)).toEqual([200, 200, 429, 429]);
    const behind = await start(limited({ ...settings, TRUST_PROXY: '127.0.0.0/8' }));
    expect(await statuses(behind)).toEqual([200, 200, 200, 200]);
  });

  it('with a key: by the key, over all processes, and no other key suffers', async () => {
    const settings = limited({ REQUESTS_PER_KEY: '40' });
    const [one, other] = [await start(settings), await start(settings)];
    const authorization = await issueKey(one, 'busy');
    const quiet = await issueKey(one, 'quiet');
    const ask = ({ http }: Process, key: string) =>
      http.get('/v1/session').set('authorization', key);
    for (let i = 0; i < 25; i += 1) {
      await ask(one, authorization).expect(200);
      await ask(other, authorization).expect(200);
    }
    // Processes tell each other once a second. Ten requests more would not be refused by one alone.
    const untilRefused = async (process: Process): Promise<supertest.Response> => {
      for (let more = 1; more < 10; more += 1) {
        await sleep(1_000);
        const answer = await ask(process, authorization);
        if (answer.status === 429) return answer;
      }
      return ask(process, authorization).expect(429);
    };
    const refused = await untilRefused(one);
    expect(refused.headers['ratelimit-policy']).toBe('"key";q=40;w=60');
    await untilRefused(other);
    await ask(one, quiet).expect(200);
  });

  it('with keys that nobody knows: 1,200 a minute, then 429 before anything is asked', async () => {
    // However long a busy machine takes, this is all one minute.
    const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.now());
    const { http } = await start();
    const statuses = new Map<number, number>();
    for (let i = 0; i < 1_220; i += 1) {
      const { status } = await http.get('/v1/session').set('authorization', `Bearer wrong-${i}`);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
    clock.mockRestore();
    expect(statuses.get(401)).toBeLessThanOrEqual(1_201);
    expect(statuses.get(429)).toBeGreaterThanOrEqual(19);
  });

  it('looks at learners: so many an hour', async () => {
    const process = await start(limited({ LOOK_UPS_PER_KEY: '3' }));
    const authorization = await issueKey(process, 'looker');
    const look = () =>
      process.http
        .get('/v1/learners/0198c5a2-7a10-7123-8f00-0123456789ab/balance')
        .set('authorization', authorization);
    for (let i = 0; i < 3; i += 1) await look().expect(404);
    const refused = await look().expect(429);
    expect(refused.headers['ratelimit-policy']).toBe('"look-up-key";q=3;w=3600');
    await process.http.get('/v1/session').set('authorization', authorization).expect(200);
  });
});

describe('slow callers', () => {
  const settings = limited({ HEAD_TIMEOUT_SECONDS: '2', BODY_TIMEOUT_SECONDS: '2' });

  async function listen(): Promise<number> {
    const { app } = await start(settings);
    await app.listen(0, '127.0.0.1');
    return (app.getHttpServer().address() as { port: number }).port;
  }

  /** Writes the pieces half a second apart and answers what came back until the end. */
  async function drip(port: number, pieces: readonly string[]): Promise<string> {
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    socket.on('data', (data) => (answer += data.toString()));
    socket.on('error', () => undefined);
    const end = new Promise((resolve) => socket.once('close', resolve));
    for (const piece of pieces) {
      if (socket.destroyed) break;
      socket.write(piece);
      await sleep(500);
    }
    await Promise.race([end, sleep(4_000)]);
    expect(socket.destroyed).toBe(true);
    return answer;
  }

  it('heads by drops are cut off while others are answered', async () => {
    const port = await listen();
    const head = ['GET /health/live HTTP/1.1\r\n', ...Array<string>(12).fill('x-slow: 1\r\n')];
    const slow = Array.from({ length: 100 }, () => drip(port, head));
    await sleep(1_000);
    const answer = await fetch(`http://127.0.0.1:${port}/health/live`);
    expect(answer.status).toBe(200);
    for (const text of await Promise.all(slow)) expect(text).toMatch(/^(HTTP\/1\.1 408|$)/);
  });

  it('a body by drops is answered 408 and cut off', async () => {
    const port = await listen();
    const head =
      'POST /v1/session HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n';
    const answer = await drip(port, [head, ...Array<string>(12).fill('{')]);
    expect(answer).toMatch(/^HTTP\/1\.1 408/);
    expect(answer).toContain('request-too-slow');
  });
});

describe('statements', () => {
  it('of a request end with their time, those of work may take longer', async () => {
    const { app } = await start(limited({ REQUEST_STATEMENT_SECONDS: '1' }));
    const read = () => app.get(Database).read((tx) => tx.query('SELECT pg_sleep(1.6)'));
    await expect(inContext({ requestId: 'request-1' }, read)).rejects.toMatchObject({
      problem: { code: 'try-again-later' },
    });
    await expect(inContext({ requestId: 'request-1', taskId: 't' }, read)).resolves.toBeDefined();
    await expect(read()).resolves.toBeDefined();
  });
});
