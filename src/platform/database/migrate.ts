import { setTimeout as sleep } from 'node:timers/promises';
import { type DataSource, MigrationExecutor, type QueryRunner } from 'typeorm';
import { createDataSource } from './data-source.js';
import { distribute } from './distribution.js';
import { isOutage } from './failures.js';
import { grantRights } from './rights.js';
import { raiseWalls } from './walls.js';

/** Any number that no other user of the server is likely to lock. */
const MIGRATION_LOCK = 7_203_001;
/** A server that was killed needs a moment to recover; a start need not fail for that. */
const COMES_UP_MS = 10_000;
const RETRY_MS = 200;

export interface MigrationOptions {
  /** Spread the tables over the servers of a Citus cluster; see docs/operations.md. */
  readonly distributed?: 'citus' | null;
}

/**
 * Brings the database to the newest schema, with the partitions and rights it needs. Starters race
 * for an advisory lock: TypeORM itself takes none, and of four starters at once on an empty database
 * three failed.
 */
export async function migrate(
  databaseUrl: string,
  { distributed = null }: MigrationOptions = {},
): Promise<void> {
  const dataSource = await connect(databaseUrl);
  try {
    const lockHolder = dataSource.createQueryRunner();
    try {
      await lockHolder.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
      await dataSource.runMigrations({ transaction: 'each' });
      await completeSchema(lockHolder);
      if (distributed === 'citus') await distributeTables(lockHolder);
    } finally {
      await lockHolder.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]);
      await lockHolder.release();
    }
  } finally {
    await dataSource.destroy();
  }
}

async function distributeTables(runner: QueryRunner): Promise<void> {
  const turned = await distribute(runner);
  if (turned === undefined) {
    console.warn(
      'DISTRIBUTED=citus: the extension Citus is absent; all tables stay on one server.',
    );
  }
}

async function connect(databaseUrl: string): Promise<DataSource> {
  const deadline = Date.now() + COMES_UP_MS;
  for (;;) {
    try {
      return await createDataSource(databaseUrl).initialize();
    } catch (error) {
      if (!isOutage(error) || Date.now() > deadline) throw error;
    }
    await sleep(RETRY_MS);
  }
}

/** Names of all migrations of this program, oldest first. */
export function migrationNames(dataSource: DataSource): string[] {
  return dataSource.migrations.map((migration) => migration.name ?? migration.constructor.name);
}

/** Runs the next `count` migrations within the transaction of the caller. */
export async function migrateWithin(runner: QueryRunner, count: number): Promise<void> {
  const executor = new MigrationExecutor(runner.connection, runner);
  const pending = await executor.getPendingMigrations();
  for (const migration of pending.slice(0, count)) await executor.executeMigration(migration);
}

/** What a schema needs beside its migrations, each time it is used. */
export async function completeSchema(runner: QueryRunner): Promise<void> {
  // This year's and the next: a service that is never restarted still has one over New Year.
  await runner.query(
    `SELECT ensure_posting_partition(extract(year FROM now())::int),
            ensure_posting_partition(extract(year FROM now())::int + 1)`,
  );
  await grantRights(runner);
  await raiseWalls(runner);
}
