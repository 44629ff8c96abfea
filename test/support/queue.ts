import { Redis } from 'ioredis';
import { Client } from 'pg';
import type { Database } from '../../src/platform/database/index.js';
import { redisPrefix } from '../../src/platform/queue/backend.js';
import { until } from './until.js';

/** Waits until every task is done that is there: what a start asks for may otherwise run any time. */
export async function untilIdle(database: Database): Promise<void> {
  await until('every task is done', async () => {
    const open = await database.read((tx) =>
      tx.query<unknown[]>('SELECT 1 FROM task WHERE done_at IS NULL LIMIT 1'),
    );
    return open.length === 0;
  });
}

/** Throws away everything a bank's queue knows, be it kept by Redis (REDIS_URL) or by PostgreSQL. */
export async function emptyQueue(databaseUrl: string): Promise<void> {
  const redisUrl = process.env['REDIS_URL'];
  return redisUrl ? emptyRedis(redisUrl, databaseUrl) : truncateQueue(databaseUrl);
}

async function emptyRedis(url: string, databaseUrl: string): Promise<void> {
  const redis = new Redis(url);
  const keys = await redis.keys(`${await redisPrefix(databaseUrl)}:*`);
  if (keys.length > 0) await redis.unlink(keys);
  await redis.quit();
}

/** As the account that made the tables: the service itself may not touch them. */
async function truncateQueue(databaseUrl: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ names: string | null }>(
      `SELECT string_agg(format('%I.%I', schemaname, tablename), ', ') AS names FROM pg_tables
        WHERE schemaname = 'bullmq' AND tablename LIKE '%job%'`,
    );
    if (rows[0]?.names) await client.query(`TRUNCATE ${rows[0].names} CASCADE`);
  } finally {
    await client.end();
  }
}
