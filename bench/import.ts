import { feedClaims } from './import/feed.js';
import { memoryClaims } from './import/memory.js';
import { speedClaims } from './import/speed.js';
import type { Bench, Claim } from './support/claims.js';
import { say } from './support/progress.js';

/** What is promised of files: how fast they become entries, and that memory does not grow with them. */
export async function run(bench: Bench): Promise<Claim[]> {
  const parts: Record<string, () => Promise<Claim[]>> = {
    speed: () => speedClaims(bench),
    feed: () => feedClaims(bench),
    memory: () => memoryClaims(bench),
  };
  const { only } = bench.options;
  const claims: Claim[] = [];
  for (const [name, part] of Object.entries(parts)) {
    if (only !== undefined && !only.split(',').includes(name)) continue;
    say(name);
    claims.push(...(await part()));
  }
  return claims;
}
