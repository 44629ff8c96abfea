import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureServerBuilt, ensureWebBuilt } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { releaseLock, takeLock } from './lock.mjs';
import { waitUntil } from './process.mjs';
import { Refusal } from './refusal.mjs';

const OTHER_PREPARATION_MS = 15 * 60_000;

/** Installs the packages of the server, as far as they are missing. */
export function prepareServerPackages({ root, progress, track }) {
  return whileLocked(root, progress, () => installServer({ root, progress, track }));
}

/** Installs and builds server and pages, as far as needed; the two halves run side by side. */
export function prepareService({ root, progress, track }) {
  const tools = { root, progress, track };
  return whileLocked(root, progress, () =>
    allOrFirstError([prepareServer(tools), prepareWeb(tools)]),
  );
}

async function prepareServer({ root, progress, track }) {
  await installServer({ root, progress, track });
  await progress.step('server build', (say) => ensureServerBuilt(root, { say, track }));
}

function installServer({ root, progress, track }) {
  return progress.step('server packages', (say) => ensureInstalled(root, { say, track }));
}

async function prepareWeb({ root, progress, track }) {
  const folder = join(root, 'web');
  await progress.step('pages packages', (say) => ensureInstalled(folder, { say, track }));
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
async function whileLocked(root, progress, work) {
  const file = join(root, '.data', 'install.lock');
  const isTaken = async () => (await takeLock(file)) === undefined;
  try {
    mkdirSync(join(root, '.data'), { recursive: true });
    if (!(await isTaken())) {
      progress.say('• another start is installing or building here: waiting for it');
      const isFree = await waitUntil(isTaken, OTHER_PREPARATION_MS, 500);
      if (!isFree) throw new Refusal(`${file} was held by another process for too long.`);
    }
  } catch (error) {
    // Where we may not write, nobody installs: what is there must do.
    if (error.code !== 'EACCES' && error.code !== 'EROFS') throw error;
  }
  try {
    return await work();
  } finally {
    releaseLock(file);
  }
}
