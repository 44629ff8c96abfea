import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Bench, type Claim, atMost } from '../support/claims.js';
import { say } from '../support/progress.js';
import { pairedRatios } from '../support/statistics.js';

const CHILD = fileURLToPath(new URL('./simulation.child.js', import.meta.url));
/** As bin/lib/application.mjs starts the service. */
const MEMORY_FLAGS = ['--heap-growing-percent=100'];
const GOAL = 1.2;

/** What one child saw of its simulation. */
interface Seen {
  readonly peakKib: number;
  readonly learners: number;
  readonly seconds: number;
}

/** Memory of the process that simulates a rule which touches everybody, by the size of the bank. */
export async function simulationClaims({ startPostgres, options }: Bench): Promise<Claim[]> {
  const sizes = options.quick ? [1_000, 5_000] : [10_000, 100_000];
  const seen: Seen[] = [];
  for (const learners of sizes) {
    say(`simulation over ${learners.toLocaleString('en')} learners`);
    const child = [...MEMORY_FLAGS, CHILD, await startPostgres(), String(learners)];
    const { stdout } = await promisify(execFile)(process.execPath, child);
    seen.push(JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Seen);
  }
  const [small, large] = seen as [Seen, Seen];
  const told = seen.map(
    ({ learners, peakKib, seconds }) =>
      `${learners.toLocaleString('en')} learners ${Math.round(peakKib / 1024)} MiB resident at ` +
      `most, ${Math.round(learners / seconds)} a second`,
  );
  return [
    atMost(
      'memory of a simulation, ten times the learners',
      GOAL,
      pairedRatios([large.peakKib], [small.peakKib]),
      told.join('; '),
    ),
  ];
}
