import { DataSource } from 'typeorm';
import { migrations } from '../../../migrations/index.js';

/** Most connections one process takes; BullMQ's pool comes on top. */
const POOL_SIZE = 10;

/** A data source for the given server. Entities are few: most access is SQL in the stores. */
export function createDataSource(databaseUrl: string): DataSource {
  return new DataSource({
    type: 'postgres',
    url: databaseUrl,
    migrations,
    migrationsTableName: 'migration',
    poolSize: POOL_SIZE,
    uuidExtension: 'pgcrypto',
    applicationName: 'creditbank',
  });
}
