import { Client, type ClientBase } from 'pg';
import { type BackupResult, backup, restore } from '../platform/backup/index.js';
import { type AuditOptions, type AuditReport, audit } from './audit.js';
import { BooksError, type BooksReport, verifyBooks } from './books.js';
import { DatabaseSource } from './database-source.js';
import { DumpSource } from './dump-source.js';
import { HttpSource } from './http-source.js';
import type { AuditSource } from './source.js';

type Progress = (done: number, total: number, what: string) => void;

/** Writes the whole database into one file, with the checkpoint of its log in the manifest. */
export function backupDatabase(
  url: string,
  { file, onProgress }: { file: string; onProgress?: Progress },
): Promise<BackupResult> {
  return withClient(url, (client) =>
    backup(client, { file, notes: noteCheckpoint, ...(onProgress && { onProgress }) }),
  );
}

export interface RestoredDatabase {
  readonly takenAt: string;
  readonly rows: number;
  readonly books: BooksReport;
  /** People of the archive who were erased after it was written. */
  readonly erasedAgain: number;
}

/** Fills an empty database from a file; books that do not verify are not kept. */
export async function restoreDatabase(
  url: string,
  {
    file,
    erasedLists = [],
    onProgress,
  }: { file: string; erasedLists?: readonly string[]; onProgress?: Progress },
): Promise<RestoredDatabase> {
  let books: BooksReport | undefined;
  const verify = async (client: ClientBase): Promise<void> => {
    const source = await DatabaseSource.within(client);
    books = await verifyBooks(client, source, (done, total) => onProgress?.(done, total, 'verify'));
    await source.close();
    if (!books.sound) throw new BooksError(wrongBooks(books));
  };
  const options = { file, verify, erasedLists, ...(onProgress && { onProgress }) };
  const { manifest, erasedAgain } = await restore(url, options);
  return {
    takenAt: manifest.takenAt,
    rows: manifest.tables.reduce((sum, table) => sum + table.rows, 0),
    books: books as BooksReport,
    erasedAgain,
  };
}

/** Whether every number that is stored follows from the entries. */
export function verifyDatabase(
  url: string,
  { onProgress }: { onProgress?: Progress } = {},
): Promise<BooksReport> {
  return withClient(url, async (client) => {
    const source = await DatabaseSource.open(client);
    return verifyBooks(client, source, (done, total) => onProgress?.(done, total, 'replay'));
  });
}

export function auditDatabase(url: string, options: AuditOptions): Promise<AuditReport> {
  return withClient(url, async (client) => closing(await DatabaseSource.open(client), options));
}

/** Over HTTP, without a credential. */
export function auditService(base: string, options: AuditOptions): Promise<AuditReport> {
  return closing(new HttpSource(base), options);
}

/** From a file of {@link backupDatabase}, without any server. */
export async function auditDump(file: string, options: AuditOptions): Promise<AuditReport> {
  return closing(await DumpSource.open(file), options);
}

export function toldKey(base: string): Promise<string> {
  return new HttpSource(base).toldKey();
}

async function closing(source: AuditSource, options: AuditOptions): Promise<AuditReport> {
  try {
    return await audit(source, options);
  } finally {
    await source.close();
  }
}

async function noteCheckpoint(client: ClientBase): Promise<{ checkpoint: string | null }> {
  const { rows: found } = await client.query(`SELECT to_regclass('public.log_head') AS log`);
  if (!found[0]?.log) return { checkpoint: null };
  const { rows } = await client.query<{ checkpoint: string }>('SELECT checkpoint FROM log_head');
  return { checkpoint: rows[0]?.checkpoint ?? null };
}

function wrongBooks({ faults }: BooksReport): string {
  const named = faults.slice(0, 5).map(({ entryId, lotId, detail }) => {
    return `  ${entryId ?? lotId ?? 'books'}: ${detail}`;
  });
  return [
    'The books in the archive are wrong, so nothing was restored:',
    ...named,
    ...(faults.length > 5 ? [`  … ${faults.length - 5} more`] : []),
  ].join('\n');
}

async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, application_name: 'creditbank-audit' });
  // A server that dies is told by the query that fails.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
