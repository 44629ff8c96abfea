import type { Bench, Claim } from './support/claims.js';
import { say } from './support/progress.js';
import { conversionClaims } from './ledger/conversions.js';
import { doorClaims } from './ledger/door.js';
import { growthClaims } from './ledger/growth.js';
import { pgledgerClaims } from './ledger/pgledger.js';
import { type Server, startServer } from './ledger/server.js';

/** What the ledger promises of its speed, each promise beside its measure in this one run. */
export async function run(bench: Bench): Promise<Claim[]> {
  const { options } = bench;
  const checkout = options.pgledger ?? process.env['PGLEDGER'];
  const onServer: Record<string, (server: Server) => Promise<Claim[]>> = {
    door: doorClaims,
    pgledger: (server) => pgledgerClaims(server, checkout),
    conversions: conversionClaims,
  };
  const isWanted = (name: string): boolean =>
    options.only === undefined || options.only.split(',').includes(name);
  const claims: Claim[] = [];
  const server = await startServer(bench);
  try {
    for (const [name, part] of Object.entries(onServer).filter(([name]) => isWanted(name))) {
      say(name);
      claims.push(...(await part(server)));
    }
  } finally {
    await server.close();
  }
  if (isWanted('growth')) {
    say('growth');
    claims.push(...(await growthClaims(bench)));
  }
  return claims;
}
