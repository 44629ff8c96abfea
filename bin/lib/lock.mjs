import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { describeProcess, isRunning, sleep } from './process.mjs';

/**
 * Takes a lock file for this process and answers undefined, or answers what its living holder
 * wrote. A file whose process is gone is nobody's: `onAbandoned` sees it, then it is replaced.
 */
export async function takeLock(file, { details = {}, onAbandoned } = {}) {
  const content = JSON.stringify({ ...details, holder: describeProcess(process.pid) });
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      writeFileSync(file, content, { flag: 'wx', mode: 0o600 });
      return undefined;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const found = readLock(file);
    if (isRunning(found?.holder)) return found;
    // A file without content may be one that its maker is about to fill.
    if (!found) await sleep(300);
    else await onAbandoned?.(found);
    rmSync(file, { force: true });
  }
  throw new Error(`${file} is taken again and again`);
}

/** Tells others more about the holder, in one step: they never read half a file. */
export function describeLock(file, details) {
  const content = JSON.stringify({ ...details, holder: describeProcess(process.pid) });
  writeFileSync(`${file}.new`, content, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

export function releaseLock(file) {
  if (readLock(file)?.holder?.pid === process.pid) rmSync(file, { force: true });
}

/** What the holder wrote; undefined when there is no such file. */
export function readLock(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
