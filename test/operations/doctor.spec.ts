import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { WALLS } from '../../src/platform/database/index.js';
import { type TestApp, startTestApp } from '../support/app.js';
import { openTestDatabase, withClient } from '../support/database.js';

const CLI = resolve('bin/creditbank.mjs');

interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
}

let service: TestApp;
let url: string;

beforeAll(async () => {
  service = await startTestApp();
  await service.app.listen(0, '127.0.0.1');
  url = `http://127.0.0.1:${(service.app.getHttpServer().address() as { port: number }).port}`;
  const keys = join(service.config.dataDir, 'keys');
  mkdirSync(keys);
  for (const name of ['master', 'index', 'log']) {
    writeFileSync(join(keys, `${name}.key`), 'ab'.repeat(32), { mode: 0o600 });
  }
});
afterAll(() => service?.close());

function doctor(
  env: Record<string, string> = {},
): Promise<{ code: number; checks: Check[]; of: (name: string) => Check | undefined }> {
  const all = {
    ...process.env,
    REDIS_URL: '',
    DATABASE_URL: service.config.databaseUrl,
    DATA_DIR: service.config.dataDir,
    ...env,
  };
  return new Promise((done) => {
    const service = env['URL'] ?? url;
    const args = [CLI, 'doctor', '--json', ...(service ? ['--url', service] : [])];
    execFile(process.execPath, args, { env: all }, (error, stdout) => {
      const checks = stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Check);
      const code = typeof error?.code === 'number' ? error.code : 0;
      done({ code, checks, of: (name) => checks.find((one) => one.name.includes(name)) });
    });
  });
}

describe('creditbank doctor', () => {
  it('finds all in order but the durability of the server of the tests', async () => {
    const { code, checks } = await doctor();
    const wrong = checks.filter(({ ok }) => !ok).map(({ name }) => name);
    expect(wrong.every((name) => /fsync|full_page_writes|synchronous_commit/.test(name))).toBe(
      true,
    );
    expect(wrong).toHaveLength(3);
    expect(code).toBe(1);
    const names = checks.map(({ name }) => name).join(' ');
    for (const part of [
      'node',
      'disk',
      'MASTER_KEY',
      'migrations',
      'role',
      'public log',
      'tasks',
    ]) {
      expect(names).toContain(part);
    }
  });

  it('tells a setting as it holds for the connection of the service', async () => {
    const options = encodeURIComponent('-c synchronous_commit=on');
    const { of } = await doctor({
      DATABASE_URL: `${service.config.databaseUrl}?options=${options}`,
    });
    expect(of('synchronous_commit')).toMatchObject({ ok: true, detail: 'on' });
  });

  it('says what to do about a database that is away, and goes on with the rest', async () => {
    const { code, of } = await doctor({ DATABASE_URL: 'postgres://x@127.0.0.1:1/x' });
    expect(code).toBe(1);
    expect(of('PostgreSQL')).toMatchObject({ ok: false });
    expect(of('PostgreSQL')?.detail).toContain('DATABASE_URL');
    expect(of('/health/ready')).toMatchObject({ ok: true });
  });

  it('finds the service of the folder, and that of HOST and PORT, when no address is given', async () => {
    const { port } = new URL(url);
    const elsewhere = await doctor({ URL: '', HOST: '0.0.0.0', PORT: port });
    expect(elsewhere.of('/health/ready')).toMatchObject({ ok: true, name: `${url}/health/ready` });
    const lock = join(service.config.dataDir, 'launcher.lock');
    writeFileSync(lock, JSON.stringify({ host: '127.0.0.1', port: Number(port) }));
    expect((await doctor({ URL: '', PORT: '1' })).of('/health/ready')).toMatchObject({ ok: true });
    rmSync(lock);
  });

  it('says what to do about an empty database', async () => {
    const empty = await openTestDatabase({ empty: true });
    const { of } = await doctor({ DATABASE_URL: empty.url });
    expect(of('migrations')).toMatchObject({ ok: false });
    expect(of('migrations')?.detail).toContain('start the service');
    await empty.drop();
  });

  it('notices a role that may change entries', async () => {
    const { adminUrl } = await adminOf(service);
    await withClient(adminUrl, async (client) => {
      await client.query('GRANT UPDATE ON entry TO creditbank_app');
      const { of } = await doctor();
      expect(of('role creditbank_app')).toMatchObject({ ok: false });
      await client.query('REVOKE UPDATE ON entry FROM creditbank_app');
    });
    expect((await doctor()).of('role creditbank_app')).toMatchObject({ ok: true });
  });

  it('notices a wall that is down, and knows every table that has one', async () => {
    const { walledTables } = await import('../../bin/cli/doctor/walls.mjs');
    expect(walledTables(process.cwd())).toEqual(Object.keys(WALLS));
    expect((await doctor()).of('walls')).toMatchObject({ ok: true });
    const { adminUrl } = await adminOf(service);
    await withClient(adminUrl, async (client) => {
      await client.query('ALTER TABLE learner DISABLE ROW LEVEL SECURITY');
      expect((await doctor()).of('walls')).toMatchObject({
        ok: false,
        detail: 'no wall around learner; start the service once, it raises them',
      });
      await client.query('ALTER TABLE learner ENABLE ROW LEVEL SECURITY');
      await client.query('DROP POLICY tenant ON share');
      expect((await doctor()).of('walls')?.detail).toContain('no wall around share;');
    });
  });

  it('notices a log that nobody writes', async () => {
    const { adminUrl } = await adminOf(service);
    const lagging = await openTestDatabase();
    const url = new URL(adminUrl);
    url.pathname = new URL(lagging.url).pathname;
    await withClient(url.toString(), (client) =>
      client.query('INSERT INTO feed (posting_id) VALUES (gen_random_uuid())'),
    );
    const { of } = await doctor({ DATABASE_URL: lagging.url });
    expect(of('public log')).toMatchObject({ ok: false });
    expect(of('public log')?.detail).toContain('PROCESS_ROLE');
    await lagging.drop();
  });

  it('notices keys that are missing, open to others or no keys', async () => {
    const file = join(service.config.dataDir, 'keys', 'master.key');
    chmodSync(file, 0o644);
    expect((await doctor()).of('MASTER_KEY')?.detail).toContain('chmod 600');
    writeFileSync(file, 'nonsense', { mode: 0o600 });
    chmodSync(file, 0o600);
    expect((await doctor()).of('MASTER_KEY')?.detail).toContain('64 hex digits');
    rmSync(file);
    expect((await doctor()).of('MASTER_KEY')?.detail).toContain('missing');
    const given = await doctor({ MASTER_KEY: 'cd'.repeat(32) });
    expect(given.of('MASTER_KEY')).toMatchObject({ ok: true });
    writeFileSync(file, 'ab'.repeat(32), { mode: 0o600 });
  });

  it('notices Redis and a service that are away', async () => {
    const away = { REDIS_URL: 'redis://127.0.0.1:1', URL: 'http://127.0.0.1:1' };
    const { of } = await doctor(away);
    expect(of('Redis')).toMatchObject({ ok: false });
    expect(of('/health/live')).toMatchObject({ ok: false });
  });
});

/** The database of a service as a superuser. */
async function adminOf({ config }: TestApp): Promise<{ adminUrl: string }> {
  const { findServer } = await import('../support/database.js');
  const { adminUrl } = await findServer();
  const url = new URL(adminUrl);
  url.pathname = new URL(config.databaseUrl).pathname;
  return { adminUrl: url.toString() };
}
