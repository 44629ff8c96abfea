import { mkdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Api } from './api.js';
import { compareBalances } from './balances.js';
import type { City } from './city.js';
import { type Line, isEqual, linesOf } from './comparison.js';
import { Deeds } from './deeds.js';
import type { Furnished } from './furnish.js';
import { Intake, type Pace } from './intake.js';
import { countBooks, percentile } from './measures.js';
import { Reports } from './reports.js';
import { type Stated, statementsOf } from './statements.js';
import type { Books, Truth } from './truth/truth.js';

/** A running bank, empty but for what {@link furnish} opened. */
export interface Bank {
  readonly baseUrl: string;
  readonly databaseUrl: string;
  readonly furnished: Furnished;
}

export interface SimulateOptions {
  /** Where files are written; it is made. */
  readonly folder: string;
  readonly rowsAFile: number;
  /** Random learners whose balance is read at the end. */
  readonly balances: number;
  readonly say: (text: string) => void;
}

/** What a simulation saw. Times in milliseconds, rates in rows a second. */
export interface Seen {
  readonly lines: readonly Line[];
  readonly learners: number;
  readonly outcomes: number;
  readonly entries: number;
  readonly pace: Pace;
  readonly writeMs: number;
  readonly importMs: number;
  /** From the last commit until every indicator told of it. */
  readonly followMs: number;
  readonly reportMs: readonly number[];
  readonly balanceP50Ms: number;
  readonly balanceP99Ms: number;
}

const CLOSED_SEEN_MS = 100;
const KIND_OF_REVOCATION = 5;
const KIND_OF_REDEPOSIT = 7;

/**
 * Builds a city in a bank through the public API and compares everything that the bank says with what
 * is true. Lines that differ are in the answer, not thrown.
 */
export async function simulate(city: City, bank: Bank, options: SimulateOptions): Promise<Seen> {
  const { say, folder, rowsAFile } = options;
  const api = new Api(bank.baseUrl);
  const deeds = new Deeds(api, bank.furnished);
  const reports = new Reports(api, bank.furnished.authority);
  mkdirSync(folder, { recursive: true });
  say('writing files');
  const [{ files, truth, unsettled }, writeMs] = await timed(async () =>
    city.write({ folder, rowsAFile }),
  );
  // Files of a city are written for minutes without a turn of the event loop: a connection that the
  // service closed meanwhile must be seen as closed before the next request takes it.
  await sleep(CLOSED_SEEN_MS);
  const intake = new Intake(api);
  const lines: Line[] = [];
  const [, importMs] = await timed(async () => {
    for (const [i, file] of files.entries()) {
      const keys = bank.furnished.keys.get(file.house);
      if (!keys) throw new Error(`${file.house} has no keys`);
      lines.push(...(await intake.send(file, keys)));
      say(`file ${i + 1} of ${files.length}, ${intake.pace.rows} rows so far`);
    }
  });
  say('waiting for the indicators');
  const [, followMs] = await timed(() => reports.followed(new Date()));
  say(`corrections, revocations and late postings of ${unsettled.length} learners`);
  const stated = statementsOf(city.district, truth.census);
  await deeds.state(stated);
  for (const index of unsettled) await deeds.carryOut(city.outcome(index));
  await reports.followed(new Date());
  say('comparing');
  const told = await compareAll({ city, bank, options }, { api, deeds, reports, truth, stated });
  return {
    lines: [...lines, ...told.lines],
    learners: city.plan.learners,
    pace: intake.pace,
    writeMs,
    importMs,
    followMs,
    ...told.measures,
  };
}

async function compareAll(
  { city, bank, options }: { city: City; bank: Bank; options: SimulateOptions },
  parts: { api: Api; deeds: Deeds; reports: Reports; truth: Truth; stated: readonly Stated[] },
) {
  const { api, deeds, reports, truth, stated } = parts;
  const figures = await reports.compare(truth, stated);
  const balances = await compareBalances(
    { api, deeds, authority: bank.furnished.authority },
    { ...city.plan, make: (index) => city.outcome(index) },
    { sample: options.balances, today: todayOfTheBank() },
  );
  const books = await countBooks(bank.databaseUrl);
  return {
    lines: [...figures.lines, ...balanceLines(balances.lines), ...bookLines(books, truth.books)],
    measures: {
      outcomes: books.outcomes,
      entries: [...books.kinds.values()].reduce((sum, n) => sum + n, 0),
      reportMs: figures.ms,
      balanceP50Ms: percentile(balances.ms, 0.5),
      balanceP99Ms: percentile(balances.ms, 0.99),
    },
  };
}

/** Balances that are right are one line together. */
function balanceLines(lines: readonly Line[]): Line[] {
  const wrong = lines.filter((line) => !isEqual(line));
  const right = String(lines.length - wrong.length);
  const all = String(lines.length);
  return [...wrong, { subject: 'balances', line: 'right', ours: right, truth: all }];
}

/** Expiry is booked once a day and is in no count of the truth. */
function bookLines(
  { outcomes, kinds }: Awaited<ReturnType<typeof countBooks>>,
  truth: Books,
): Line[] {
  const ours = {
    outcomes,
    deposits: kinds.get(0) ?? 0,
    revocations: kinds.get(KIND_OF_REVOCATION) ?? 0,
    redeposits: kinds.get(KIND_OF_REDEPOSIT) ?? 0,
  };
  return linesOf('books', textsOf(ours), textsOf(truth));
}

function textsOf(counts: Books): Map<string, string> {
  return new Map(Object.entries(counts).map(([name, count]) => [name, String(count)]));
}

/** The bank's day is UTC+8. */
function todayOfTheBank(): string {
  return new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
}

async function timed<T>(work: () => Promise<T>): Promise<[T, number]> {
  const started = performance.now();
  const answer = await work();
  return [answer, performance.now() - started];
}
