import type { ClientBase } from 'pg';
import { BackupError, type TableContent } from './manifest.js';

/** Of schema `public`; the queue's own tables are refilled from `task`, counters of limits are not history. */
const TABLES = `
  SELECT c.relname AS name,
         array_agg(a.attname::text ORDER BY a.attnum) AS columns
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
   WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
     AND c.relpersistence = 'p'
     AND NOT c.relispartition AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
   GROUP BY c.relname ORDER BY c.relname`;

const REFERENCES = `
  SELECT DISTINCT child.relname AS child, parent.relname AS parent
    FROM pg_constraint r
    JOIN pg_class child ON child.oid = r.conrelid
    JOIN pg_class parent ON parent.oid = r.confrelid
   WHERE r.contype = 'f' AND r.connamespace = 'public'::regnamespace
     AND NOT child.relispartition AND child.oid <> parent.oid`;

/** Kept by the migrations themselves, and told by name in the manifest. */
export const MIGRATION_TABLE = 'migration';

/** Every table with its columns, parents before the tables that refer to them. */
export async function listTables(client: ClientBase): Promise<Omit<TableContent, 'rows'>[]> {
  const { rows: tables } = await client.query<{ name: string; columns: string[] }>(TABLES);
  const { rows: references } = await client.query<{ child: string; parent: string }>(REFERENCES);
  const open = new Map(
    tables.filter(({ name }) => name !== MIGRATION_TABLE).map((table) => [table.name, table]),
  );
  const ordered: Omit<TableContent, 'rows'>[] = [];
  while (open.size > 0) {
    const free = [...open.values()].filter(
      ({ name }) => !references.some(({ child, parent }) => child === name && open.has(parent)),
    );
    if (free.length === 0) {
      throw new BackupError(`The tables ${[...open.keys()].join(', ')} refer to each other.`);
    }
    for (const table of free) {
      ordered.push(table);
      open.delete(table.name);
    }
  }
  return ordered;
}

export async function countRows(client: ClientBase, table: string): Promise<number> {
  const { rows } = await client.query<{ n: string }>(
    `SELECT count(*) AS n FROM ${client.escapeIdentifier(table)}`,
  );
  return Number(rows[0]?.n);
}

export async function listMigrations(client: ClientBase): Promise<string[]> {
  const { rows: found } = await client.query(
    `SELECT to_regclass('public.${MIGRATION_TABLE}') AS t`,
  );
  if (!found[0]?.t) throw new BackupError('This database was never used by the credit bank.');
  const { rows } = await client.query<{ name: string }>(
    `SELECT name FROM ${MIGRATION_TABLE} ORDER BY "timestamp"`,
  );
  return rows.map(({ name }) => name);
}

/** Partitions by range: those of time, which are made as the years come. */
export async function listPartitions(client: ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT child.relname AS name
       FROM pg_inherits i JOIN pg_class child ON child.oid = i.inhrelid
       JOIN pg_partitioned_table p ON p.partrelid = i.inhparent
      WHERE p.partstrat = 'r' AND child.relnamespace = 'public'::regnamespace
      ORDER BY child.relname`,
  );
  return rows.map(({ name }) => name);
}

export async function listSequences(
  client: ClientBase,
): Promise<{ name: string; lastValue: string }[]> {
  const { rows } = await client.query<{ name: string; lastValue: string }>(
    `SELECT sequencename AS name, last_value::text AS "lastValue" FROM pg_sequences
      WHERE schemaname = 'public' AND last_value IS NOT NULL AND sequencename NOT LIKE $1`,
    [`${MIGRATION_TABLE}_%`],
  );
  return rows;
}

/** A table and its columns as COPY wants them. */
export function columnsOf(client: ClientBase, { columns }: { columns: readonly string[] }): string {
  return columns.map((column) => client.escapeIdentifier(column)).join(', ');
}
