import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openScratchPostgres } from '../../../bin/lib/scratch-postgres.mjs';
import { SCENARIOS } from './scenarios.mjs';
import { brokenRules, replayEverything, withClient } from './verdict.mjs';
import { furnish, openService } from './world.mjs';

const CALLERS = 8;

/**
 * Runs every scenario, or those that are named, on a database of their own.
 *
 * @param races how many in all; each scenario takes its share
 * @param withoutLock the ledger takes no lock: what then holds is held by the keys alone
 * @param sabotage SQL that a superuser runs before the races
 */
export async function runRaces({ root, races, only, withoutLock = false, sabotage }) {
  const postgres = await openScratchPostgres({ root, durable: true });
  const dataDir = mkdtempSync(join(tmpdir(), 'creditbank-races-'));
  const env = {
    DATABASE_URL: postgres.url,
    DATA_DIR: dataDir,
    SEED_DEMONSTRATION: 'false',
    MASTER_KEY: randomBytes(32).toString('hex'),
    INDEX_KEY: randomBytes(32).toString('hex'),
  };
  const service = await openService({ root, env });
  try {
    const field = await openField(service, withoutLock);
    if (sabotage) await breakDatabase(postgres, sabotage);
    const results = [];
    for (const [name, scenario] of Object.entries(SCENARIOS)) {
      if (only && !only.includes(name)) continue;
      results.push({ name, ...(await runScenario(field, scenario, races)) });
    }
    const broken = await withClient(postgres.url, brokenRules);
    const { unsound } = await replayEverything(service);
    return { results, broken: [...broken, ...unsound.map((id) => `lot ${id} does not replay`)] };
  } finally {
    await service.close();
    postgres.remove();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function runScenario(field, { title, share, run }, races) {
  const rounds = Math.max(1, Math.round(races * share));
  const startedAt = Date.now();
  const failed = [];
  let overspends = 0;
  for (let round = 0; round < rounds; round += 1) {
    const { fault, overspent } = await run(field, round);
    if (fault) failed.push(`race ${round}: ${fault}`);
    if (overspent) overspends += 1;
  }
  return { title, races: rounds, failed, overspent: overspends, ms: Date.now() - startedAt };
}

async function openField(service, withoutLock) {
  const { app, database, load } = service;
  const { Ledger } = await load('ledger/index.js');
  const { LedgerStore } = await load('ledger/ledger.store.js');
  const { Clock } = await load('platform/clock/index.js');
  const { Completions } = await load('outcomes/index.js');
  const { newId } = await load('platform/ids/index.js');
  class StoreWithoutLock extends LedgerStore {
    async lockLearner() {}
  }
  // Good for movements only: lots are opened by the door itself, which locks nobody.
  const lockless = new Ledger(new StoreWithoutLock(), app.get(Clock));
  return {
    database,
    newId,
    callers: CALLERS,
    schools: await furnish(service),
    door: app.get(Ledger),
    ledger: withoutLock ? lockless : app.get(Ledger),
    lockless,
    completions: app.get(Completions),
  };
}

function breakDatabase({ adminUrl }, sql) {
  const url = new URL(adminUrl);
  url.pathname = '/creditbank';
  return withClient(url.toString(), (client) => client.query(sql));
}
