import { existsSync, readFileSync, readdirSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { processIdentity, programName, waitUntil } from '../process.mjs';

const BACKENDS_END_MS = 10_000;

/** The server that runs on this folder. postmaster.pid alone is no proof: it outlives a crash. */
export function runningServer(folder) {
  const found = readPidFile(folder);
  if (!found || processIdentity(found.pid) === undefined) return undefined;
  return worksIn(found.pid, realpathSync(folder)) ? found : undefined;
}

/**
 * Ends the server on this folder and returns when it is gone; what was not written is lost.
 * Synchronous, for handlers that run while the process ends.
 */
export function killServer(folder) {
  const found = runningServer(folder);
  if (!found) return;
  process.kill(found.pid, 'SIGQUIT');
  const clock = new Int32Array(new SharedArrayBuffer(4));
  for (let waits = 0; waits < 100 && processIdentity(found.pid) !== undefined; waits += 1) {
    Atomics.wait(clock, 0, 0, 50);
  }
}

/**
 * PostgreSQL refuses to start while the number in postmaster.pid is in use, be it by a stranger or
 * by its own dead process that nobody collected (a container whose first process does not reap).
 * The file is removed only when no backend of the dead server is left: it protects against those.
 */
export async function dropStalePidFile(folder) {
  const found = readPidFile(folder);
  if (!found || !isNumberTaken(found.pid)) return;
  const home = realpathSync(folder);
  const areGone = () => processesIn(home).length === 0;
  if (!(await waitUntil(areGone, BACKENDS_END_MS))) {
    for (const pid of processesIn(home)) process.kill(pid, 'SIGKILL');
    await waitUntil(areGone, BACKENDS_END_MS);
  }
  rmSync(join(folder, 'postmaster.pid'), { force: true });
}

function readPidFile(folder) {
  const file = join(folder, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const [pid, , , port] = readFileSync(file, 'utf8').split('\n');
  return { pid: Number(pid), port: Number(port) };
}

function isNumberTaken(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Every process of a server has its data folder as working directory. */
function worksIn(pid, home) {
  if (process.platform !== 'linux') return programName(pid) === 'postgres';
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === home;
  } catch {
    return false;
  }
}

function processesIn(home) {
  if (process.platform !== 'linux') return [];
  const pids = readdirSync('/proc').map(Number).filter(Number.isInteger);
  return pids.filter((pid) => processIdentity(pid) !== undefined && worksIn(pid, home));
}
