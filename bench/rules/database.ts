import assert from 'node:assert';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import { Clock } from '../../src/platform/clock/index.js';
import { Database } from '../../src/platform/database/index.js';
import { Rulebook } from '../../src/rulebook/index.js';
import { connect } from '../ledger/server.js';
import { startApplication } from '../support/application.js';
import { type Bench, type Claim, atMost } from '../support/claims.js';
import { say } from '../support/progress.js';
import { type Crowd, documentOf, fillCrowd, openBank } from './crowd.js';

const LIMIT_SECONDS = 120;
const LIMIT_MS = 30 * 60_000;
const FULL: Crowd = { learners: 990_000, outcomes: 5, rare: 10_000, reviewed: 1_000 };
const QUICK: Crowd = { learners: 19_800, outcomes: 5, rare: 200, reviewed: 20 };

interface RunRow {
  readonly state: string;
  readonly total: number | null;
  readonly done: number;
  readonly reconsidered: number;
  readonly listed: number | null;
}

/**
 * One changed rule over a bank of a million learners, every one of whom applied for its programme:
 * the affected ones are found, judged by both versions from the database, and their undecided
 * applications decided again, while the service's own queue does it.
 */
export async function databaseClaims({ startPostgres, options }: Bench): Promise<Claim[]> {
  const crowd = options.quick ? QUICK : FULL;
  const url = await startPostgres();
  const application = await startApplication(url, 'all');
  const { context } = application;
  const owner = await connect(url);
  try {
    const today = context.get(Clock).today();
    const startedAt = performance.now();
    await fillCrowd(context, owner, crowd, { ...(await openBank(context)), today });
    const all = (crowd.learners + crowd.rare).toLocaleString('en');
    say(`${all} learners written in ${secondsSince(startedAt).toFixed(0)} s`);
    const publishedAt = performance.now();
    await context
      .get(Database)
      .transaction((tx) => context.get(Rulebook).publish(tx, documentOf(2, today), 'bench'));
    const run = await untilDone(owner);
    const judged = secondsSince(publishedAt);
    await untilDecided(owner);
    const decided = secondsSince(publishedAt);
    assert.equal(run.total, crowd.rare, 'the affected are those with the rare outcome');
    assert.equal(run.done, crowd.rare);
    assert.equal(run.reconsidered, crowd.reviewed);
    const ratio = judged / LIMIT_SECONDS;
    return [
      atMost(
        `one changed rule, ${all} learners in the database : ${LIMIT_SECONDS} s`,
        1,
        { median: ratio, low: ratio, high: ratio, rounds: 1 },
        `${run.done} affected found in ${run.listed?.toFixed(1)} s and judged by both versions ` +
          `after ${judged.toFixed(1)} s; ${run.reconsidered} undecided applications decided again ` +
          `after ${decided.toFixed(1)} s`,
      ),
    ];
  } finally {
    await owner.end();
    await application.close();
  }
}

async function untilDone(owner: Client): Promise<RunRow> {
  for (const end = performance.now() + LIMIT_MS; performance.now() < end; await sleep(100)) {
    const { rows } = await owner.query<RunRow>(
      `SELECT state, total, done, reconsidered,
              extract(epoch FROM started_at - created_at)::float8 AS listed FROM reevaluation`,
    );
    if (rows[0]?.state === 'done') return rows[0];
  }
  throw new Error('the re-evaluation does not end');
}

async function untilDecided(owner: Client): Promise<void> {
  for (const end = performance.now() + LIMIT_MS; performance.now() < end; await sleep(100)) {
    const { rowCount } = await owner.query(
      `SELECT 1 FROM task WHERE done_at IS NULL AND failed_at IS NULL LIMIT 1`,
    );
    if (rowCount === 0) return;
  }
  throw new Error('applications are not decided');
}

function secondsSince(startedAt: number): number {
  return (performance.now() - startedAt) / 1000;
}
