import { type INestApplicationContext } from '@nestjs/common';
import pg from 'pg';
import { startApplication } from '../support/application.js';
import type { Bench } from '../support/claims.js';
import type { RoundOptions } from '../support/rounds.js';
import { serverCpuOf } from '../support/server-cpu.js';
import { Lines } from './lines.js';

const LEARNERS = 100_000;
const CLIENTS = 8;

/** One PostgreSQL with the ledger on it, and everything the comparisons share. */
export interface Server {
  readonly context: INestApplicationContext;
  /** Works as the owner of the tables, which the application does not. */
  readonly owner: pg.Client;
  readonly clients: readonly pg.Client[];
  readonly lines: Lines;
  readonly round: RoundOptions;
  close(): Promise<void>;
}

export async function startServer({ startPostgres, options }: Bench): Promise<Server> {
  const url = await startPostgres();
  const application = await startApplication(url, 'app');
  const clients = await Promise.all(Array.from({ length: CLIENTS + 1 }, () => connect(url)));
  const [owner, ...rest] = clients as [pg.Client, ...pg.Client[]];
  const { quick = false } = options;
  return {
    context: application.context,
    owner,
    clients: rest,
    lines: new Lines(quick ? LEARNERS / 10 : LEARNERS),
    round: {
      rounds: quick ? 3 : 7,
      seconds: quick ? 0.4 : 1,
      serverCpu: await serverCpuOf(owner),
    },
    close: async () => {
      await Promise.all(clients.map((client) => client.end()));
      await application.close();
    },
  };
}

export async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
}
