import { Redis } from 'ioredis';
import { Client } from 'pg';

/** Throws away everything the queue knows, be it kept by Redis (REDIS_URL) or by PostgreSQL. */
export async function emptyQueue(databaseUrl: string): Promise<void> {
  const redisUrl = process.env['REDIS_URL'];
  return redisUrl ? flushRedis(redisUrl) : truncateQueue(databaseUrl);
}

async function flushRedis(url: string): Promise<void> {
  const redis = new Redis(url);
  await redis.flushdb();
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
