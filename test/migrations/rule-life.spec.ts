import type { Client } from 'pg';
import { newId } from '../../src/platform/ids/index.js';
import { type TestDatabase, withClient } from '../support/database.js';
import { openOldDatabase } from '../support/old-database.js';

const BEFORE = 'ImportLookup1764000000015';
const SCHOOL = newId();

/** Versions whose windows overlap: until then the newest of those in force governed. */
async function publish(client: Client): Promise<void> {
  await client.query(
    `INSERT INTO institution (id, code, kind, name_zh, name_en, region)
     VALUES ($1, 'school', 'school', '学校', 'School', 'x')`,
    [SCHOOL],
  );
  await client.query(
    `INSERT INTO regulation (id, programme, institution_id) VALUES ('r', 'P', $1), ('s', 'S', $1)`,
    [SCHOOL],
  );
  const versions: [string, number, string, string | null][] = [
    ['r', 1, '2026-01-01', null],
    ['r', 2, '2026-03-01', '2026-08-31'],
    ['r', 3, '2026-09-01', null],
    ['r', 4, '2026-09-01', null],
    ['s', 1, '2026-01-01', '2026-06-30'],
    ['s', 2, '2026-07-01', null],
  ];
  for (const [regulation, version, from, to] of versions) {
    await client.query(
      `INSERT INTO rule_version (regulation_id, version, hash, title_zh, title_en, in_force_from,
         in_force_to, document, source, published_by)
       VALUES ($1, $2::int, sha256(($1 || $2)::bytea), '', '', $3, $4, '{}', '', 'seed')`,
      [regulation, String(version), from, to],
    );
  }
}

describe('versions that were published before retirements were written down', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await openOldDatabase(BEFORE, publish);
  });

  afterAll(() => database.drop());

  it('end on the day before the version that took their place; windows apart stay as they are', async () => {
    const rows = await withClient(database.url, async (client) => {
      const { rows: found } = await client.query<Record<string, unknown>>(
        `SELECT regulation_id, version, ends_on::text, replaced_by, actor FROM rule_retirement
          ORDER BY regulation_id, version`,
      );
      return found;
    });
    expect(rows).toEqual([
      { regulation_id: 'r', version: 1, ends_on: '2026-02-28', replaced_by: 2, actor: 'seed' },
      { regulation_id: 'r', version: 3, ends_on: '2026-08-31', replaced_by: 4, actor: 'seed' },
    ]);
  });
});
