import { accessSync, constants, existsSync, readFileSync, statSync, statfsSync } from 'node:fs';
import { join } from 'node:path';

const OLDEST_NODE = [20, 19];
const LEAST_FREE_BYTES = 1024 ** 3;
const REDIS_TIMEOUT_MS = 3_000;
const KEYS = { MASTER_KEY: 'master.key', INDEX_KEY: 'index.key', LOG_KEY: 'log.key' };

export function checkNode(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  const isNewEnough =
    major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]);
  const advice = isNewEnough ? '' : `; install ${OLDEST_NODE.join('.')} or newer`;
  return { name: 'node', ok: isNewEnough, detail: version + advice };
}

/** The keys that are nowhere else: without them names and numbers cannot be read again. */
export function checkKeys(dataDir, env = process.env) {
  return Object.entries(KEYS).map(([name, file]) => {
    const path = join(dataDir, 'keys', file);
    const { ok, detail } = env[name] ? checkText(env[name], 'set') : checkFile(path);
    return { name, ok, detail };
  });
}

function checkText(text, where) {
  const ok = /^[0-9a-f]{64}$/i.test(text.trim());
  return { ok, detail: ok ? where : `${where}, but not 64 hex digits` };
}

function checkFile(path) {
  if (!existsSync(path)) {
    const advice = 'a first start makes it; if there was one, put its copy back before you start';
    return { ok: false, detail: `${path} is missing; ${advice}` };
  }
  try {
    accessSync(path, constants.R_OK);
    const found = checkText(readFileSync(path, 'utf8'), path);
    if (!found.ok || !isOpenToOthers(path)) return found;
    return { ok: false, detail: `${path} can be read by others: chmod 600 ${path}` };
  } catch (error) {
    return { ok: false, detail: `${path} cannot be read (${error.code}): whose file is it?` };
  }
}

function isOpenToOthers(path) {
  return process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0;
}

export function checkDisk(dataDir) {
  if (!existsSync(dataDir)) {
    return { name: 'disk', ok: false, detail: `${dataDir} is missing: set DATA_DIR` };
  }
  const { bavail, bsize } = statfsSync(dataDir);
  const free = bavail * bsize;
  const advice = free < LEAST_FREE_BYTES ? '; make room before the database has none' : '';
  const detail = `${(free / 1024 ** 3).toFixed(1)} GiB free at ${dataDir}${advice}`;
  return { name: 'disk', ok: !advice, detail };
}

/** Nothing to say where Redis is not used. */
export async function checkRedis(url = process.env.REDIS_URL) {
  if (!url) return [];
  const { Redis } = await import('ioredis');
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: REDIS_TIMEOUT_MS,
    maxRetriesPerRequest: 1,
    retryStrategy: () => null,
  });
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    await redis.ping();
    return [{ name: 'Redis', ok: true, detail: 'answers' }];
  } catch (error) {
    const advice = '; start it, or leave REDIS_URL out: the queue then lives in PostgreSQL';
    return [{ name: 'Redis', ok: false, detail: error.message + advice }];
  } finally {
    redis.disconnect();
  }
}
