import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import supertest from 'supertest';
import { createApplication } from '../../src/bootstrap.js';
import { Database } from '../../src/platform/database/index.js';
import { inContext } from '../../src/platform/logging/context.js';
import { createLog } from '../../src/platform/logging/index.js';
import { TaskHandlers, Tasks } from '../../src/platform/queue/index.js';
import { testConfig } from '../support/app.js';
import { type TestDatabase, openTestDatabase } from '../support/database.js';
import { until } from '../support/until.js';

const GIVEN = 'school-7.2026-11-26';

const lines: string[] = [];
let database: TestDatabase;
let app: NestFastifyApplication;
let http: ReturnType<typeof supertest>;
const dataDir = mkdtempSync(join(tmpdir(), 'creditbank-test-'));

beforeAll(async () => {
  database = await openTestDatabase();
  const log = createLog('info', { write: (line) => void lines.push(line) });
  app = await createApplication(testConfig(database.url, dataDir, {}), undefined, log);
  http = supertest(app.getHttpServer());
});
afterAll(async () => {
  await app?.close();
  await database?.drop();
  rmSync(dataDir, { recursive: true, force: true });
});

const written = (text: string): Record<string, unknown>[] =>
  lines.filter((line) => line.includes(text)).map((line) => JSON.parse(line));

describe('the request id', () => {
  it('of the caller is answered, stands in the problem and in the log', async () => {
    const answer = await http.get('/v1/session').set('request-id', GIVEN).expect(401);
    expect(answer.headers['request-id']).toBe(GIVEN);
    expect(answer.body.requestId).toBe(GIVEN);
    const [line] = written(GIVEN);
    expect(line).toMatchObject({ method: 'GET', route: '/v1/session', status: 401, actor: null });
  });

  it.each(['short', 'with "quotes" and spaces', 'x'.repeat(200)])(
    'is ours when the caller sends %j',
    async (given) => {
      const answer = await http.get('/v1/session').set('request-id', given).expect(401);
      expect(answer.headers['request-id']).toMatch(/^[0-9a-f-]{36}$/);
    },
  );

  it('goes along with a task, however late it runs, and into what the task logs', async () => {
    const seen: unknown[] = [];
    app.get(TaskHandlers).register('test.echo', async (payload) => {
      seen.push(payload);
      throw new Error('stops on purpose');
    });
    await inContext({ requestId: GIVEN }, () =>
      app.get(Database).transaction((tx) => app.get(Tasks).add(tx, 'test.echo', { about: 1 })),
    );
    // Five attempts, the pauses between them growing; then the log says that it was given up.
    const line = await until('the task is given up', () =>
      written('test.echo').find(({ level }) => level === 'error'),
    );
    expect(seen[0]).toEqual({ about: 1, requestId: GIVEN });
    expect(line).toMatchObject({ context: 'queue', requestId: GIVEN });
  });

  it('never leads to a code or a body: only the pattern of the route is written', async () => {
    await http.get('/verify/1234-5678-9012?x=secretquery').expect(404);
    await http.post('/v1/session').send({ name: '王小明', password: 'hunter2hunter2' }).expect(401);
    const text = lines.join('');
    expect(text).toContain('/verify/:code');
    for (const secret of ['1234-5678', 'secretquery', '王小明', 'hunter2']) {
      expect(text).not.toContain(secret);
    }
  });
});
