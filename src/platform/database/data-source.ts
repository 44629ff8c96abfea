import { DataSource } from 'typeorm';
import { migrations } from '../../../migrations/index.js';

/** Most connections one process takes; BullMQ's pool comes on top. */
const POOL_SIZE = 10;

/**
 * A data source for the given server. There are no entities: access is SQL in the stores.
 *
 * @param role taken on by every connection; without one they work as the account that logs in
 */
export function createDataSource(databaseUrl: string, role?: string): DataSource {
  return new DataSource({
    type: 'postgres',
    url: databaseUrl,
    migrations,
    migrationsTableName: 'migration',
    poolSize: POOL_SIZE,
    uuidExtension: 'pgcrypto',
    applicationName: 'creditbank',
    ...(role && { extra: { options: `-c role=${role}` } }),
  });
}
