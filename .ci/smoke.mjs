#!/usr/bin/env node
// `node .ci/smoke.mjs RESULT.json`: what a newcomer does. A fresh clone, `npm start`, the main job,
// Ctrl-C, kill -9 and start again. Writes how many checks passed and failed in Jest's words.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { killServer } from '../bin/lib/postgres/pid-file.mjs';
import { choosePort, clusterFolder, readMemory } from '../bin/lib/postgres/cluster.mjs';
import { portProblem, run, waitUntil } from '../bin/lib/process.mjs';
import { Tally } from './tally.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const home = mkdtempSync(join(tmpdir(), 'creditbank-smoke-'));
const clone = join(home, 'a clone');
const dataDir = join(home, 'data');
const port = await choosePort();
const base = `http://127.0.0.1:${port}`;
const env = { ...process.env, PORT: String(port), DATA_DIR: dataDir };
const tally = new Tally('.ci/smoke.mjs');
const check = (name, work) => tally.check(`smoke: ${name}`, work);

function must(condition, complaint) {
  if (!condition) throw new Error(complaint);
}

/** Starts the service and waits until it says that it is ready. */
async function start(timeoutMs) {
  const child = spawn('npm', ['start'], { cwd: clone, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const service = { child, output: '', exitCode: undefined };
  child.stdout.on('data', (chunk) => (service.output += chunk));
  child.stderr.on('data', (chunk) => (service.output += chunk));
  child.on('close', (code, signal) => (service.exitCode = code ?? signal));
  const isReady = () => service.output.includes(`ready ${base}`);
  await waitUntil(() => isReady() || service.exitCode !== undefined, timeoutMs);
  must(isReady(), `not ready after ${timeoutMs / 1000} s:\n${service.output.slice(-4000)}`);
  return service;
}

async function answers(path) {
  const response = await fetch(`${base}${path}`);
  must(response.status === 200, `${path} answers ${response.status}: ${await response.text()}`);
}

/** The processes of the running service, as the launcher noted them. */
function noted() {
  const { holder, application } = JSON.parse(readFileSync(join(dataDir, 'launcher.lock'), 'utf8'));
  return [holder.pid, application.pid];
}

const killLauncher = () => process.kill(noted()[0], 'SIGKILL');

function killEverything() {
  const [launcher, application] = noted();
  const pidFile = join(clusterFolder(dataDir, readMemory(dataDir)), 'postmaster.pid');
  const postgres = Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
  for (const pid of [launcher, application, postgres]) process.kill(pid, 'SIGKILL');
}

async function runDemo() {
  const { code, output } = await run('npm', ['run', 'demo'], { cwd: clone, env });
  must(code === 0, output);
}

/** Runs a command of the clone; it must end well. */
async function creditbank(...words) {
  const script = join(clone, 'bin', 'creditbank.mjs');
  const { code, output } = await run(process.execPath, [script, ...words], { cwd: clone, env });
  must(code === 0, output);
}

const kept = join(home, 'checkpoint.txt');
const archive = join(home, 'bank.tar.gz');

async function stop(service) {
  service.child.kill('SIGINT');
  const hasEnded = await waitUntil(() => service.exitCode !== undefined, 30_000);
  must(hasEnded && service.exitCode === 0, `exit ${service.exitCode}:\n${service.output}`);
  must(!(await portProblem(port, '127.0.0.1')), `port ${port} is still in use`);
}

async function journey() {
  let service;
  const startAgain = async (timeoutMs) => {
    service = await start(timeoutMs);
    await answers('/health/ready');
  };
  const clones = async () =>
    execFileSync('git', ['clone', '--quiet', '--no-hardlinks', root, clone], { stdio: 'pipe' });
  if (!(await check('git clone', clones))) return;
  if (!(await check('npm start on a fresh clone', () => startAgain(300_000)))) return;
  await check('the pages are served', () => answers('/'));
  if (existsSync(join(clone, 'bin', 'creditbank.mjs'))) await check('npm run demo', runDemo);
  await check('an audit from outside keeps a checkpoint', () =>
    creditbank('audit', '--url', base, '--save-checkpoint', kept),
  );
  await check('a backup', () => creditbank('backup', archive));
  await check('Ctrl-C stops everything', () => stop(service));
  await check('the books are verified', () => creditbank('verify-books'));
  await check('an audit of the backup against the checkpoint', () =>
    creditbank('audit', '--dump', archive, '--checkpoint', kept),
  );
  await check('a restore', () =>
    creditbank('restore', archive, '--data-dir', join(home, 'restored')),
  );
  if (!(await check('npm start again', () => startAgain(30_000)))) return;
  killLauncher();
  if (!(await check('npm start after kill -9 of npm start', () => startAgain(60_000)))) return;
  killEverything();
  if (!(await check('npm start after kill -9 of everything', () => startAgain(60_000)))) return;
  await check('Ctrl-C stops everything once more', () => stop(service));
}

try {
  await journey();
} finally {
  if (existsSync(join(dataDir, 'launcher.lock'))) killLauncher();
  if (existsSync(dataDir)) killServer(clusterFolder(dataDir, readMemory(dataDir)));
  rmSync(home, { recursive: true, force: true });
}
tally.finish(process.argv[2]);
