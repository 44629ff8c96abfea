import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import type { ClientBase } from 'pg';
import { type CopyStreamQuery, from as copyFrom } from 'pg-copy-streams';
import type { QueryRunner } from 'typeorm';
import {
  completeSchema,
  createDataSource,
  migrateWithin,
  migrationNames,
} from '../database/index.js';
import { type OpenArchive, openArchive } from './archive.js';
import { eraseAgain, readErasedList } from './erased-list.js';
import { BackupError, type Manifest, type TableContent } from './manifest.js';
import { columnsOf, countRows } from './tables.js';

export interface RestoreOptions {
  readonly file: string;
  /** Throws when the restored rows are not what they should be; then nothing stays. */
  readonly verify: (client: ClientBase, manifest: Manifest) => Promise<void>;
  readonly onProgress?: (rowsDone: number, rowsTotal: number, table: string) => void;
  /** Lists of people who were erased, perhaps since the archive was written. */
  readonly erasedLists?: readonly string[];
}

/** What came of a restore. */
export interface Restored {
  readonly manifest: Manifest;
  /** People of the archive who were erased after it was written. */
  readonly erasedAgain: number;
}

/**
 * Fills an empty database from an archive: schema, rows, newer migrations and the check of the
 * result are one transaction, so that whatever goes wrong the database is empty again.
 */
export async function restore(databaseUrl: string, options: RestoreOptions): Promise<Restored> {
  // A list that cannot be read is said before hours of loading.
  const erased = (options.erasedLists ?? []).flatMap(readErasedList);
  let erasedAgain = 0;
  const archive = await openArchive(options.file);
  try {
    const dataSource = await createDataSource(databaseUrl).initialize();
    try {
      const runner = dataSource.createQueryRunner();
      const known = migrationNames(dataSource);
      requireKnown(archive.manifest, known);
      await runner.startTransaction();
      try {
        erasedAgain = await fill(runner, archive, { ...options, erased });
        await runner.commitTransaction();
      } catch (error) {
        await runner.rollbackTransaction().catch(() => undefined);
        throw error;
      } finally {
        await runner.release();
      }
    } finally {
      await dataSource.destroy();
    }
  } finally {
    await archive.close();
  }
  return { manifest: archive.manifest, erasedAgain };
}

/** The archive's schema must be one that this program went through. */
function requireKnown({ migrations }: Manifest, known: readonly string[]): void {
  const stranger = migrations.find((name, position) => known[position] !== name);
  if (!stranger) return;
  throw new BackupError(
    `The archive was made by another version of the program: migration ${stranger} is not known ` +
      'here. Restore it with the version that wrote it, or a newer one.',
  );
}

async function fill(
  runner: QueryRunner,
  archive: OpenArchive,
  options: RestoreOptions & { erased: readonly string[] },
): Promise<number> {
  const { manifest } = archive;
  const client = (await runner.connect()) as ClientBase;
  await requireEmpty(client);
  await migrateWithin(runner, manifest.migrations.length);
  await makePartitions(client, manifest);
  // The trigger on entries would look for each predecessor; the check at the end sees more.
  await switchTriggers(client, manifest, 'DISABLE');
  await dropSeeds(client, manifest);
  await load(client, archive, options.onProgress);
  await setSequences(client, manifest);
  await switchTriggers(client, manifest, 'ENABLE');
  await migrateWithin(runner, Infinity);
  await completeSchema(runner);
  await client.query('ANALYZE');
  // Before anything is served, and before the books are verified: they hold without the person.
  const erasedAgain = await eraseAgain(client, options.erased);
  await options.verify(client, manifest);
  return erasedAgain;
}

async function requireEmpty(client: ClientBase): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class
      WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm') LIMIT 1`,
  );
  if (rows.length === 0) return;
  throw new BackupError(
    `The database is not empty (it has ${rows[0]?.name}). Create a new one, or restore into a new ` +
      'folder with --data-dir; nothing is ever overwritten.',
  );
}

async function makePartitions(client: ClientBase, { partitions }: Manifest): Promise<void> {
  const years = partitions.map((name) => /^posting_(\d{4})$/.exec(name)?.[1]);
  for (const year of years.filter((found) => found !== undefined)) {
    await client.query('SELECT ensure_posting_partition($1)', [Number(year)]);
  }
}

async function switchTriggers(
  client: ClientBase,
  { tables }: Manifest,
  verb: 'ENABLE' | 'DISABLE',
): Promise<void> {
  for (const { name } of tables) {
    await client.query(`ALTER TABLE ${client.escapeIdentifier(name)} ${verb} TRIGGER USER`);
  }
}

/** Migrations write a few rows; the archive has those rows as well, and perhaps changed. */
async function dropSeeds(client: ClientBase, { tables }: Manifest): Promise<void> {
  for (const { name } of tables.toReversed()) {
    if ((await countRows(client, name)) > 0) {
      await client.query(`DELETE FROM ${client.escapeIdentifier(name)}`);
    }
  }
}

async function load(
  client: ClientBase,
  archive: OpenArchive,
  onProgress: RestoreOptions['onProgress'],
): Promise<void> {
  const { tables } = archive.manifest;
  const total = tables.reduce((sum, { rows }) => sum + rows, 0);
  const loaded = new Map<string, number>();
  let done = 0;
  let copy: CopyStreamQuery | undefined;
  let current = '';
  const finish = async (): Promise<void> => {
    if (!copy) return;
    copy.end();
    await finished(copy);
    done += copy.rowCount;
    loaded.set(current, copy.rowCount);
  };
  try {
    for await (const { table, bytes } of archive.pieces()) {
      if (table !== current) {
        await finish();
        current = table;
        copy = beginCopy(client, tableOf(archive.manifest, table));
        onProgress?.(done, total, table);
      }
      if (copy) await write(copy, bytes);
    }
    await finish();
  } catch (error) {
    // A copy that is not ended would keep the connection from rolling back.
    copy?.destroy(error as Error);
    throw error;
  }
  requireAll(archive.manifest, loaded);
}

function tableOf({ tables }: Manifest, name: string): TableContent {
  const table = tables.find((one) => one.name === name);
  if (!table) throw new BackupError(`The archive has rows of "${name}", which it does not list.`);
  return table;
}

function requireAll({ tables }: Manifest, loaded: ReadonlyMap<string, number>): void {
  for (const { name, rows } of tables) {
    const found = loaded.get(name) ?? 0;
    if (found === rows) continue;
    throw new BackupError(`The archive lists ${rows} rows of ${name} and holds ${found}.`);
  }
}

function beginCopy(client: ClientBase, table: TableContent): CopyStreamQuery {
  const target = `${client.escapeIdentifier(table.name)} (${columnsOf(client, table)})`;
  const copy = client.query(copyFrom(`COPY ${target} FROM STDIN (ENCODING 'UTF8')`));
  // The server may refuse a row while nobody waits; the next write or the end then tells.
  copy.on('error', () => undefined);
  return copy;
}

/** Waits while the server is behind. */
async function write(copy: CopyStreamQuery, bytes: Buffer): Promise<void> {
  if (copy.errored) throw copy.errored;
  if (!copy.write(bytes)) await once(copy, 'drain');
}

async function setSequences(client: ClientBase, { sequences }: Manifest): Promise<void> {
  for (const { name, lastValue } of sequences) {
    await client.query('SELECT setval($1::regclass, $2)', [
      client.escapeIdentifier(name),
      lastValue,
    ]);
  }
}
