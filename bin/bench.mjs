#!/usr/bin/env node
// `npm run bench [-- NAME] [--json]`: runs the claims in bench/NAME.ts, or all of them.
//
// Such a file exports `run({ startPostgres, options })` and answers its claims:
// `{ claim, ratio, goal, holds, runs, note }`. `holds` is null for what could not be tried.
// `await startPostgres()` is the URL of an empty, durable database that is removed at the end.
// `options` are the words after NAME; bench/README.md says what each file makes of them.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { NODE_FLAGS } from './lib/application.mjs';
import { prepareServer } from './lib/prepare.mjs';
import { Progress } from './lib/progress.mjs';
import { Refusal } from './lib/refusal.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

runAsTheServiceRuns();

try {
  const { isJson, wanted, options } = readCommandLine();
  // Standard output belongs to the claims.
  await prepareServer({ root, progress: new Progress(process.stderr) });
  const claims = [];
  for (const name of chosenNames(wanted)) {
    const found = await runBench(name, options);
    if (isJson) for (const claim of found) console.log(JSON.stringify(claim));
    claims.push(...found);
  }
  if (!isJson) console.table(claims);
  process.exitCode = claims.every(({ holds }) => holds !== false) ? 0 : 1;
} catch (error) {
  console.error(error instanceof Refusal ? error.message : error);
  process.exitCode = 2;
}

/** What is promised of the service is measured under its own flags: a second process has them. */
function runAsTheServiceRuns() {
  if (NODE_FLAGS.every((flag) => process.execArgv.includes(flag))) return;
  const again = [...process.execArgv, ...NODE_FLAGS, ...process.argv.slice(1)];
  const { status } = spawnSync(process.execPath, again, { stdio: 'inherit' });
  process.exit(status ?? 2);
}

function readCommandLine() {
  const known = {
    json: { type: 'boolean', default: false },
    quick: { type: 'boolean' },
    only: { type: 'string' },
    pgledger: { type: 'string' },
  };
  try {
    const { values, positionals } = parseArgs({ options: known, allowPositionals: true });
    const { json: isJson, ...options } = values;
    return { isJson, wanted: positionals[0], options };
  } catch (error) {
    throw new Refusal(error.message);
  }
}

function chosenNames(wanted) {
  const folder = join(root, 'dist', 'bench');
  const files = existsSync(folder) ? readdirSync(folder) : [];
  const names = files.filter((file) => file.endsWith('.js')).map((file) => file.slice(0, -3));
  if (wanted === undefined) return names;
  if (names.includes(wanted)) return [wanted];
  throw new Refusal(`There is no bench/${wanted}.ts. There are: ${names.join(', ') || 'none'}.`);
}

async function runBench(name, options) {
  const { openScratchPostgres } = await import('./lib/scratch-postgres.mjs');
  const opened = [];
  const startPostgres = async () => {
    opened.push(await openScratchPostgres({ root, durable: true }));
    return opened.at(-1).url;
  };
  try {
    const { run } = await import(pathToFileURL(join(root, 'dist', 'bench', `${name}.js`)).href);
    return await run({ startPostgres, options });
  } finally {
    for (const database of opened) database.remove();
  }
}
