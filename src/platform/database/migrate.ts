import type { DataSource } from 'typeorm';
import { createDataSource } from './data-source.js';
import { grantRights } from './rights.js';

/** Any number that no other user of the server is likely to lock. */
const MIGRATION_LOCK = 7_203_001;

/**
 * Brings the database to the newest schema, with the partitions and rights it needs. Starters race
 * for an advisory lock: TypeORM itself takes none, and of four starters at once on an empty database
 * three failed.
 */
export async function migrate(databaseUrl: string): Promise<void> {
  const dataSource = await createDataSource(databaseUrl).initialize();
  try {
    const lockHolder = dataSource.createQueryRunner();
    try {
      await lockHolder.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
      await dataSource.runMigrations({ transaction: 'each' });
      await ensurePartitions(dataSource);
      await grantRights(dataSource);
    } finally {
      await lockHolder.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]);
      await lockHolder.release();
    }
  } finally {
    await dataSource.destroy();
  }
}

/** This year's and the next: a service that is never restarted still has one over New Year. */
async function ensurePartitions(dataSource: DataSource): Promise<void> {
  await dataSource.query(
    `SELECT ensure_posting_partition(extract(year FROM now())::int),
            ensure_posting_partition(extract(year FROM now())::int + 1)`,
  );
}
