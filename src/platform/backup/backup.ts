import { existsSync } from 'node:fs';
import type { ClientBase } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { ArchiveWriter } from './archive.js';
import { BackupError, FORMAT, type Manifest, type TableContent } from './manifest.js';
import {
  columnsOf,
  countRows,
  listMigrations,
  listPartitions,
  listSequences,
  listTables,
} from './tables.js';

export interface BackupOptions {
  readonly file: string;
  /** What to keep in the manifest beside the rows, read in the same snapshot. */
  readonly notes: (client: ClientBase) => Promise<Manifest['notes']>;
  readonly onProgress?: (rowsDone: number, rowsTotal: number, table: string) => void;
}

export interface BackupResult {
  readonly manifest: Manifest;
  readonly bytes: number;
  readonly sha256: string;
}

/**
 * Writes every table of the database as it stands at one moment into one file. The service may go
 * on meanwhile: everything is read in one snapshot. Memory does not grow with the database.
 */
export async function backup(client: ClientBase, options: BackupOptions): Promise<BackupResult> {
  const { file } = options;
  if (existsSync(file)) throw new BackupError(`${file} exists already; choose another name.`);
  const writer = new ArchiveWriter(file);
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    // Rows in the order in which they lie: a restored table is then as well sorted as this one.
    await client.query('SET LOCAL synchronize_seqscans = off');
    await client.query('SET LOCAL max_parallel_workers_per_gather = 0');
    // One spelling of every value, whatever the server is set to.
    await client.query(`SET LOCAL timezone = 'UTC'`);
    await client.query(`SET LOCAL datestyle = 'ISO, YMD'`);
    await client.query(`SET LOCAL bytea_output = 'hex'`);
    const manifest = await describe(client, options);
    await writer.writeManifest(manifest);
    await writeTables(client, { manifest, writer, onProgress: options.onProgress });
    await client.query('COMMIT');
    return { manifest, ...(await writer.finish()) };
  } catch (error) {
    await writer.abandon();
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

async function describe(client: ClientBase, { notes }: BackupOptions): Promise<Manifest> {
  const tables: TableContent[] = [];
  for (const table of await listTables(client)) {
    tables.push({ ...table, rows: await countRows(client, table.name) });
  }
  const { rows } = await client.query<{ at: Date; version: string }>(
    `SELECT now() AS at, current_setting('server_version') AS version`,
  );
  return {
    format: FORMAT,
    takenAt: rows[0]?.at.toISOString() ?? '',
    serverVersion: rows[0]?.version ?? '',
    migrations: await listMigrations(client),
    tables,
    partitions: await listPartitions(client),
    sequences: await listSequences(client),
    notes: await notes(client),
  };
}

async function writeTables(
  client: ClientBase,
  {
    manifest: { tables },
    writer,
    onProgress,
  }: { manifest: Manifest; writer: ArchiveWriter; onProgress: BackupOptions['onProgress'] },
): Promise<void> {
  const total = tables.reduce((sum, { rows }) => sum + rows, 0);
  let done = 0;
  for (const table of tables) {
    onProgress?.(done, total, table.name);
    // A partitioned table itself holds nothing that COPY could take; a query sees its partitions.
    const name = client.escapeIdentifier(table.name);
    const rows = client.query(
      copyTo(`COPY (SELECT ${columnsOf(client, table)} FROM ${name}) TO STDOUT (ENCODING 'UTF8')`),
    );
    const counted = countingLines(rows, (lines) => {
      done += lines;
      onProgress?.(done, total, table.name);
    });
    await writer.writeTable(table.name, counted);
    if (rows.rowCount !== table.rows) {
      throw new Error(`${table.name} had ${table.rows} rows and gave ${rows.rowCount}`);
    }
  }
}

/** A line of COPY text is a row: line breaks inside values are escaped. */
async function* countingLines(
  chunks: AsyncIterable<Buffer>,
  onLines: (lines: number) => void,
): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    yield chunk;
    let lines = 0;
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) lines += 1;
    onLines(lines);
  }
}
