import type { ClientBase } from 'pg';
import { DataSource } from 'typeorm';
import { migrations } from '../../../migrations/index.js';

/** Most connections one process takes; BullMQ's pool comes on top. */
const POOL_SIZE = 10;

/** What connections are for. */
export interface ConnectionUse {
  /** Taken on by every connection; without one they work as the account that logs in. */
  readonly role?: string;
  /** The longest statement, in milliseconds; 0 or nothing for no limit. */
  readonly statementMs?: number;
}

/** How long a transaction may lie idle, holding its locks, before the server ends it. */
const IDLE_IN_TRANSACTION_MS = 60_000;

/**
 * A data source for the given server. There are no entities: access is SQL in the stores.
 *
 * @param use what its connections are for
 */
export function createDataSource(databaseUrl: string, use: ConnectionUse = {}): DataSource {
  const options = optionsOf(use);
  return new DataSource({
    type: 'postgres',
    url: databaseUrl,
    migrations,
    migrationsTableName: 'migration',
    poolSize: POOL_SIZE,
    uuidExtension: 'pgcrypto',
    applicationName: 'creditbank',
    extra: { onConnect: hearErrors, ...(options !== '' && { options }) },
  });
}

function optionsOf({ role, statementMs }: ConnectionUse): string {
  return [
    ...(role === undefined ? [] : [`-c role=${role}`]),
    ...(statementMs
      ? [
          `-c statement_timeout=${statementMs}`,
          `-c idle_in_transaction_session_timeout=${IDLE_IN_TRANSACTION_MS}`,
        ]
      : []),
  ].join(' ');
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
