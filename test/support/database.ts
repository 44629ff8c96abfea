import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';

const INSUFFICIENT_PRIVILEGE = '42501';

export interface TestServer {
  readonly url: string;
  /** The same server as its superuser. */
  readonly adminUrl: string;
}

export interface TestDatabase {
  /** Connection URL of a database that nobody else uses. */
  readonly url: string;
  /** The same database as a superuser, whom no right and no trigger binds. */
  readonly adminUrl: string;
  /** Removes it, even while connections are open. Call it in `afterAll`. */
  drop(): Promise<void>;
}

/**
 * A migrated database for one spec file, cloned from a template (about 50 ms) that the first
 * spec of the run makes. `{ empty: true }` gives one without any tables, to test migrations.
 */
export async function openTestDatabase({ empty = false } = {}): Promise<TestDatabase> {
  const { url: serverUrl, adminUrl } = await findServer();
  const name = `test_${runId()}_${randomBytes(6).toString('hex')}`;
  await withClient(serverUrl, async (client) => {
    const template = empty ? 'template0' : await ensureTemplate(client, serverUrl);
    await client.query(`create database ${name} template ${template}`);
  });
  return {
    url: withDatabase(serverUrl, name),
    adminUrl: withDatabase(adminUrl, name),
    drop: () => dropDatabase(serverUrl, name),
  };
}

/** An autovacuum worker belongs to the superuser and cannot be sent away; it leaves by itself. */
async function dropDatabase(serverUrl: string, name: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await withClient(serverUrl, (client) =>
        client.query(`drop database if exists ${name} with (force)`),
      );
      return;
    } catch (error) {
      if ((error as { code?: string }).code !== INSUFFICIENT_PRIVILEGE || attempt === 20)
        throw error;
      await sleep(250);
    }
  }
}

function runId(): string {
  const id = process.env['TEST_RUN_ID'];
  if (!id) throw new Error('TEST_RUN_ID is not set: run the specs with Jest (global-setup.mjs).');
  return id;
}

/** Only the main process may own the server: a spec asks it for the address, which starts it. */
export async function findServer(path: '/' | '/durable' = '/'): Promise<TestServer> {
  const response = await fetch(`${process.env['TEST_DATABASE_DOORBELL']}${path}`);
  const answer = await response.text();
  if (!response.ok) throw new Error(`PostgreSQL for the tests did not start: ${answer}`);
  return JSON.parse(answer) as TestServer;
}

/** Specs run in several processes: one makes the template, the others wait for its lock. */
async function ensureTemplate(client: Client, serverUrl: string): Promise<string> {
  const template = `test_${runId()}_template`;
  const unfinished = `${template}_unfinished`;
  await client.query(`select pg_advisory_lock(hashtext($1))`, [template]);
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [template]);
    if (found.rowCount === 0) {
      await client.query(`drop database if exists ${unfinished} with (force)`);
      await client.query(`create database ${unfinished} template template0`);
      const { migrate } = await import('../../src/platform/database/index.js');
      await migrate(withDatabase(serverUrl, unfinished));
      // Only a migrated database ever gets the name that the others look for.
      await client.query(`alter database ${unfinished} rename to ${template}`);
    }
  } finally {
    await client.query(`select pg_advisory_unlock(hashtext($1))`, [template]);
  }
  return template;
}

function withDatabase(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.toString();
}

/** Work of the database's owner, whom the limits of the application's role do not bind. */
export async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
