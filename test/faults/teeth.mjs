#!/usr/bin/env node
// Takes away one guard after the other and runs the test that must notice. A test that stays green
// without its guard proves nothing, and this program then fails. See README.md in this folder.
//
//   npm run test:teeth -- [--only lock,roles]; lib/teeth.mjs has all the names
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { prepareServer } from '../../bin/lib/prepare.mjs';
import { Progress } from '../../bin/lib/progress.mjs';
import { TEETH } from './lib/teeth.mjs';

const { values } = parseArgs({ options: { only: { type: 'string' } } });
const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const only = values.only?.split(',') ?? Object.keys(TEETH);

await prepareServer({ root, progress: new Progress() });
let blunt = 0;
for (const name of only) {
  const { without, test, run } = TEETH[name];
  const { isRed, seen } = await run(root);
  if (!isRed) blunt += 1;
  console.log(
    `${isRed ? '✓' : '✗'} without ${without}: ${test} ${isRed ? 'turns red' : 'STAYS GREEN'}`,
  );
  console.log(`    ${seen}`);
}
console.log(`${only.length - blunt} of ${only.length} tests have teeth`);
process.exit(blunt === 0 ? 0 : 1);
