import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureServerBuilt, ensureWebBuilt } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { describeLock, releaseLock, takeLock } from './lock.mjs';
import { describeProcess, isRunning, waitUntil } from './process.mjs';
import { Refusal } from './refusal.mjs';

const noTracking = () => () => undefined;
const OTHER_PREPARATION_MS = 15 * 60_000;

/** Installs the packages of the server, as far as they are missing. */
export function prepareServerPackages({ root, progress, track = noTracking }) {
  return whileLocked({ root, progress, track }, installServer);
}

/** Installs the packages of server and pages, as far as they are missing. */
export function prepareAllPackages({ root, progress, track = noTracking }) {
  return whileLocked({ root, progress, track }, (tools) =>
    allOrFirstError([installServer(tools), installWeb(tools)]),
  );
}

/** Installs and builds server and pages, as far as needed; the two halves run side by side. */
export function prepareService({ root, progress, track }) {
  return whileLocked({ root, progress, track }, (tools) =>
    allOrFirstError([makeServer(tools), makeWeb(tools)]),
  );
}

/** Installs and builds the server alone. */
export function prepareServer({ root, progress, track = noTracking }) {
  return whileLocked({ root, progress, track }, makeServer);
}

async function makeServer({ root, progress, track }) {
  await installServer({ root, progress, track });
  await progress.step('server build', (say) => ensureServerBuilt(root, { say, track }));
}

function installServer({ root, progress, track }) {
  return progress.step('server packages', (say) => ensureInstalled(root, { say, track }));
}

function installWeb({ root, progress, track }) {
  const folder = join(root, 'web');
  return progress.step('pages packages', (say) => ensureInstalled(folder, { say, track }));
}

async function makeWeb({ root, progress, track }) {
  await installWeb({ root, progress, track });
  await progress.step('pages build', (say) => ensureWebBuilt(root, { say, track }));
}

/** Waits for all: when one half fails the other must not be left running behind the message. */
export async function allOrFirstError(promises) {
  const results = await Promise.allSettled(promises);
  const failed = results.find(({ status }) => status === 'rejected');
  if (failed) throw failed.reason;
  return results.map(({ value }) => value);
}

/** `npm start` and `npm test` may begin side by side on a fresh clone: one of them installs. */
async function whileLocked({ root, progress, track }, work) {
  const file = join(root, '.data', 'install.lock');
  try {
    mkdirSync(join(root, '.data'), { recursive: true });
    await takeInstallLock(file, progress);
  } catch (error) {
    // Where we may not write, nobody installs: what is there must do.
    if (error.code !== 'EACCES' && error.code !== 'EROFS') throw error;
    return work({ root, progress, track });
  }
  try {
    return await work({ root, progress, track: noteIn(file, track) });
  } finally {
    releaseLock(file);
  }
}

async function takeInstallLock(file, progress) {
  const isTaken = async () => (await takeLock(file, { onAbandoned: killHelpers })) === undefined;
  if (await isTaken()) return;
  progress.say('• another start is installing or building here: waiting for it');
  const isFree = await waitUntil(isTaken, OTHER_PREPARATION_MS, 500);
  if (!isFree) throw new Refusal(`${file} was held by another process for too long.`);
}

/** Writes npm and the compiler into the lock file: they go on when we are killed. */
function noteIn(file, track) {
  const helpers = new Map();
  const write = () => describeLock(file, { helpers: [...helpers.values()] });
  return (child) => {
    const forget = track(child);
    helpers.set(child, describeProcess(child.pid));
    write();
    return () => {
      forget();
      helpers.delete(child);
      write();
    };
  };
}

/** Two npm in one folder would tear it apart. */
async function killHelpers({ helpers = [] }) {
  const running = helpers.filter(isRunning);
  for (const { pid } of running) process.kill(pid, 'SIGKILL');
  await waitUntil(() => !running.some(isRunning), 5_000);
}
