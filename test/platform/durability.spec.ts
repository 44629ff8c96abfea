import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { createApplication } from '../../src/bootstrap.js';
import { ConfigError, loadConfig } from '../../src/platform/config/index.js';
import { migrate } from '../../src/platform/database/index.js';
import { testConfig } from '../support/app.js';
import { findServer } from '../support/database.js';
import { until } from '../support/until.js';

let url: string;
let admin: Client;
const name = `durability_${randomBytes(4).toString('hex')}`;
const dataDir = mkdtempSync(join(tmpdir(), 'creditbank-test-'));

beforeAll(async () => {
  const server = await findServer('/durable');
  admin = new Client({ connectionString: server.adminUrl });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${name} OWNER creditbank`);
  url = server.url.replace(/\/[^/]*$/, `/${name}`);
  await migrate(url);
});

afterAll(async () => {
  await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
  await admin.end();
  rmSync(dataDir, { recursive: true, force: true });
});

/** A database knows its keys, so that every start needs the same. */
const { masterKey, indexKey, logKey } = testConfig('', dataDir, {});

/** What the start answers: undefined when the service came up. */
async function start(over: { allowDataLoss: boolean }): Promise<unknown> {
  try {
    const app = await createApplication(
      testConfig(url, dataDir, { masterKey, indexKey, logKey, ...over }),
    );
    await app.close();
    return undefined;
  } catch (error) {
    return error;
  }
}

/** A reload is asynchronous: the postmaster reads its file a moment later. */
async function serverSays(setting: string, value: string): Promise<void> {
  await admin.query('SELECT pg_reload_conf()');
  await until(`${setting} is ${value}`, async () => {
    const { rows } = await admin.query(`SHOW ${setting}`);
    return rows[0][setting] === value;
  });
}

describe('durability at start', () => {
  it('starts without a word on a server that keeps what it acknowledged', async () => {
    const said = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    expect(await start({ allowDataLoss: false })).toBeUndefined();
    expect(said).not.toHaveBeenCalled();
    said.mockRestore();
  });

  it.each(['fsync', 'full_page_writes', 'synchronous_commit'])(
    'refuses a server with %s off, and says how to turn it on',
    async (setting) => {
      await admin.query(`ALTER SYSTEM SET ${setting} = off`);
      await serverSays(setting, 'off');
      try {
        const error = await start({ allowDataLoss: false });
        expect(error).toBeInstanceOf(ConfigError);
        const { message } = error as Error;
        expect(message).toContain(`in a crash: ${setting} off.`);
        expect(message).toContain(`ALTER SYSTEM SET ${setting} = on; SELECT pg_reload_conf();`);
        expect(message).toContain('ALLOW_DATA_LOSS=true');
      } finally {
        await admin.query(`ALTER SYSTEM RESET ${setting}`);
        await serverSays(setting, 'on');
      }
    },
  );

  it('sees what is switched off for its own role only, and names the place', async () => {
    await admin.query('ALTER ROLE creditbank SET synchronous_commit = off');
    try {
      const error = await start({ allowDataLoss: false });
      expect((error as Error).message).toContain(
        'ALTER ROLE CURRENT_USER RESET synchronous_commit',
      );
    } finally {
      await admin.query('ALTER ROLE creditbank RESET synchronous_commit');
    }
  });

  it.each(['local', 'remote_write'])('accepts synchronous_commit = %s', async (value) => {
    await admin.query(`ALTER DATABASE ${name} SET synchronous_commit = ${value}`);
    expect(await start({ allowDataLoss: false })).toBeUndefined();
  });

  it('starts with ALLOW_DATA_LOSS=true, and warns each time', async () => {
    await admin.query(`ALTER DATABASE ${name} SET synchronous_commit = off`);
    expect(await start({ allowDataLoss: false })).toBeInstanceOf(ConfigError);
    const said = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    for (const times of [1, 2]) {
      expect(await start({ allowDataLoss: true })).toBeUndefined();
      expect(said).toHaveBeenCalledTimes(times);
    }
    expect(said.mock.calls[0]?.[0]).toMatch(/^WARNING: synchronous_commit off .*LOSES/);
    said.mockRestore();
  });

  it('takes nothing but true and false for ALLOW_DATA_LOSS', () => {
    const load = (value: string): boolean =>
      loadConfig({ DATA_DIR: dataDir, DATABASE_URL: url, ALLOW_DATA_LOSS: value }).allowDataLoss;
    expect(load('')).toBe(false);
    expect(load('true')).toBe(true);
    expect(() => load('yes')).toThrow('ALLOW_DATA_LOSS is "yes"; use true or false.');
  });
});
