import { performance } from 'node:perf_hooks';
import { LedgerReads } from '../../src/ledger/index.js';
import type { Principal } from '../../src/platform/auth/index.js';
import { newId } from '../../src/platform/ids/index.js';
import { startApplication } from '../support/application.js';
import { type Bench, type Claim, atMost } from '../support/claims.js';
import { say } from '../support/progress.js';
import { pairedRatios, quantile } from '../support/statistics.js';
import { type Books, fillBooks, learnerAt } from './books.js';
import { connect } from './server.js';

const ENTRIES_A_LEARNER = 20;
const PAGE = 20;
/** Calls on one side before the other's turn: what disturbs one then disturbs the other. */
const BLOCK = 25;
const GOAL = 1.5;

/** A reader of one filled database. */
interface Side {
  readonly name: string;
  readonly learners: number;
  readonly reads: LedgerReads;
  readonly principal: Principal;
  close(): Promise<void>;
}

/** What a learner pays at the counter of a large bank over a small one. */
export async function growthClaims(bench: Bench): Promise<Claim[]> {
  const { quick = false } = bench.options;
  const sizes = quick ? [20_000, 400_000] : [100_000, 10_000_000];
  const rounds = quick ? 3 : 7;
  const calls = quick ? 200 : 1000;
  const sides: Side[] = [];
  try {
    for (const entries of sizes) sides.push(await openSide(bench, entries));
    const [small, large] = sides as [Side, Side];
    return [
      await compareReads('balance', { small, large, rounds, calls }, readBalance),
      await compareReads('last-20 statement', { small, large, rounds, calls }, readStatement),
    ];
  } finally {
    for (const side of sides) await side.close();
  }
}

async function openSide({ startPostgres }: Bench, entries: number): Promise<Side> {
  const name = `${entries.toLocaleString('en')} entries`;
  const url = await startPostgres();
  const application = await startApplication(url, 'app');
  const books: Books = {
    entries,
    learners: entries / ENTRIES_A_LEARNER,
    institutionId: newId(),
  };
  const startedAt = performance.now();
  await fillBooks(() => connect(url), books);
  say(`${name} written in ${((performance.now() - startedAt) / 1000).toFixed(0)} s`);
  return {
    name,
    learners: books.learners,
    reads: application.context.get(LedgerReads),
    principal: registrarOf(books.institutionId),
    close: () => application.close(),
  };
}

/** Has the learner on its roster, and is asked so at every reading. */
function registrarOf(institutionId: string): Principal {
  return { id: newId(), name: 'registrar', roles: ['registrar'], institutionId, learnerId: null };
}

type Read = (side: Side, learnerId: string) => Promise<unknown>;

const readBalance: Read = ({ reads, principal }, learnerId) =>
  reads.balance(principal, learnerId, {});
const readStatement: Read = ({ reads, principal }, learnerId) =>
  reads.statement(principal, learnerId, { limit: PAGE });

async function compareReads(
  what: string,
  sizes: { small: Side; large: Side; rounds: number; calls: number },
  read: Read,
): Promise<Claim> {
  const { small, large, rounds, calls } = sizes;
  const millis = new Map<Side, number[][]>([
    [small, []],
    [large, []],
  ]);
  await oneRound([small, large], calls, read);
  for (let round = 0; round < rounds; round += 1) {
    for (const [side, own] of await oneRound([small, large], calls, read)) {
      millis.get(side)?.push(own);
    }
  }
  const p99 = (side: Side): number[] =>
    (millis.get(side) as number[][]).map((own) => quantile(own, 0.99));
  return atMost(
    `p99 of a ${what}, ${large.name} : ${small.name}`,
    GOAL,
    pairedRatios(p99(large), p99(small)),
    [small, large]
      .map((side) => describe(side, (millis.get(side) as number[][]).flat()))
      .join('; '),
  );
}

async function oneRound(
  sides: readonly Side[],
  calls: number,
  read: Read,
): Promise<Map<Side, number[]>> {
  const millis = new Map<Side, number[]>(sides.map((side) => [side, []]));
  for (let block = 0; block < calls / BLOCK; block += 1) {
    for (const side of sides) {
      for (let call = 0; call < BLOCK; call += 1) {
        const learnerId = learnerAt(Math.floor(Math.random() * side.learners));
        const startedAt = performance.now();
        await read(side, learnerId);
        millis.get(side)?.push(performance.now() - startedAt);
      }
    }
  }
  return millis;
}

function describe({ name }: Side, millis: readonly number[]): string {
  const at = (share: number): string => quantile(millis, share).toFixed(2);
  return `${name}: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms of ${millis.length} calls`;
}
