import { performance } from 'node:perf_hooks';
import type pg from 'pg';
import { Lines } from '../ledger/lines.js';
import {
  RAW_TABLES,
  type RawOptions,
  makeRawTables,
  randomColumns,
  rawInsert,
  sameColumns,
} from '../ledger/raw.js';
import { connect } from '../ledger/server.js';
import { type Bench, type Claim, atLeast } from '../support/claims.js';
import { say } from '../support/progress.js';
import { type Variant, compare } from '../support/rounds.js';
import { type ServerCpu, serverCpuOf } from '../support/server-cpu.js';
import { median, pairedRatios } from '../support/statistics.js';
import { ImportService, ROWS_A_LEARNER } from './service.js';

const GOAL = 0.3;
const SIZE = 1000;
const CALLERS = 4;
const LEARNERS = 20_000;

/** Rows a second, hashed as the door hashes them, and of random bytes. */
interface RawRates {
  readonly same: number;
  readonly unhashed: number;
}

interface Timed {
  readonly rate: number;
  readonly micros: number;
}

/**
 * Whole files from stored bytes to committed entries, and raw inserts of the same rows before and
 * after each: a slow minute of the machine hits both.
 */
export async function speedClaims({ startPostgres, options }: Bench): Promise<Claim[]> {
  const url = await startPostgres();
  const service = await ImportService.start(url);
  const clients = await Promise.all(Array.from({ length: CALLERS + 1 }, () => connect(url)));
  const [owner, ...callers] = clients as [pg.Client, ...pg.Client[]];
  try {
    await makeRawTables(owner);
    const serverCpu = await serverCpuOf(owner);
    const [rounds, rows] = options.quick ? [2, 40_000] : [5, 200_000];
    const lines = new Lines(LEARNERS);
    const clientsOfRaw = { owner, clients: callers, lines, size: SIZE };
    const variants = (columns: RawOptions['columns'], kind: string): Variant[] =>
      Object.entries(RAW_TABLES).map(([shape, table]) =>
        rawInsert(`${kind}, ${shape}`, table, { ...clientsOfRaw, columns }),
      );
    const [same, unhashed] = [variants(sameColumns, 'raw'), variants(randomColumns, 'unhashed')];
    const seconds = options.quick ? 0.5 : 2;
    const raw = async (): Promise<RawRates> => {
      const seen = await compare([...same, ...unhashed], { rounds: 1, seconds, serverCpu });
      const best = (of: Variant[]): number => Math.max(...of.map(({ name }) => seen.rate(name)));
      return { same: best(same), unhashed: best(unhashed) };
    };
    const files = new Files(service, serverCpu, rows);
    say('import, people whom nobody knows yet');
    await files.whole('new');
    const rates: RawRates[] = [];
    let before = await raw();
    for (let number = 1; number <= rounds; number += 1) {
      say(`import, round ${number}`);
      await files.whole('known');
      const after = await raw();
      const between = (of: keyof RawRates): number => (before[of] + after[of]) / 2;
      rates.push({ same: between('same'), unhashed: between('unhashed') });
      before = after;
    }
    const [rawRates, randomRates] = [
      rates.map((one) => one.same),
      rates.map((one) => one.unhashed),
    ];
    const note =
      `${files.describe()}; raw ${perSecond(median(rawRates))}, ` +
      `of random bytes ${perSecond(median(randomRates))}`;
    const ratios = pairedRatios(files.rates('known'), rawRates);
    const claim = `a whole file import : raw insert of the same rows, batch ${SIZE}`;
    return [atLeast(`${claim}, ${CALLERS} connections`, GOAL, ratios, note)];
  } finally {
    await Promise.all(clients.map((client) => client.end()));
    await service.close();
  }
}

/** Files of the same people over and over, each with new outcomes. */
class Files {
  readonly #commits = new Map<string, Timed[]>();
  readonly #checks: Timed[] = [];
  #made = 0;

  constructor(
    private readonly service: ImportService,
    private readonly serverCpu: ServerCpu,
    private readonly rows: number,
  ) {}

  async whole(kind: string): Promise<void> {
    const { service, rows } = this;
    this.#made += 1;
    const id = await service.receive({ prefix: `file-${this.#made}`, rows, firstLearner: 0 });
    const checked = await this.#timed(() => service.check(id));
    const committed = await this.#timed(() => service.commit(id));
    if (kind === 'known') this.#checks.push(checked);
    this.#commits.set(kind, [...(this.#commits.get(kind) ?? []), committed]);
  }

  rates(kind: string): number[] {
    return (this.#commits.get(kind) ?? []).map(({ rate }) => rate);
  }

  describe(): string {
    const told = (all: readonly Timed[]): string => {
      const micros = median(all.map((one) => one.micros)).toFixed(0);
      return `${perSecond(median(all.map(({ rate }) => rate)))} (${micros} µs CPU a row)`;
    };
    const commit = (kind: string): string => told(this.#commits.get(kind) ?? []);
    const size = `${this.rows} rows, ${ROWS_A_LEARNER} a learner`;
    return (
      `${size}: commit ${commit('known')}, of new people ${commit('new')}; ` +
      `dry run before it ${told(this.#checks)}`
    );
  }

  async #timed(work: () => Promise<{ readonly rowsGood: number }>): Promise<Timed> {
    const [server, client] = [this.serverCpu() ?? NaN, process.cpuUsage()];
    const started = performance.now();
    const { rowsGood } = await work();
    const seconds = (performance.now() - started) / 1000;
    if (rowsGood !== this.rows) throw new Error(`${rowsGood} of ${this.rows} rows were good`);
    const { user, system } = process.cpuUsage(client);
    const cpu = ((this.serverCpu() ?? NaN) - server) * 1e6 + user + system;
    return { rate: rowsGood / seconds, micros: cpu / rowsGood };
  }
}

function perSecond(rate: number): string {
  return `${Math.round(rate).toLocaleString('en')}/s`;
}
