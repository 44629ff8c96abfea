import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { releaseLock, takeLock } from '../lib/lock.mjs';
import { canConnect } from '../lib/postgres/bootstrap.mjs';
import { clusterFolder, readMemory } from '../lib/postgres/cluster.mjs';
import { openPostgres } from '../lib/postgres/open.mjs';
import { runningServer } from '../lib/postgres/pid-file.mjs';
import { prepareServer } from '../lib/prepare.mjs';
import { Refusal } from '../lib/refusal.mjs';
import { CliFailure } from './failure.mjs';

export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Adds the two options that say which database a command works on. */
export function withDatabaseOptions(command) {
  return command
    .option('--database <url>', 'PostgreSQL to work on (otherwise DATABASE_URL, or --data-dir)')
    .option('--data-dir <dir>', 'folder of `npm start` (otherwise DATA_DIR, or .data)');
}

/**
 * Runs `work` with the URL of the chosen database. Without a running server in the data folder one
 * is started for the time of the command; `create` lets it make a new one.
 */
export async function withDatabase(options, work, { create = false } = {}) {
  const url = options.database ?? (options.dataDir ? undefined : process.env.DATABASE_URL);
  if (url) return work(url);
  const dataDir = dataDirOf(options);
  const running = runningUrl(dataDir);
  if (running) return work(running);
  if (!create && !existsSync(join(dataDir, 'postgres.json'))) {
    throw new CliFailure(
      `${dataDir} holds no database. Give --database URL, or --data-dir with the folder of \`npm start\`.`,
    );
  }
  return withOwnServer(dataDir, work);
}

/** The URL of the server that runs on this data folder; undefined when none does. */
export function runningUrl(dataDir) {
  if (!existsSync(join(dataDir, 'postgres.json'))) return undefined;
  const memory = readMemory(dataDir);
  const found = runningServer(clusterFolder(dataDir, memory));
  return found ? urlOf(memory.password, found.port) : undefined;
}

function urlOf(password, port) {
  return `postgres://creditbank:${password}@127.0.0.1:${port}/creditbank`;
}

export function dataDirOf({ dataDir }) {
  return resolve(dataDir ?? process.env.DATA_DIR ?? '.data');
}

/** Holds the lock of `npm start`, so that no service moves in while we stop the server again. */
async function withOwnServer(dataDir, work) {
  mkdirSync(dataDir, { recursive: true });
  const lock = join(dataDir, 'launcher.lock');
  const other = await takeLock(lock);
  if (other) {
    throw new CliFailure(`${dataDir} is being started or stopped by process ${other.holder.pid}.`);
  }
  let opened;
  try {
    opened = await openPostgres({ root: ROOT, dataDir });
    return await work(opened.url);
  } catch (error) {
    throw error instanceof Refusal ? new CliFailure(error.message) : error;
  } finally {
    await opened?.server.stop();
    releaseLock(lock);
  }
}

/** Fails with a sentence instead of a stack trace when nothing answers under the URL. */
export async function requireDatabase(url) {
  if (await canConnect(url)) return;
  throw new CliFailure(`PostgreSQL does not answer at ${withoutPassword(url)}.`);
}

function withoutPassword(url) {
  try {
    const shown = new URL(url);
    shown.password = '';
    return shown.toString();
  } catch {
    return 'the given URL';
  }
}

/** Says what takes time, not what is in order; standard output belongs to the command's answer. */
const QUIET = {
  say: (text) => console.error(text),
  step: (label, work) => work((doing) => console.error(`• ${label}: ${doing}`)),
};

/** A module of the built server, which is built first when its sources have changed. */
export async function loadBuilt(path) {
  try {
    await prepareServer({ root: ROOT, progress: QUIET });
  } catch (error) {
    throw error instanceof Refusal ? new CliFailure(error.message) : error;
  }
  return import(new URL(`../../dist/${path}`, import.meta.url).href);
}
