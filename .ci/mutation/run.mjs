#!/usr/bin/env node
// `npm run test:mutation [-- NAME…] [--mutate FILES]`: the named parts, or all of them one after
// another; other arguments go to Stryker.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PARTS = { ledger: '.ci/stryker.json', rules: '.ci/stryker-rules.json' };
const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const stryker = join(root, 'node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js');

const given = process.argv.slice(2);
const named = given.filter((argument) => argument in PARTS);
const rest = given.filter((argument) => !(argument in PARTS));

for (const part of named.length > 0 ? named : Object.keys(PARTS)) {
  const { status } = spawnSync(process.execPath, [stryker, 'run', PARTS[part], ...rest], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) process.exitCode = 1;
}
