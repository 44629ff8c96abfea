import { readFileSync } from 'node:fs';
import pg from 'pg';

/** What a table takes, its partitions together, in bytes. */
export interface TableSize {
  readonly table: string;
  readonly heap: number;
  readonly index: number;
}

export interface Sizes {
  readonly database: number;
  readonly tables: readonly TableSize[];
  /** Kept for recovery, and not part of the database; null when the account may not see it. */
  readonly wal: number | null;
}

const LARGEST = 12;
const TABLES = `
  SELECT regexp_replace(c.relname, '_p[0-9]+$', '') AS "table",
         sum(pg_table_size(c.oid))::float8 AS heap, sum(pg_indexes_size(c.oid))::float8 AS index
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema')
   GROUP BY 1 ORDER BY sum(pg_total_relation_size(c.oid)) DESC LIMIT ${LARGEST}`;

export async function sizesOf(databaseUrl: string, adminUrl: string | null): Promise<Sizes> {
  return withClient(databaseUrl, async (client) => {
    const { rows } = await client.query<{ bytes: number }>(
      'SELECT pg_database_size(current_database())::float8 AS bytes',
    );
    const { rows: tables } = await client.query<TableSize>(TABLES);
    return {
      database: rows[0]?.bytes ?? 0,
      tables,
      wal: adminUrl === null ? null : await walOf(adminUrl),
    };
  });
}

/** Outcomes, and entries by the position of their kind in the ledger. */
export async function countBooks(
  databaseUrl: string,
): Promise<{ outcomes: number; kinds: ReadonlyMap<number, number> }> {
  return withClient(databaseUrl, async (client) => {
    const { rows } = await client.query<{ kind: number; n: number }>(
      'SELECT kind, count(*)::float8 AS n FROM entry GROUP BY kind',
    );
    const { rows: outcomes } = await client.query<{ n: number }>(
      'SELECT count(*)::float8 AS n FROM learning_outcome',
    );
    return {
      outcomes: outcomes[0]?.n ?? 0,
      kinds: new Map(rows.map(({ kind, n }) => [kind, n])),
    };
  });
}

/** The most memory that a process had resident, in MiB; null where the kernel does not say. */
export function peakMemoryOf(pid: number): number | null {
  try {
    const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return peak ? Math.round(Number(peak[1]) / 1024) : null;
  } catch {
    return null;
  }
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

async function walOf(adminUrl: string): Promise<number> {
  return withClient(adminUrl, async (client) => {
    const { rows } = await client.query<{ bytes: number }>(
      'SELECT sum(size)::float8 AS bytes FROM pg_ls_waldir()',
    );
    return rows[0]?.bytes ?? 0;
  });
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
