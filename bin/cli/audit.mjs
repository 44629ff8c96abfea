import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command } from 'commander';
import { told } from './backup.mjs';
import { withBar } from './bar.mjs';
import { loadBuilt, requireDatabase, withDatabase, withDatabaseOptions } from './database.mjs';
import { CliFailure, EXIT_BAD_ANSWER } from './failure.mjs';

const MOST_SHOWN = 20;

/** `creditbank audit`: was anything changed that was once written? */
export function auditCommand() {
  return withDatabaseOptions(
    new Command('audit')
      .description('name every entry that was changed, removed, added or moved since it was logged')
      .option('--url <url>', 'audit a service from outside, over its public log')
      .option('--dump <file>', 'audit an archive of `creditbank backup`')
      .option('--key <key>', "the log's public key (as text or file), known from elsewhere")
      .option('--checkpoint <file>', 'compare with a checkpoint that was kept elsewhere')
      .option(
        '--seals-checkpoint <file>',
        'compare with a checkpoint of the log of seals kept elsewhere',
      )
      .option(
        '--reports-checkpoint <file>',
        'compare with a checkpoint of the log of reports kept elsewhere',
      )
      .option('--save-checkpoint <file>', 'keep the checkpoint of today when all is well')
      .option('--no-leaves', 'keep the checkpoint alone, without its 32 bytes an entry')
      .option('--json', 'print the report as JSON'),
  )
    .addHelpText('after', HELP)
    .action(runAudit);
}

const HELP = `
Exit code 0: clean. 1: tampered with. 2: could not be checked.
A cut tail, and a history written anew with the log's own key, show only against a checkpoint that
was kept where the operator cannot change it.`;

async function runAudit(options) {
  const tools = await loadBuilt('src/audit/index.js');
  const key = await keyOf(options, tools);
  const settings = {
    key,
    checkpointFile: options.checkpoint && resolve(options.checkpoint),
    sealsCheckpointFile: options.sealsCheckpoint && resolve(options.sealsCheckpoint),
    reportsCheckpointFile: options.reportsCheckpoint && resolve(options.reportsCheckpoint),
    saveFile: options.saveCheckpoint && resolve(options.saveCheckpoint),
    saveLeaves: options.leaves,
  };
  const startedAt = Date.now();
  const report = await withBar({ unit: 'entries', isSilent: options.json }, (onProgress) =>
    told(auditChosen(tools, options, { ...settings, onProgress })),
  );
  const seconds = (Date.now() - startedAt) / 1000;
  if (options.json) console.log(JSON.stringify({ ...report, seconds }));
  else printReport(report, seconds);
  if (!report.clean) process.exitCode = EXIT_BAD_ANSWER;
}

function auditChosen(tools, options, settings) {
  if (options.url) return tools.auditService(logUrl(options.url), settings);
  if (options.dump) return tools.auditDump(resolve(options.dump), settings);
  return withDatabase(options, async (url) => {
    await requireDatabase(url);
    return tools.auditDatabase(url, settings);
  });
}

/** The address of the service is enough: its log is at the usual place. */
function logUrl(url) {
  const base = url.replace(/\/$/, '');
  return new URL(base).pathname === '/' ? `${base}/v1/log` : base;
}

async function keyOf({ key, url }, tools) {
  const text = key && existsSync(key) ? readFileSync(key, 'utf8').trim() : key;
  if (text) return parsed(text, tools);
  if (!url) return undefined;
  const told = await tools.toldKey(logUrl(url)).catch((error) => {
    throw new CliFailure(error.message);
  });
  console.error(
    `The service says that its key is\n  ${told}\nKeep it, and give it next time: --key`,
  );
  return parsed(told, tools);
}

function parsed(text, { parseVerifierKey }) {
  const key = parseVerifierKey(text);
  if (key) return key;
  throw new CliFailure(`"${text}" is no public key; it looks like <name>+<id>+<base64>.`);
}

function printReport(report, seconds) {
  const { clean, log, entries, seals, reports, waiting, findings, notes } = report;
  console.log(`${log.origin}: ${log.size} entries in the log, root ${log.root}`);
  console.log(`${entries} entries compared, ${waiting} wait for the log, ${seconds.toFixed(1)} s`);
  if (seals !== null) console.log(`${seals} seals of all accounts made again`);
  if (reports !== null) console.log(`${reports} published reports held against their log`);
  for (const note of notes) console.log(`note: ${note}`);
  for (const finding of findings.slice(0, MOST_SHOWN)) console.log(lineOf(finding));
  if (findings.length > MOST_SHOWN) console.log(`… ${findings.length - MOST_SHOWN} more (--json)`);
  console.log(clean ? 'CLEAN: nothing was changed' : 'TAMPERED: see the first line above');
}

function lineOf({ kind, index, count, entryId, postingId, postingPos, detail }) {
  const place = index === null ? 'no place in the log' : `number ${index}`;
  const many = count > 1 ? ` and ${count - 1} more` : '';
  const entry = entryId ? `, entry ${entryId}` : '';
  const posting = postingId ? `, posting ${postingId} line ${postingPos}` : '';
  return `✗ ${kind.toUpperCase()} ${place}${many}${entry}${posting}: ${detail}`;
}
