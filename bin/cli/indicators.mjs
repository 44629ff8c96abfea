import { Command } from 'commander';
import { withBar } from './bar.mjs';
import { loadBuilt, requireDatabase, withDatabase, withDatabaseOptions } from './database.mjs';
import { EXIT_BAD_ANSWER } from './failure.mjs';

/** `creditbank indicators`: the plan's figures, made anew or compared with the books. */
export function indicatorsCommand() {
  const indicators = new Command('indicators').description(
    "the plan's figures: made anew from the books, or compared with them",
  );
  withDatabaseOptions(
    indicators
      .command('rebuild')
      .description('compute what every person contributes anew; the service may run meanwhile')
      .option('--json', 'print the result as JSON'),
  ).action(runRebuild);
  withDatabaseOptions(
    indicators
      .command('check')
      .description('compare what is kept with what the books say; exit code 1 when they differ')
      .option('--json', 'print the report as JSON'),
  ).action(runCheck);
  return indicators;
}

async function runRebuild(options) {
  const { accounts } = await onBooks(options, ({ rebuildIndicators }) => rebuildIndicators);
  if (options.json) console.log(JSON.stringify({ accounts }));
  else console.log(`${accounts} accounts computed anew`);
}

async function runCheck(options) {
  const report = await onBooks(options, ({ checkIndicators }) => checkIndicators);
  if (options.json) console.log(JSON.stringify(report));
  else {
    console.log(`${report.accounts} accounts, ${report.contributions} contributions`);
    for (const fault of report.faults) console.log(`✗ ${fault}`);
    console.log(
      report.sound
        ? 'SOUND: every figure follows from the books'
        : `WRONG: ${report.wrongAccounts} accounts differ; \`creditbank indicators rebuild\` mends them`,
    );
  }
  if (!report.sound) process.exitCode = EXIT_BAD_ANSWER;
}

async function onBooks(options, choose) {
  const run = choose(await loadBuilt('src/indicators/command/index.js'));
  return withDatabase(options, async (url) => {
    await requireDatabase(url);
    return withBar({ unit: 'buckets', isSilent: options.json }, (onProgress) =>
      run(url, onProgress),
    );
  });
}
