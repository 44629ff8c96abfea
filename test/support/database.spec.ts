import { Client } from 'pg';
import { openTestDatabase, type TestDatabase } from './database.js';

const opened: TestDatabase[] = [];

async function open(options?: { empty: boolean }): Promise<TestDatabase> {
  const database = await openTestDatabase(options);
  opened.push(database);
  return database;
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

afterAll(() => Promise.all(opened.map((database) => database.drop())));

describe('a database for one spec file', () => {
  it('is its own, sorts by code point and is not used as a superuser', async () => {
    const [one, other] = [await open({ empty: true }), await open({ empty: true })];
    await query(one.url, 'create table mine (id int)');
    expect(await query(other.url, `select to_regclass('mine') as found`)).toEqual([
      { found: null },
    ]);
    const sorted = await query(
      one.url,
      `select x from (values ('b'), ('é'), ('A')) v(x) order by x`,
    );
    expect(sorted).toEqual([{ x: 'A' }, { x: 'b' }, { x: 'é' }]);
    const role = 'select rolsuper from pg_roles where rolname = current_user';
    expect(await query(one.url, role)).toEqual([{ rolsuper: false }]);
  });

  it('is dropped while connections are open', async () => {
    const database = await openTestDatabase({ empty: true });
    const client = new Client({ connectionString: database.url });
    client.on('error', () => undefined);
    await client.connect();
    await database.drop();
    await expect(query(database.url, 'select 1')).rejects.toThrow('does not exist');
    await client.end();
  });
});
