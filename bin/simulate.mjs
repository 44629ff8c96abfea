#!/usr/bin/env node
// `npm run simulate -- --learners 1000000`: builds a synthetic city in a service of its own through the
// public API and compares everything that the bank says with what is true; bench/city/README.md.
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { startApplication } from './lib/application.mjs';
import { openPostgres } from './lib/postgres/open.mjs';
import { killServer } from './lib/postgres/pid-file.mjs';
import { prepareServer } from './lib/prepare.mjs';
import { run as runCommand, waitUntil } from './lib/process.mjs';
import { Progress } from './lib/progress.mjs';
import { Refusal } from './lib/refusal.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const START_LIMIT_MS = 120_000;
const HOST = '127.0.0.1';

const progress = new Progress(process.stderr);
const began = Date.now();
try {
  const options = readCommandLine();
  await prepareServer({ root, progress });
  process.exitCode = (await inOwnFolder(options, simulateIn)) ? 0 : 1;
} catch (error) {
  console.error(error instanceof Refusal ? error.message : error);
  process.exitCode = 2;
}

function readCommandLine() {
  const whole = (name, text, least) => {
    if (!/^\d{1,8}$/.test(text) || Number(text) < least) {
      throw new Refusal(`--${name} is "${text}"; use a whole number from ${least} on.`);
    }
    return Number(text);
  };
  try {
    const { values } = parseArgs({
      options: {
        learners: { type: 'string', default: '1000' },
        seed: { type: 'string', default: '1' },
        'rows-a-file': { type: 'string', default: '500000' },
        balances: { type: 'string', default: '2000' },
        keep: { type: 'string' },
        'skip-audit': { type: 'boolean', default: false },
      },
    });
    return {
      learners: whole('learners', values.learners, 10),
      seed: whole('seed', values.seed, 0),
      rowsAFile: whole('rows-a-file', values['rows-a-file'], 100),
      balances: whole('balances', values.balances, 0),
      keep: values.keep,
      skipAudit: values['skip-audit'],
    };
  } catch (error) {
    throw error instanceof Refusal ? error : new Refusal(error.message);
  }
}

/** A folder that is thrown away, or one that is kept and must be empty. */
async function inOwnFolder(options, work) {
  const kept = options.keep && resolve(options.keep);
  if (kept) {
    mkdirSync(kept, { recursive: true });
    if (readdirSync(kept).length > 0) throw new Refusal(`${kept} is not empty.`);
  }
  const dataDir = kept ?? mkdtempSync(join(tmpdir(), 'creditbank-city-'));
  try {
    return await work(options, dataDir);
  } finally {
    if (!kept) rmSync(dataDir, { recursive: true, force: true });
  }
}

async function simulateIn(options, dataDir) {
  const opened = await openPostgres({ root, dataDir });
  let service;
  // However this process ends, short of kill -9: nothing is left behind.
  const killAll = () => {
    service?.kill();
    killServer(opened.folder);
  };
  process.once('exit', killAll);
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130));
  try {
    const port = 20_000 + (process.pid % 12_000);
    service = await startService({ dataDir, port, databaseUrl: opened.url });
    const { run } = await import(pathToFileURL(join(root, 'dist/bench/city/run.js')).href);
    const { isRight, measures } = await run({
      ...options,
      dataDir,
      baseUrl: `http://${HOST}:${port}`,
      databaseUrl: opened.url,
      adminUrl: opened.server.adminUrl(opened.port),
      servicePid: service.pid,
      say,
    });
    const audits = options.skipAudit ? [] : [['indicators', 'check'], ['verify-books']];
    const answers = [];
    for (const command of audits) answers.push(await audit(command, opened.url));
    console.log(JSON.stringify({ ...measures, totalSeconds: secondsSoFar() }));
    return isRight && answers.every(Boolean);
  } finally {
    await service?.stop();
    await opened.server.stop();
    process.off('exit', killAll);
  }
}

async function startService({ dataDir, port, databaseUrl }) {
  let exit;
  const service = startApplication({
    root,
    env: {
      PORT: String(port),
      HOST,
      DATA_DIR: dataDir,
      DATABASE_URL: databaseUrl,
      SEED_DEMONSTRATION: 'false',
      REQUEST_LIMITS: 'false',
    },
    onExit: (code) => (exit = code),
  });
  const isReady = async () => {
    if (exit !== undefined) throw new Refusal(`the service ended by itself with code ${exit}`);
    const answer = await fetch(`http://${HOST}:${port}/health/ready`).catch(() => undefined);
    return answer?.ok ?? false;
  };
  if (await waitUntil(isReady, START_LIMIT_MS, 100)) return service;
  service.kill();
  throw new Refusal('the service did not become ready');
}

/** A check of the command line. @returns whether it is content */
async function audit(command, databaseUrl) {
  say(`creditbank ${command.join(' ')}`);
  const script = join(root, 'bin/creditbank.mjs');
  const { code, output } = await runCommand(
    process.execPath,
    [script, ...command, '--database', databaseUrl],
    { cwd: root },
  );
  console.log(`creditbank ${command.join(' ')}:\n${output.trim()}`);
  return code === 0;
}

function say(text) {
  process.stderr.write(`• ${String(secondsSoFar()).padStart(6)} s  ${text}\n`);
}

function secondsSoFar() {
  return Math.round((Date.now() - began) / 100) / 10;
}
