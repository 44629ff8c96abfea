import type { Bench, Claim } from './support/claims.js';
import { say } from './support/progress.js';
import { conversionClaims } from './ledger/conversions.js';
import { delayClaims } from './ledger/delay.js';
import { doorClaims } from './ledger/door.js';
import { growthClaims } from './ledger/growth.js';
import { pgledgerClaims } from './ledger/pgledger.js';
import { type Server, startServer } from './ledger/server.js';

/** What the ledger promises of its speed, each promise beside its measure in this one run. */
export async function run(bench: Bench): Promise<Claim[]> {
  const { options } = bench;
  const checkout = options.pgledger ?? process.env['PGLEDGER'];
  const parts: Record<string, () => Promise<Claim[]>> = {
    door: () => onServer(bench, doorClaims),
    pgledger: () => onServer(bench, (server) => pgledgerClaims(server, checkout)),
    conversions: () => onServer(bench, conversionClaims),
    delay: () => delayClaims(bench),
    growth: () => growthClaims(bench),
  };
  const claims: Claim[] = [];
  for (const [name, part] of Object.entries(parts)) {
    if (options.only !== undefined && !options.only.split(',').includes(name)) continue;
    say(name);
    claims.push(...(await part()));
  }
  return claims;
}

async function onServer(
  bench: Bench,
  part: (server: Server) => Promise<Claim[]>,
): Promise<Claim[]> {
  const server = await startServer(bench);
  try {
    return await part(server);
  } finally {
    await server.close();
  }
}
