import assert from 'node:assert';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from 'pg';
import { Ledger } from '../../src/ledger/index.js';
import { Database } from '../../src/platform/database/index.js';
import { type Claim, atLeast, skipped } from '../support/claims.js';
import { type Comparison, type Variant, compare } from '../support/rounds.js';
import { emptyTables } from '../support/tables.js';
import { BOOKS, Poster } from './door.js';
import type { Server } from './server.js';

/** In the order in which pgledger's own justfile loads them. */
const FILES = [
  'vendor/scoville-pgsql-ulid/ulid-to-uuid.sql',
  'vendor/scoville-pgsql-ulid/uuid-to-ulid.sql',
  'pgledger.sql',
];
const TABLES = ['pgledger_entries', 'pgledger_transfers'];
const ISSUERS = 50;
const LEARNERS = 20_000;
const CALLERS = 4;
const BATCHES = [100, 1000] as const;
const DOOR_SIZE = 1000;

const CLAIMS = {
  calls: `write door, batch ${DOOR_SIZE} : pgledger one by one, ${CALLERS} connections`,
  batch: `write door, batch ${DOOR_SIZE} : pgledger's best batch, ${CALLERS} connections`,
  single: `write door, one line a transaction : pgledger one by one, ${CALLERS} connections`,
} as const;

/** Against the ledger in PL/pgSQL that is nearest to ours. Its code is never part of this project. */
export async function pgledgerClaims(
  server: Server,
  checkout: string | undefined,
): Promise<Claim[]> {
  if (checkout === undefined) {
    const why = 'no checkout; git clone https://github.com/pgr0ss/pgledger, then --pgledger PATH';
    return [
      skipped(`${CLAIMS.calls}, at least`, 30, why),
      skipped(`${CLAIMS.batch}, at least`, 10, why),
      skipped(`${CLAIMS.single}, at least`, 1.4, why),
    ];
  }
  const missing = FILES.find((file) => !existsSync(join(checkout, file)));
  if (missing) throw new Error(`${checkout} is no checkout of pgledger: ${missing} is missing`);
  const accounts = await load(server.owner, checkout);
  const poster = new Poster(server.context.get(Database), server.context.get(Ledger));
  const comparison = await compare(
    [
      transfers('pgledger, single calls', 1, { server, accounts }),
      ...BATCHES.map((size) => transfers(batchName(size), size, { server, accounts })),
      door('door, batch', DOOR_SIZE, { server, poster }),
      door('door, single lines', 1, { server, poster }),
    ],
    server.round,
  );
  return toClaims(comparison);
}

function toClaims(comparison: Comparison): Claim[] {
  const best = comparison.fastest(BATCHES.map(batchName));
  const ratio = (claim: string, goal: number, [over, under]: [string, string]): Claim =>
    atLeast(
      claim,
      goal,
      comparison.ratios(over, under),
      `${comparison.describe(over)}; ${comparison.describe(under)}`,
    );
  return [
    ratio(CLAIMS.calls, 30, ['door, batch', 'pgledger, single calls']),
    ratio(CLAIMS.batch, 10, ['door, batch', best]),
    ratio(CLAIMS.single, 1.4, ['door, single lines', 'pgledger, single calls']),
  ];
}

function batchName(size: number): string {
  return `pgledger, batch ${size}`;
}

interface Accounts {
  readonly issuers: readonly string[];
  readonly learners: readonly string[];
}

/** An account for every school and learner, as a school's file would need them. */
async function load(owner: Client, checkout: string): Promise<Accounts> {
  for (const file of FILES) await owner.query(readFileSync(join(checkout, file), 'utf8'));
  const make = async (kind: string, count: number): Promise<string[]> => {
    const { rows } = await owner.query<{ id: string }>(
      `SELECT a.id FROM generate_series(1, $2::int) AS n,
              pgledger_create_account($1::text || '.' || n, 'CREDIT') AS a`,
      [kind, count],
    );
    return rows.map(({ id }) => id);
  };
  return { issuers: await make('issuer', ISSUERS), learners: await make('learner', LEARNERS) };
}

/** Ready text, one prepared statement: the same care as for our own statement. */
function transfers(
  name: string,
  size: number,
  { server, accounts }: { server: Server; accounts: Accounts },
): Variant {
  const { owner, clients } = server;
  const call = async (client: Client): Promise<{ rowCount: number | null }> => {
    const issuer = pick(accounts.issuers);
    if (size === 1) {
      return client.query({
        name: 'pgledger-one',
        text: 'SELECT id FROM pgledger_create_transfer($1, $2, $3)',
        values: [issuer, pick(accounts.learners), 1000],
      });
    }
    const requests = Array.from(
      { length: size },
      () => `"(${issuer},${pick(accounts.learners)},1000)"`,
    );
    return client.query({
      name: 'pgledger-many',
      text: 'SELECT id FROM pgledger_create_transfers($1::transfer_request[])',
      values: [`{${requests.join(',')}}`],
    });
  };
  return {
    name,
    callers: CALLERS,
    before: () => emptyTables(owner, TABLES),
    step: async (caller) => {
      const { rowCount } = await call(clients[caller] as Client);
      assert(rowCount === size, `pgledger made ${rowCount} of ${size} transfers`);
      return size;
    },
  };
}

function door(
  name: string,
  size: number,
  { server: { owner, lines }, poster }: { server: Server; poster: Poster },
): Variant {
  return {
    name,
    callers: CALLERS,
    before: () => emptyTables(owner, BOOKS),
    step: async () => {
      const batch = lines.take(size);
      const fresh = await poster.post(batch);
      assert(fresh === size, `${fresh} of ${size} lines were new`);
      return size;
    },
  };
}

function pick(ids: readonly string[]): string {
  return ids[Math.floor(Math.random() * ids.length)] as string;
}
