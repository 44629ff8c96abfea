import type { ClientBase } from 'pg';
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
    extra: { onConnect: hearErrors, ...(role && { options: `-c role=${role}` }) },
  });
}

/**
 * The pool and TypeORM listen for the end of a connection, but not between the moment it is handed
 * over and the next turn of promises. An end that arrives with the same packet as the answer before
 * it would be an error that nobody hears, which ends the process; whoever uses the connection gets
 * it from the next statement.
 */
function hearErrors(client: ClientBase): void {
  client.on('error', () => undefined);
}
