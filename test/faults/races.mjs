#!/usr/bin/env node
// Eight callers at a time want the same thing of a real PostgreSQL, 10,000 times: nobody may get
// more than there is, and everybody must get an orderly answer.
//
//   npm run test:races -- [--races 10000]
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { prepareServer } from '../../bin/lib/prepare.mjs';
import { Progress } from '../../bin/lib/progress.mjs';
import { runRaces } from './lib/races.mjs';

const { values } = parseArgs({ options: { races: { type: 'string', default: '10000' } } });
const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

await prepareServer({ root, progress: new Progress() });
const { results, broken } = await runRaces({ root, races: Number(values.races) });
let faults = broken.length;
for (const { title, races, failed, overspent, ms } of results) {
  faults += failed.length + overspent;
  const mark = failed.length + overspent === 0 ? '✓' : '✗';
  const seconds = (ms / 1000).toFixed(1);
  console.log(`${mark} ${races} races: ${title}; ${overspent} overspends (${seconds} s)`);
  for (const text of failed.slice(0, 3)) console.log(`    ${text}`);
}
for (const text of broken) console.log(`✗ ${text}`);
const races = results.reduce((sum, result) => sum + result.races, 0);
const overspends = results.reduce((sum, result) => sum + result.overspent, 0);
console.log(`${races} races of 8 callers: ${overspends} overspends, ${faults} faults`);
process.exit(faults === 0 ? 0 : 1);
