import { allocationClaims } from './rules/allocation.js';
import { databaseClaims } from './rules/database.js';
import { growthClaims } from './rules/growth.js';
import { matchClaims } from './rules/match.js';
import { populationClaims } from './rules/population.js';
import { rulebooksClaims } from './rules/rulebooks.js';
import { simulationClaims } from './rules/simulation.js';
import type { Bench, Claim } from './support/claims.js';
import { say } from './support/progress.js';

/** What is promised of rules: their speed, that cost follows matches, and the best allocation. */
export async function run(bench: Bench): Promise<Claim[]> {
  const parts: Record<string, () => Promise<Claim[]>> = {
    match: () => matchClaims(bench),
    growth: () => growthClaims(bench),
    rulebooks: () => rulebooksClaims(bench),
    population: () => populationClaims(bench),
    allocation: () => allocationClaims(bench),
    database: () => databaseClaims(bench),
    simulation: () => simulationClaims(bench),
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
