import { performance } from 'node:perf_hooks';
import type pg from 'pg';
import { Projection } from '../../src/indicators/index.js';
import { createDataSource } from '../../src/platform/database/index.js';
import { connect } from '../ledger/server.js';
import { type Bench, type Claim, atLeast, shown } from '../support/claims.js';
import { say } from '../support/progress.js';
import { type ServerCpu, serverCpuOf } from '../support/server-cpu.js';
import { median, pairedRatios } from '../support/statistics.js';
import { ImportService } from './service.js';

/** What the commit keeps of its speed while its outcomes are fed to the indicators. */
const GOAL = 0.95;

interface Taken {
  readonly rate: number;
  readonly micros: number;
}

/**
 * The same people's files, committed in turns with the trigger that feeds the indicators and without
 * it; and what the follower takes for what was fed. Nothing follows while a file is committed.
 */
export async function feedClaims({ startPostgres, options }: Bench): Promise<Claim[]> {
  const url = await startPostgres();
  const service = await ImportService.start(url);
  const owner = await connect(url);
  const [rounds, rows] = options.quick ? [2, 20_000] : [5, 100_000];
  const seen: Record<'with' | 'without' | 'follow', Taken[]> = {
    with: [],
    without: [],
    follow: [],
  };
  try {
    const serverCpu = await serverCpuOf(owner);
    const commit = (number: string): Promise<Taken> =>
      commitOf(service, serverCpu, { number, rows });
    await commit('first');
    for (let round = 1; round <= rounds; round += 1) {
      say(`feed, round ${round}`);
      // What comes second in one round comes first in the next.
      const order =
        round % 2 === 0 ? (['with', 'without'] as const) : (['without', 'with'] as const);
      for (const way of order) {
        await setTrigger(owner, way === 'with');
        if (way === 'with') await owner.query('DELETE FROM indicator_feed');
        seen[way].push(await commit(`${way}-${round}`));
        if (way === 'with') seen.follow.push(await followed(url, serverCpu, rows));
      }
    }
  } finally {
    await owner.end();
    await service.close();
  }
  return claimsOf(seen, rows);
}

function claimsOf(seen: Record<'with' | 'without' | 'follow', Taken[]>, rows: number): Claim[] {
  const rates = (way: 'with' | 'without'): number[] => seen[way].map(({ rate }) => rate);
  const micros = (way: keyof typeof seen): number[] => seen[way].map((one) => one.micros);
  const told = (way: keyof typeof seen): string => `${median(micros(way)).toFixed(1)} µs`;
  const note =
    `${rows} rows; CPU a row: commit with the feed ${told('with')}, without ${told('without')}, ` +
    `following it ${told('follow')}`;
  return [
    atLeast(
      'a commit that feeds the indicators : one that does not',
      GOAL,
      pairedRatios(rates('with'), rates('without')),
      note,
    ),
    shown(
      'CPU of following a file : CPU of its commit',
      pairedRatios(micros('follow'), micros('with')),
      'each person has as many outcomes more as there were files before',
    ),
  ];
}

async function setTrigger(owner: pg.Client, isOn: boolean): Promise<void> {
  const word = isOn ? 'ENABLE' : 'DISABLE';
  await owner.query(`ALTER TABLE learning_outcome ${word} TRIGGER tell_indicators`);
}

async function commitOf(
  service: ImportService,
  serverCpu: ServerCpu,
  { number, rows }: { number: string; rows: number },
): Promise<Taken> {
  const id = await service.receive({ prefix: `feed-${number}`, rows, firstLearner: 0 });
  await service.check(id);
  return taken(serverCpu, rows, async () => {
    const { rowsGood } = await service.commit(id);
    if (rowsGood !== rows) throw new Error(`${rowsGood} of ${rows} rows were good`);
  });
}

async function followed(url: string, serverCpu: ServerCpu, rows: number): Promise<Taken> {
  const source = await createDataSource(url).initialize();
  try {
    return await taken(serverCpu, rows, () =>
      new Projection().catchUp((work) => source.transaction('READ COMMITTED', work)),
    );
  } finally {
    await source.destroy();
  }
}

async function taken(
  serverCpu: ServerCpu,
  rows: number,
  work: () => Promise<void>,
): Promise<Taken> {
  const [server, client] = [serverCpu() ?? NaN, process.cpuUsage()];
  const started = performance.now();
  await work();
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(client);
  const cpu = ((serverCpu() ?? NaN) - server) * 1e6 + user + system;
  return { rate: rows / seconds, micros: cpu / rows };
}
