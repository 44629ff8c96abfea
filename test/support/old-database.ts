import type { Client } from 'pg';
import { DataSource } from 'typeorm';
import { migrations } from '../../migrations/index.js';
import { migrate } from '../../src/platform/database/index.js';
import { type TestDatabase, openTestDatabase, withClient } from './database.js';

/**
 * A database as an earlier release left it, brought to the newest schema.
 *
 * @param last class of the last migration that the release knew
 * @param fill writes rows as that release wrote them
 */
export async function openOldDatabase(
  last: string,
  fill: (client: Client) => Promise<void>,
): Promise<TestDatabase> {
  const database = await openTestDatabase({ empty: true });
  const known = migrations.findIndex(({ name }) => name === last) + 1;
  const old = await new DataSource({
    type: 'postgres',
    url: database.url,
    migrations: migrations.slice(0, known),
    migrationsTableName: 'migration',
  }).initialize();
  await old.runMigrations({ transaction: 'each' });
  await old.destroy();
  await withClient(database.url, fill);
  await migrate(database.url);
  return database;
}
