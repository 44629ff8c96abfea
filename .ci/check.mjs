#!/usr/bin/env node
// `npm run check`: everything a machine can judge without running the service. Prints one line for
// each step, then what the failed ones said.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { prepareAllPackages } from '../bin/lib/prepare.mjs';
import { npmCommand, run } from '../bin/lib/process.mjs';
import { Progress } from '../bin/lib/progress.mjs';
import { Refusal } from '../bin/lib/refusal.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const tool = (script, ...args) => [process.execPath, join(root, 'node_modules', script), ...args];

const STEPS = {
  format: tool('prettier/bin/prettier.cjs', '--check', '--cache', '--log-level=warn', '.'),
  lint: tool('oxlint/bin/oxlint', '--type-aware', '--deny-warnings'),
  boundaries: tool(
    'dependency-cruiser/bin/dependency-cruise.mjs',
    '--config=.ci/dependency-cruiser.cjs',
    'src',
    'libs',
    'migrations',
    'bench',
    'web/src',
  ),
  types: tool('typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.json'),
  ...webSteps(),
  generated: [process.execPath, 'bin/generate.mjs', '--check'],
};

// On a build server tools colour what they print, and the log then holds escape codes.
const env = process.stdout.isTTY ? process.env : { ...process.env, NO_COLOR: '1' };

/** The pages are a package of their own and say themselves how they are checked. */
function webSteps() {
  const { scripts } = JSON.parse(readFileSync(join(root, 'web', 'package.json'), 'utf8'));
  const names = ['types', 'lint', 'test'].filter((name) => name in scripts);
  const command = (name) => [...npmCommand(), '--prefix', 'web', 'run', name];
  return Object.fromEntries(names.map((name) => [`pages ${name}`, command(name)]));
}

async function check(progress, [name, [command, ...args]]) {
  try {
    await progress.step(name, async () => {
      const { code, output } = await run(command, args, { cwd: root, env });
      if (code !== 0) throw new Refusal(output);
    });
    return undefined;
  } catch (error) {
    return `--- ${name}\n${error.message}`;
  }
}

const progress = new Progress();
const complaints = [];
await prepareAllPackages({ root, progress });
for (const step of Object.entries(STEPS)) complaints.push(await check(progress, step));
const failed = complaints.filter((complaint) => complaint !== undefined);
if (failed.length > 0) console.error(`\n${failed.join('\n\n')}`);
console.log(`\n${complaints.length - failed.length} steps passed, ${failed.length} failed`);
process.exitCode = failed.length > 0 ? 1 : 0;
