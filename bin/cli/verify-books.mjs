import { Command } from 'commander';
import { told } from './backup.mjs';
import { withBar } from './bar.mjs';
import { loadBuilt, requireDatabase, withDatabase, withDatabaseOptions } from './database.mjs';
import { EXIT_BAD_ANSWER } from './failure.mjs';

const MOST_SHOWN = 20;

/** `creditbank verify-books`: do all stored numbers follow from the entries? */
export function verifyBooksCommand() {
  return withDatabaseOptions(
    new Command('verify-books')
      .description('replay every lot from its first entry and compare every number that is stored')
      .option('--json', 'print the report as JSON'),
  ).action(runVerify);
}

async function runVerify(options) {
  const { verifyDatabase } = await loadBuilt('src/audit/index.js');
  const report = await withDatabase(options, async (url) => {
    await requireDatabase(url);
    return withBar({ unit: 'entries', isSilent: options.json }, (onProgress) =>
      told(verifyDatabase(url, { onProgress })),
    );
  });
  if (options.json) console.log(JSON.stringify(report));
  else {
    console.log(`${report.lots} lots, ${report.entries} entries, ${report.logged} in the log`);
    for (const { lotId, entryId, detail } of report.faults.slice(0, MOST_SHOWN)) {
      console.log(`✗ ${entryId ?? lotId ?? 'books'}: ${detail}`);
    }
    if (report.faults.length > MOST_SHOWN) {
      console.log(`… ${report.faults.length - MOST_SHOWN} more (--json)`);
    }
    console.log(report.sound ? 'SOUND: every number follows' : 'WRONG: see the lines above');
  }
  if (!report.sound) process.exitCode = EXIT_BAD_ANSWER;
}
