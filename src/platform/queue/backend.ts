import {
  type JobsOptions,
  Queue,
  type QueueOptions,
  Worker,
  type WorkerOptions,
  createPostgresBackend,
  runMigrations,
  withBackend,
} from 'bullmq';
import { Redis } from 'ioredis';
import { Client, Pool } from 'pg';

const SCHEMA = 'bullmq';

/** What travels through the queue: the task's id is the job's id. */
export interface TaskJob {
  readonly id?: string | undefined;
  readonly name: string;
  readonly data: unknown;
  readonly attemptsMade: number;
}

export interface TaskQueue {
  add(name: string, data: unknown, options: JobsOptions): Promise<unknown>;
  getJob(id: string): Promise<unknown>;
  close(): Promise<void>;
}

export interface TaskWorker {
  on(event: 'failed', listener: (job: TaskJob | undefined, error: Error) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  run(): Promise<void>;
  close(force?: boolean): Promise<void>;
}

/** Where BullMQ keeps its jobs: PostgreSQL by default, Redis when a `REDIS_URL` is given. */
export interface QueueBackend {
  readonly name: 'postgres' | 'redis';
  queue(name: string): TaskQueue;
  worker(
    name: string,
    process: (job: TaskJob) => Promise<void>,
    options: Omit<WorkerOptions, 'connection'>,
  ): TaskWorker;
  close(): Promise<void>;
}

export async function connectBackend(
  databaseUrl: string,
  redisUrl: string | null,
): Promise<QueueBackend> {
  if (!redisUrl) return postgresBackend(databaseUrl);
  return redisBackend(redisUrl, await redisPrefix(databaseUrl));
}

/**
 * The beginning of every key of a bank's queue in Redis, made of what its database cannot share with
 * another: two banks on one Redis, a trial beside the true one, would run each other's tasks.
 */
export async function redisPrefix(databaseUrl: string): Promise<string> {
  const client = new Client({
    connectionString: databaseUrl,
    application_name: 'creditbank-queue',
  });
  await client.connect();
  try {
    const { rows } = await client.query<{ bank: string }>(
      `SELECT system_identifier || '-' || oid AS bank
         FROM pg_control_system(), pg_database WHERE datname = current_database()`,
    );
    return `creditbank:${rows[0]?.bank}`;
  } finally {
    await client.end();
  }
}

function redisBackend(url: string, prefix: string): QueueBackend {
  // BullMQ's blocking connections require retries without a limit.
  const connection = new Redis(url, { maxRetriesPerRequest: null });
  connection.on('error', () => undefined);
  const common: QueueOptions = { connection, prefix };
  return {
    name: 'redis',
    queue: (name) => new Queue(name, common),
    worker: (name, process, options) =>
      new Worker(name, process, { ...options, ...common, autorun: false }),
    close: async () => {
      await connection.quit();
    },
  };
}

async function postgresBackend(url: string): Promise<QueueBackend> {
  const pool = new Pool({
    connectionString: url,
    max: 8,
    options: `-c search_path=${SCHEMA}`,
    application_name: 'creditbank-queue',
  });
  pool.on('error', () => undefined);
  const client = await pool.connect();
  try {
    await runMigrations(client, SCHEMA);
  } finally {
    client.release();
  }
  const classes = withBackend(createPostgresBackend);
  return {
    name: 'postgres',
    queue: (name) => new classes.Queue(name, { connection: pool }) as TaskQueue,
    worker: (name, process, options) =>
      new classes.Worker(name, process, {
        ...options,
        connection: pool,
        autorun: false,
      }),
    close: () => pool.end(),
  };
}
