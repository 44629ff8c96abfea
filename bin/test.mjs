#!/usr/bin/env node
// `npm test [-- paths and options of Jest]`: installs what is missing, builds nothing.
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { prepareServerPackages } from './lib/prepare.mjs';
import { Progress } from './lib/progress.mjs';
import { Refusal } from './lib/refusal.mjs';
import { requireNode } from './lib/settings.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

try {
  requireNode();
  await prepareServerPackages({ root, progress: new Progress() });
} catch (error) {
  console.error(error instanceof Refusal ? error.message : error);
  process.exit(1);
}

const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
const child = spawn(process.execPath, [jest, ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
});
// Jest gets Ctrl-C from the terminal itself, and then stops its PostgreSQL: wait for it.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => child.kill('SIGTERM'));
child.on('exit', (code) => process.exit(code ?? 1));
