import { setTimeout as sleep } from 'node:timers/promises';
import type { World } from './world.js';

const ENDS_WITHIN_MS = 60_000;

/** Waits until the newest publication for a programme has looked at everybody whom it touches. */
export async function ended(world: World, programme: string): Promise<void> {
  for (const end = Date.now() + ENDS_WITHIN_MS; Date.now() < end; await sleep(50)) {
    const [run] = await world.database.read((tx) =>
      tx.query<{ state: string }[]>(
        'SELECT state FROM reevaluation WHERE programme = $1 ORDER BY version DESC LIMIT 1',
        [programme],
      ),
    );
    if (run?.state === 'done') return;
  }
  throw new Error(`the re-evaluation of ${programme} does not end`);
}
