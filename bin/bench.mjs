#!/usr/bin/env node
// `npm run bench [-- NAME] [--json]`: runs the claims in bench/NAME.ts, or all of them.
//
// Such a file exports `run({ startPostgres })` and answers its claims:
// `{ claim, ratio, goal, holds, runs, note }`. `await startPostgres()` is the URL of an empty,
// durable database that is removed at the end.
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { prepareServer } from './lib/prepare.mjs';
import { Progress } from './lib/progress.mjs';
import { Refusal } from './lib/refusal.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const isJson = process.argv.includes('--json');
const [wanted] = process.argv.slice(2).filter((word) => !word.startsWith('--'));

try {
  // Standard output belongs to the claims.
  await prepareServer({ root, progress: new Progress(process.stderr) });
  const claims = [];
  for (const name of chosenNames()) claims.push(...(await runBench(name)));
  if (!isJson) console.table(claims);
  process.exitCode = claims.every(({ holds }) => holds) ? 0 : 1;
} catch (error) {
  console.error(error instanceof Refusal ? error.message : error);
  process.exitCode = 2;
}

function chosenNames() {
  const folder = join(root, 'dist', 'bench');
  const files = existsSync(folder) ? readdirSync(folder) : [];
  const names = files.filter((file) => file.endsWith('.js')).map((file) => file.slice(0, -3));
  if (wanted === undefined) return names;
  if (names.includes(wanted)) return [wanted];
  throw new Refusal(`There is no bench/${wanted}.ts. There are: ${names.join(', ') || 'none'}.`);
}

async function runBench(name) {
  const { openScratchPostgres } = await import('./lib/scratch-postgres.mjs');
  const opened = [];
  const startPostgres = async () => {
    opened.push(await openScratchPostgres({ root, durable: true }));
    return opened.at(-1).url;
  };
  try {
    const { run } = await import(pathToFileURL(join(root, 'dist', 'bench', `${name}.js`)).href);
    const claims = await run({ startPostgres });
    if (isJson) for (const claim of claims) console.log(JSON.stringify(claim));
    return claims;
  } finally {
    for (const database of opened) database.remove();
  }
}
