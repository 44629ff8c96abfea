import assert from 'node:assert';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import { Ledger } from '../../src/ledger/index.js';
import { Database } from '../../src/platform/database/index.js';
import { startApplication } from '../support/application.js';
import { type Bench, type Claim, atMost } from '../support/claims.js';
import { quantile } from '../support/statistics.js';
import { Poster } from './door.js';
import { Lines } from './lines.js';
import { connect } from './server.js';

const CALLERS = 4;
const SIZE = 1000;
const LEARNERS = 100_000;
const LIMIT_MS = 2_000;
const LOOK_EVERY_MS = 50;

/**
 * How long a posting waits for the log while everything posts as fast as it can: writers and
 * sequencer in one process, as `npm start` runs them. The id of a posting carries the millisecond
 * in which the door made it, so the age of the oldest one waiting includes its own transaction.
 */
export async function delayClaims({ startPostgres, options }: Bench): Promise<Claim[]> {
  const seconds = options.quick ? 4 : 20;
  const url = await startPostgres();
  const application = await startApplication(url, 'all');
  const watcher = await connect(url);
  try {
    const { context } = application;
    const poster = new Poster(context.get(Database), context.get(Ledger));
    const end = performance.now() + seconds * 1000;
    const [posted, ages] = await Promise.all([
      postUntil(end, poster, new Lines(LEARNERS)),
      agesUntil(end, watcher),
    ]);
    const inLog = await waitForLog(watcher);
    assert(inLog === posted, `${posted} entries were posted and ${inLog} are in the log`);
    return [toClaim(ages, { posted, seconds })];
  } finally {
    await watcher.end();
    await application.close();
  }
}

async function postUntil(end: number, poster: Poster, lines: Lines): Promise<number> {
  let posted = 0;
  const caller = async (): Promise<void> => {
    while (performance.now() < end) {
      const fresh = await poster.post(lines.take(SIZE));
      posted += fresh;
    }
  };
  await Promise.all(Array.from({ length: CALLERS }, caller));
  return posted;
}

/** The age of the oldest posting that the log does not hold, again and again. */
async function agesUntil(end: number, watcher: Client): Promise<number[]> {
  const ages: number[] = [];
  while (performance.now() < end) {
    const oldest = await oldestWaiting(watcher);
    ages.push(oldest === null ? 0 : Math.max(0, Date.now() - oldest));
    await sleep(LOOK_EVERY_MS);
  }
  return ages;
}

/** Milliseconds of the first posting in the feed, from its UUIDv7. */
async function oldestWaiting(watcher: Client): Promise<number | null> {
  const { rows } = await watcher.query<{ posting_id: string }>(
    'SELECT posting_id FROM feed ORDER BY posting_id LIMIT 1',
  );
  const id = rows[0]?.posting_id;
  return id === undefined ? null : Number.parseInt(id.replace('-', '').slice(0, 12), 16);
}

/** @returns how many entries the log holds once nothing waits */
async function waitForLog(watcher: Client): Promise<number> {
  while ((await oldestWaiting(watcher)) !== null) await sleep(LOOK_EVERY_MS);
  const { rows } = await watcher.query<{ size: string }>('SELECT size FROM log_head');
  return Number(rows[0]?.size);
}

function toClaim(ages: readonly number[], run: { posted: number; seconds: number }): Claim {
  const rate = Math.round(run.posted / run.seconds).toLocaleString('en');
  const at = (share: number): string => `${Math.round(quantile(ages, share))} ms`;
  const worst = Math.max(...ages) / LIMIT_MS;
  return atMost(
    'log delay at full rate : 2 s',
    1,
    { median: worst, low: Math.min(...ages) / LIMIT_MS, high: worst, rounds: 1 },
    `oldest posting outside the log at ${rate} postings/s over ${run.seconds} s: ` +
      `p50 ${at(0.5)}, p99 ${at(0.99)}, worst ${at(1)} of ${ages.length} looks`,
  );
}
