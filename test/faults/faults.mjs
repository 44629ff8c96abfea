#!/usr/bin/env node
// Kills the service, PostgreSQL and Redis with SIGKILL while files are imported and single
// completions are posted, and compares the books with what the clients were told.
//
//   npm run test:faults -- [--kills 1000] [--postings 100000] [--seed S] [--redis|--no-redis]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { prepareServer } from '../../bin/lib/prepare.mjs';
import { Progress } from '../../bin/lib/progress.mjs';
import { FaultRun } from './lib/run.mjs';

const { values } = parseArgs({
  allowNegative: true,
  options: {
    kills: { type: 'string', default: '1000' },
    postings: { type: 'string' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 1e9)) },
    redis: { type: 'boolean' },
    keep: { type: 'boolean', default: false },
  },
});
const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const dataDir = mkdtempSync(join(tmpdir(), 'creditbank-faults-'));
const kills = Number(values.kills);
const postings = Number(values.postings ?? kills * 100);

await prepareServer({ root, progress: new Progress() });
const run = new FaultRun({
  root,
  dataDir,
  seed: values.seed,
  kills,
  postings,
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
