import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { withBar } from './bar.mjs';
import {
  dataDirOf,
  loadBuilt,
  requireDatabase,
  withDatabase,
  withDatabaseOptions,
} from './database.mjs';
import { CliFailure, EXIT_BAD_ANSWER } from './failure.mjs';

const KEYS =
  'The keys are not in the archive: without them nobody can read a name in it. Keep a copy of ' +
  'DATA_DIR/keys (or of MASTER_KEY, INDEX_KEY and LOG_KEY) in another place.';

const NO_LIST =
  'No list of erased people was found: whoever was erased since is here again. Restore with ' +
  '--erased FILE if there is one (DATA_DIR/erased.ndjson of the service, or GET /v1/erasures).';

/** `creditbank backup FILE`: every row of one moment, while the service goes on. */
export function backupCommand() {
  return withDatabaseOptions(
    new Command('backup')
      .description('write the whole database, as it stands at one moment, into one file')
      .argument('<file>', 'the archive to write, for example bank.tar.gz')
      .option('--json', 'print the result as JSON'),
  ).action(runBackup);
}

async function runBackup(file, options) {
  const { backupDatabase } = await loadBuilt('src/audit/index.js');
  const result = await withDatabase(options, async (url) => {
    await requireDatabase(url);
    return withBar({ unit: 'rows', isSilent: options.json }, (onProgress) =>
      told(backupDatabase(url, { file: resolve(file), onProgress })),
    );
  });
  const { manifest, bytes, sha256 } = result;
  const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
  const answer = { file: resolve(file), takenAt: manifest.takenAt, rows, bytes, sha256 };
  if (options.json) return console.log(JSON.stringify(answer));
  console.log(`${answer.file}: ${rows} rows in ${bytes} bytes, as of ${manifest.takenAt}`);
  console.log(`sha256 ${sha256}`);
  console.log(KEYS);
}

/** `creditbank restore FILE`: into an empty database, with verified books or not at all. */
export function restoreCommand() {
  return withDatabaseOptions(
    new Command('restore')
      .description(
        'fill an empty database from an archive; ends with verified books or changes nothing',
      )
      .argument('<file>', 'an archive that `creditbank backup` wrote')
      .option(
        '--erased <file>',
        'people erased since the archive was written (DATA_DIR/erased.ndjson of that service)',
      )
      .option('--json', 'print the result as JSON'),
  ).action(runRestore);
}

async function runRestore(file, options) {
  requireFile(file);
  const { restoreDatabase } = await loadBuilt('src/audit/index.js');
  const erasedLists = erasedListsOf(options);
  const report = await withDatabase(
    options,
    async (url) => {
      await requireDatabase(url);
      return withBar({ unit: 'rows', isSilent: options.json }, (onProgress) =>
        told(restoreDatabase(url, { file: resolve(file), erasedLists, onProgress })),
      );
    },
    { create: true },
  );
  if (options.json) console.log(JSON.stringify(report));
  else {
    console.log(`restored as of ${report.takenAt}: ${report.rows} rows`);
    console.log(
      `books verified: ${report.books.lots} lots, ${report.books.entries} entries, all as logged`,
    );
    console.log(
      erasedLists.length > 0
        ? `erased again, as they had been since: ${report.erasedAgain} people`
        : NO_LIST,
    );
    const folder = join(dataDirOf(options), 'keys');
    if (!statSync(folder, { throwIfNoEntry: false })) console.log(`${KEYS} Put it into ${folder}.`);
  }
}

/** The list that was named, and the one that lies beside the data. */
function erasedListsOf(options) {
  if (options.erased !== undefined) requireFile(options.erased);
  const own = join(dataDirOf(options), 'erased.ndjson');
  const named = options.erased === undefined ? [] : [resolve(options.erased)];
  return statSync(own, { throwIfNoEntry: false }) ? [...new Set([...named, own])] : named;
}

function requireFile(file) {
  if (statSync(file, { throwIfNoEntry: false })?.isFile()) return;
  throw new CliFailure(`${file} is no file.`);
}

/** A failure that says itself what to do is printed without a stack trace. */
export async function told(promise) {
  try {
    return await promise;
  } catch (error) {
    if (error.name === 'BackupError' || error.name === 'AuditError') {
      throw new CliFailure(error.message);
    }
    if (error.name === 'BooksError') throw new CliFailure(error.message, EXIT_BAD_ANSWER);
    throw error;
  }
}
