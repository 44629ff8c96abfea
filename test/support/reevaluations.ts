import { until } from './until.js';
import type { World } from './world.js';

/** Waits until the newest publication for a programme has looked at everybody whom it touches. */
export async function ended(world: World, programme: string): Promise<void> {
  await until(`the re-evaluation of ${programme} ends`, async () => {
    const [run] = await world.database.read((tx) =>
      tx.query<{ state: string }[]>(
        'SELECT state FROM reevaluation WHERE programme = $1 ORDER BY version DESC LIMIT 1',
        [programme],
      ),
    );
    return run?.state === 'done';
  });
}
