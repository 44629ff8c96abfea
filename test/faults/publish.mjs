#!/usr/bin/env node
// Publishes a rule that touches 1 % of a bank of learners while workers are killed with SIGKILL and
// the queue is emptied, and counts: everybody it touches is looked at, nobody else, and each of
// their undecided applications is decided again once.
//
//   npm run test:publish -- [--learners 100000] [--kills 12] [--seed S] [--redis|--no-redis]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { prepareServer } from '../../bin/lib/prepare.mjs';
import { Progress } from '../../bin/lib/progress.mjs';
import { PublishRun } from './lib/publish.mjs';

const { values } = parseArgs({
  allowNegative: true,
  options: {
    learners: { type: 'string', default: '100000' },
    kills: { type: 'string', default: '12' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 1e9)) },
    redis: { type: 'boolean' },
    keep: { type: 'boolean', default: false },
  },
});
const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const dataDir = mkdtempSync(join(tmpdir(), 'creditbank-publish-'));

await prepareServer({ root, progress: new Progress() });
const run = new PublishRun({
  root,
  dataDir,
  seed: values.seed,
  learners: Number(values.learners),
  kills: Number(values.kills),
  redis: values.redis,
});
process.once('exit', () => run.end());
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(130));
let isClean = false;
try {
  isClean = await run.work();
} catch (error) {
  console.error(error);
}
run.end();
if (isClean && !values.keep) rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
else console.log(`logs and data: ${dataDir}`);
process.exit(isClean ? 0 : 1);
