import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Bench, Claim } from '../support/claims.js';
import { atMost } from '../support/claims.js';
import { say } from '../support/progress.js';
import { pairedRatios } from '../support/statistics.js';

const CHILD = fileURLToPath(new URL('./memory.child.js', import.meta.url));
/** As bin/lib/application.mjs starts the service; its flags of Node are those of this process. */
const MEMORY_ENV = {
  MALLOC_ARENA_MAX: '2',
  MALLOC_MMAP_THRESHOLD_: '131072',
  MALLOC_TRIM_THRESHOLD_: '131072',
};
const GOAL = 1.2;
const SMALL = 10_000;
const LARGE = 1_000_000;
const QUICK_LARGE = 100_000;

/** The most memory that the importing process has, for a large file against a small one. */
export async function memoryClaims({ startPostgres, options }: Bench): Promise<Claim[]> {
  const large = options.quick ? QUICK_LARGE : LARGE;
  const peaks = new Map<number, number>();
  for (const rows of [SMALL, large]) {
    say(`memory, ${rows} rows`);
    const child = [...process.execArgv, CHILD, await startPostgres(), String(rows)];
    const { stdout } = await promisify(execFile)(process.execPath, child, {
      env: { ...MEMORY_ENV, ...process.env },
    });
    const { peakKib } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as { peakKib: number };
    peaks.set(rows, peakKib);
  }
  const [small, most] = [peaks.get(SMALL) as number, peaks.get(large) as number];
  const mib = (kib: number): string => `${Math.round(kib / 1024)} MiB`;
  const ratios = pairedRatios([most], [small]);
  const note = `${SMALL} rows ${mib(small)}, ${large} rows ${mib(most)} resident at most`;
  return [atMost('memory of an import of 1 M rows against 10 k', GOAL, ratios, note)];
}
