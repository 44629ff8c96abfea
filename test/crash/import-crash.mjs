#!/usr/bin/env node
// Imports a file of ROWS rows into a service of its own, kills everything with SIGKILL in the middle of
// the commit, starts it again, and counts: every row must be there once. Prints the memory it saw.
//
//   node test/crash/import-crash.mjs [--rows 100000] [--kills 1]
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { parentOf } from '../../bin/lib/process.mjs';

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
/** What a file may take beside what the service holds at rest, whatever its length. */
const MEMORY_OF_FILE_MB = 200;
const START_LIMIT_MS = 120_000;
const IMPORT_LIMIT_MS = 600_000;

const { values } = parseArgs({
  options: { rows: { type: 'string', default: '100000' }, kills: { type: 'string', default: '1' } },
});
const rows = Number(values.rows);
const kills = Number(values.kills);
const dataDir = mkdtempSync(join(tmpdir(), 'creditbank-crash-'));
const port = 20_000 + Math.floor(Math.random() * 12_000);
const url = `http://127.0.0.1:${port}`;
let launcher;
let peakMb = 0;
let restMb = 0;

try {
  await start();
  restMb = residentMb();
  const demo = JSON.parse(readFileSync(join(dataDir, 'demo.json'), 'utf8'));
  const school = demo.keys.find((key) => key.roles.includes('registrar'));
  const code = await ownOutcome(school);
  const file = makeFile(code);
  const before = await api(school, 'GET', '/v1/institutions');
  if (!before.items) throw new Error('the service does not list institutions');

  const checked = await upload(school, file);
  const { items } = await api(school, 'GET', `/v1/imports/${checked.id}/rows`);
  expect('no row is at fault', JSON.stringify(items), '[]');
  expect('the dry run finds every row fit', checked.rows.fit, rows);
  await api(school, 'POST', `/v1/imports/${checked.id}/commit`);
  for (let kill = 1; kill <= kills; kill += 1) {
    const at = Math.floor((rows * kill) / (kills + 1));
    const state = await watch(school, checked.id, (it) => it.progress.rowsDone >= at);
    killEverything();
    console.log(`killed everything at row ${state.progress.rowsDone} of ${rows} (${state.state})`);
    await start();
  }
  const done = await watch(school, checked.id, (it) => ['committed', 'failed'].includes(it.state));
  expect('the import finishes', done.state, 'committed');
  expect('every row is posted', done.rows.posted + done.rows.alreadyPosted, rows);

  const again = await upload(school, file);
  expect('the same file again finds every row there', again.rows.alreadyPosted, rows);
  expect('and none to post', again.rows.fit, 0);
  console.log(
    `resident memory of the service: ${restMb.toFixed(0)} MB at rest, ${peakMb.toFixed(0)} MB at most`,
  );
  expect(
    `a file takes less than ${MEMORY_OF_FILE_MB} MB`,
    peakMb - restMb < MEMORY_OF_FILE_MB,
    true,
  );
} finally {
  killEverything();
  // PostgreSQL needs a moment to let go of its folder.
  await sleep(500);
  rmSync(dataDir, { recursive: true, force: true });
}

async function start() {
  const started = Date.now();
  launcher = spawn(process.execPath, [join(ROOT, 'bin/start.mjs')], {
    cwd: ROOT,
    env: { ...process.env, PORT: String(port), DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  let output = '';
  launcher.stdout.on('data', (chunk) => (output += chunk));
  while (!/^ready /m.test(output)) {
    if (Date.now() - started > START_LIMIT_MS || launcher.exitCode !== null) {
      throw new Error(`the service did not start:\n${output}`);
    }
    await sleep(50);
  }
  console.log(`ready after ${((Date.now() - started) / 1000).toFixed(1)} s`);
}

/** SIGKILL for launcher, service and PostgreSQL: all that belongs to this data folder. */
function killEverything() {
  const pids = [launcher?.pid, ...descendants(launcher?.pid)];
  try {
    pids.push(
      Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]),
    );
  } catch {
    // PostgreSQL has removed its file: it is gone already.
  }
  for (const pid of pids.flatMap((pid) => [...descendants(pid), pid])) {
    try {
      if (pid) process.kill(pid, 'SIGKILL');
    } catch {
      // gone between the list and the kill
    }
  }
}

/** By their parents: not every kernel has /proc/PID/task/PID/children. */
function descendants(pid) {
  if (!pid) return [];
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const parents = new Map(pids.map((name) => [Number(name), parentOf(Number(name))]));
  const below = (parent) =>
    [...parents].flatMap(([child, of]) => (of === parent ? [...below(child), child] : []));
  return below(pid);
}

/** A course that the school itself may post and that asks for nothing but a date. */
async function ownOutcome(school) {
  let after = '';
  do {
    const page = await api(school, 'GET', `/v1/catalogue?limit=100${after && `&after=${after}`}`);
    const own = page.items.find(
      (item) => item.institution.code === school.institutionCode && item.openTo === null,
    );
    if (own) return own.code;
    after = page.next;
  } while (after);
  throw new Error(`${school.institutionCode} has no course in the catalogue`);
}

function makeFile(code) {
  const lines = ['外部编号,姓名,证件类型,证件号码,成果代码,完成日期'];
  for (let i = 0; i < rows; i += 1) {
    lines.push(`CRASH-${i},学员${i},身份证,${residentId(i)},${code},2026-06`);
  }
  return new Blob([lines.join('\r\n')]);
}

/** A fictional number with a right check digit; 500198 is the code of no place and of no one seeded. */
function residentId(serial) {
  const year = 1940 + (Math.floor(serial / 280_000) % 60);
  const month = String((Math.floor(serial / 28_000) % 10) + 1).padStart(2, '0');
  const day = String((Math.floor(serial / 1000) % 28) + 1).padStart(2, '0');
  const body = `500198${year}${month}${day}${String(serial % 1000).padStart(3, '0')}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, i) => total + weight * Number(body[i]), 0);
  return body + '10X98765432'[sum % 11];
}

async function upload(school, file) {
  const form = new FormData();
  form.set('file', file, 'crash.csv');
  const { id } = await api(school, 'POST', '/v1/imports', form);
  const state = await watch(school, id, (it) => ['checked', 'failed'].includes(it.state));
  expect('the file is read', state.state, 'checked');
  return state;
}

async function watch(school, id, until) {
  const end = Date.now() + IMPORT_LIMIT_MS;
  for (;;) {
    const state = await api(school, 'GET', `/v1/imports/${id}`);
    measure();
    if (until(state)) return state;
    if (state.state === 'failed') throw new Error(`the import failed: ${JSON.stringify(state)}`);
    if (Date.now() > end) throw new Error(`the import hangs: ${JSON.stringify(state)}`);
    await sleep(100);
  }
}

function measure() {
  peakMb = Math.max(peakMb, residentMb());
}

/** @returns what the service holds now; the launcher's only Node child is the service */
function residentMb() {
  for (const pid of descendants(launcher.pid)) {
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      if (!command.includes('main.js')) continue;
      const resident = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
      return Number(resident?.[1] ?? 0) / 1024;
    } catch {
      // the process ended while it was looked at
    }
  }
  return 0;
}

async function api(school, method, path, form) {
  const response = await fetch(url + path, {
    method,
    headers: { authorization: `Bearer ${school.key}` },
    ...(form && { body: form }),
  });
  const body = await response.json();
  if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(body)}`);
  return body;
}

function expect(what, seen, wanted) {
  if (seen !== wanted) throw new Error(`${what}: ${seen}, not ${wanted}`);
  console.log(`✓ ${what}`);
}

function sleep(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
