import { setTimeout as sleep } from 'node:timers/promises';

/** No promise of speed: a machine with other work to do is late, and no fault of what is tested. */
const PATIENCE_MS = 90_000;
const LOOK_EVERY_MS = 50;

/**
 * Looks until there is something to see, for what happens by itself.
 * @param look answers with something truthy, once it has happened
 * @param what is said when it never does
 * @returns what was seen
 */
export async function until<T>(
  what: string,
  look: () => T | Promise<T>,
): Promise<Exclude<Awaited<T>, undefined | null | false>> {
  const end = performance.now() + PATIENCE_MS;
  for (;;) {
    const seen = await look();
    if (seen) return seen as Exclude<Awaited<T>, undefined | null | false>;
    if (performance.now() > end) throw new Error(`waited in vain: ${what}`);
    await sleep(LOOK_EVERY_MS);
  }
}
