#!/usr/bin/env node
// Makes files that were made to harm, sends each to a service of its own, and looks at the answer, its
// time, the memory it took, and what other callers felt meanwhile. Fails when a limit is passed.
//
//   npm run test:hostile [-- --only WORD] [--without-limits]
//
// `--without-limits` takes the limits of the readers away: then it must fail (npm run test:teeth).
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { NODE_FLAGS } from '../../bin/lib/application.mjs';
import { prepareServer } from '../../bin/lib/prepare.mjs';
import { sleep } from '../../bin/lib/process.mjs';
import { Progress } from '../../bin/lib/progress.mjs';
import { openScratchPostgres } from '../../bin/lib/scratch-postgres.mjs';
import { fileForm, send } from '../faults/lib/http.mjs';
import { furnish, openService, person } from '../faults/lib/world.mjs';
import { hostileFiles } from './lib/files.mjs';

const ANSWER_MS = 2_000;
const MEMORY_MIB = 200;
/** What another caller may wait while a file is read. */
const OTHERS_MS = 1_000;
const GIVE_UP_MS = 60_000;

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    'without-limits': { type: 'boolean', default: false },
  },
});
const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
await prepareServer({ root, progress: new Progress(process.stderr) });
const dataDir = mkdtempSync(join(tmpdir(), 'creditbank-hostile-'));
const built = values['without-limits'] ? withoutLimits() : join(root, 'dist');
const database = await openScratchPostgres({ root });
const port = 20_000 + Math.floor(Math.random() * 12_000);
let service;

try {
  const env = { DATABASE_URL: database.url, DATA_DIR: dataDir, ALLOW_DATA_LOSS: 'true' };
  env.SEED_DEMONSTRATION = 'false';
  const inside = await openService({ root, env });
  const [school] = await furnish(inside);
  await inside.close();
  service = await start(env);
  const files = hostileFiles({ course: school.course, person });
  // The first file of all warms up what is loaded once.
  await sendFile(
    school,
    files.find(({ name }) => name.includes('twice.csv')),
  );
  let failed = 0;
  const chosen = files.filter(({ name }) => name.includes(values.only));
  for (const file of chosen) failed += (await judge(school, file)) ? 0 : 1;
  console.log(
    `${chosen.length - failed} of ${chosen.length} hostile files are answered as promised`,
  );
  process.exitCode = failed === 0 ? 0 : 1;
} finally {
  service?.kill('SIGKILL');
  database.remove();
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
  if (values['without-limits']) rmSync(built, { recursive: true, force: true });
}

/** The whole service in one process, as `npm start` runs it. */
function start(env) {
  const entry = join(built, 'src', 'main.js');
  const child = spawn(process.execPath, [...NODE_FLAGS, entry], {
    cwd: root,
    env: { ...process.env, ...env, PORT: String(port), PROCESS_ROLE: 'all' },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  return new Promise((resolve, reject) => {
    child.stdout.on('data', (text) => /^ready/m.test(text) && resolve(child));
    child.on('exit', (code) => reject(new Error(`the service ended with ${code}`)));
  });
}

/** A copy of the compiled service whose readers believe everything. */
function withoutLimits() {
  const copy = join(root, 'dist-without-limits');
  cpSync(join(root, 'dist'), copy, { recursive: true });
  const file = join(copy, 'src', 'imports', 'files', 'limits.js');
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace(/^( +\w+): [^,\n]+,$/gm, '$1: Number.MAX_SAFE_INTEGER,'));
  return copy;
}

async function judge(school, file) {
  const bytes = file.bytes();
  const before = resetPeak(service.pid);
  const others = new AbortController();
  const waits = askMeanwhile(others.signal);
  const { answer, faults, tookMs } = await sendFile(school, file, bytes);
  others.abort();
  const { slowestMs, wrong } = await waits;
  const grownMiB = peak(service.pid) - before;
  const complaints = [
    ...complaintsOf(file, answer, faults),
    ...(tookMs > ANSWER_MS ? [`took ${tookMs} ms`] : []),
    ...(grownMiB > MEMORY_MIB ? [`took ${grownMiB.toFixed(0)} MiB`] : []),
    ...(slowestMs > OTHERS_MS ? [`others waited ${slowestMs} ms`] : []),
    ...(wrong > 0 ? [`${wrong} others were not answered`] : []),
  ];
  const sizes = `${(bytes.length / 1e6).toFixed(1)} MB, ${tookMs} ms, ${grownMiB.toFixed(0)} MiB more`;
  const what = answer.code ?? `${answer.rows} rows${faults.length ? `, ${faults[0]}` : ''}`;
  console.log(
    `${complaints.length ? '✗' : '✓'} ${file.name}: ${what} (${sizes}, others ${slowestMs} ms)`,
  );
  for (const complaint of complaints) console.log(`    ${complaint}`);
  return complaints.length === 0;
}

function complaintsOf({ wants, rows, faults: wanted }, { code, rows: found }, faults) {
  if (wants)
    return wants.includes(code) ? [] : [`answered ${code ?? `${found} rows`}, not ${wants}`];
  if (wanted) {
    return wanted.some((one) => faults.includes(one)) ? [] : [`found ${faults}, not ${wanted}`];
  }
  return code === null && found === rows
    ? []
    : [`answered ${code ?? `${found} rows`}, not ${rows}`];
}

/** Sends a file and waits for its verdict. */
async function sendFile({ key }, file, bytes = file.bytes()) {
  const startedAt = performance.now();
  const form = fileForm(file.name, bytes);
  const sent = await send({ port, method: 'POST', path: '/v1/imports', key, form });
  let { body } = sent;
  while (sent.status === 202 && ['received', 'checking'].includes(body.state)) {
    if (performance.now() - startedAt > GIVE_UP_MS) break;
    await sleep(20);
    ({ body } = await send({ port, method: 'GET', path: `/v1/imports/${sent.body.id}`, key }));
  }
  const tookMs = Math.round(performance.now() - startedAt);
  if (sent.status !== 202) return { answer: { code: sent.body.code }, faults: [], tookMs };
  const path = `/v1/imports/${sent.body.id}/rows?limit=20`;
  const { items = [] } = (await send({ port, method: 'GET', path, key })).body;
  const code = body.problem?.code ?? (body.state === 'checked' ? null : body.state);
  return { answer: { code, rows: body.rows?.read }, faults: items.map((one) => one.code), tookMs };
}

/** Another caller, who asks for something small all the time. */
async function askMeanwhile(signal) {
  let [slowestMs, wrong] = [0, 0];
  while (!signal.aborted) {
    const startedAt = performance.now();
    const answer = await fetch(`http://127.0.0.1:${port}/v1/institutions`).catch(() => undefined);
    slowestMs = Math.max(slowestMs, Math.round(performance.now() - startedAt));
    await answer?.arrayBuffer();
    if (answer?.status !== 200) wrong += 1;
    await sleep(20);
  }
  return { slowestMs, wrong };
}

/** Forgets the largest memory a process had, and answers what it has, in MiB (proc(5)). */
function resetPeak(pid) {
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
  return memory(pid, 'VmRSS');
}

function peak(pid) {
  return memory(pid, 'VmHWM');
}

function memory(pid, name) {
  const line = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm');
  return Number(line.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
}
