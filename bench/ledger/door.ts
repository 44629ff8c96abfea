import assert from 'node:assert';
import { Ledger } from '../../src/ledger/index.js';
import { Clock } from '../../src/platform/clock/index.js';
import { CONFIG } from '../../src/platform/config/index.js';
import { Database } from '../../src/platform/database/index.js';
import { newId } from '../../src/platform/ids/index.js';
import { type Claim, atLeast, shown } from '../support/claims.js';
import { type Comparison, type Variant, compare } from '../support/rounds.js';
import { emptyTables } from '../support/tables.js';
import { type Lines, type PlainLine, toDeposit } from './lines.js';
import { RAW_TABLES, makeRawTables, randomColumns, rawInsert, sameColumns } from './raw.js';
import type { Server } from './server.js';
import { UnguardedStore, makeUnguardedDoor } from './unguarded.js';

export const BOOKS = ['entry', 'posting', 'feed', 'lot_owner'];
const SIZE = 1000;
const CALLERS = 4;
/** Batches of the file that is sent again. */
const FILE_BATCHES = 40;
const KNOWN_SHARE = 0.05;

/** Posts batches through a door; what it answers is checked, as an importer would use it. */
export class Poster {
  readonly head = { actor: newId(), institutionId: newId() };

  constructor(
    private readonly database: Database,
    private readonly ledger: Ledger,
  ) {}

  /**
   * One statement, which is one transaction, as raw inserts are.
   *
   * @returns how many lots were new
   */
  async post(lines: readonly PlainLine[]): Promise<number> {
    const deposits = lines.map((line) => toDeposit(line, this.head.institutionId));
    const posted = await this.database.read((tx) => this.ledger.post(tx, this.head, deposits));
    return deposits.length - posted.known.size;
  }
}

/** The write door side by side with raw inserts of the same rows. */
export async function doorClaims(server: Server): Promise<Claim[]> {
  const { owner, context, round } = server;
  await makeRawTables(owner);
  await makeUnguardedDoor(owner);
  const database = context.get(Database);
  const guarded = new Poster(database, context.get(Ledger));
  const unguarded = new Poster(
    database,
    new Ledger(new UnguardedStore(), context.get(Clock), context.get(CONFIG)),
  );
  const clients = server.clients.slice(0, CALLERS);
  const raw = { owner, clients, lines: server.lines, size: SIZE };
  const comparison = await compare(
    [
      ...Object.entries(RAW_TABLES).flatMap(([shape, table]) => [
        rawInsert(`raw, ${shape}`, table, { ...raw, columns: sameColumns }),
        rawInsert(`raw unhashed, ${shape}`, table, { ...raw, columns: randomColumns }),
      ]),
      newLines('door', guarded, server),
      newLines('door without guard', unguarded, server),
      someKnown('door, 5 % known', guarded, server),
      sameFile('door, all known', guarded, server),
    ],
    round,
  );
  return toClaims(comparison);
}

function toClaims(comparison: Comparison): Claim[] {
  const fastest = (kind: string): string =>
    comparison.fastest(Object.keys(RAW_TABLES).map((shape) => `${kind}, ${shape}`));
  const raw = fastest('raw');
  const at = `batch ${SIZE}, ${CALLERS} connections`;
  const promised = (name: string, goal: number, claim: string): Claim =>
    atLeast(`${claim}, ${at}`, goal, comparison.ratios(name, raw), note(comparison, name, raw));
  const beside = (name: string, claim: string, base = raw): Claim =>
    shown(`${claim}, ${at}`, comparison.ratios(name, base), note(comparison, name, base));
  return [
    promised('door', 0.62, 'write door : raw insert of the same rows'),
    promised('door without guard', 0.75, 'write door without its guard : raw insert'),
    beside('door', 'write door : the same without its guard', 'door without guard'),
    beside('door, 5 % known', 'write door, 5 % of the lines known : raw insert'),
    beside('door, all known', 'write door, the same file again : raw insert'),
    // Nobody can write the row without its hashes; this shows what they cost on top.
    beside('door', 'write door : raw insert of random bytes', fastest('raw unhashed')),
  ];
}

function note(comparison: Comparison, name: string, base: string): string {
  const cpu = comparison.cpuRatio(name, base).toFixed(2);
  return `${comparison.describe(name)}; ${comparison.describe(base)}; by CPU ${cpu}`;
}

function newLines(name: string, poster: Poster, { owner, lines }: Server): Variant {
  return {
    name,
    callers: CALLERS,
    before: () => emptyTables(owner, BOOKS),
    step: async () => {
      const fresh = await poster.post(lines.take(SIZE));
      assert(fresh === SIZE, `${fresh} of ${SIZE} lines were new`);
      return SIZE;
    },
  };
}

function someKnown(name: string, poster: Poster, { owner, lines }: Server): Variant {
  const known = SIZE * KNOWN_SHARE;
  const before = new Map<number, PlainLine[]>();
  return {
    name,
    callers: CALLERS,
    before: async () => {
      await emptyTables(owner, BOOKS);
      for (let caller = 0; caller < CALLERS; caller += 1) {
        before.set(caller, await postNew(poster, lines, known));
      }
    },
    step: async (caller) => {
      const batch = lines.take(SIZE - known);
      const fresh = await poster.post([...(before.get(caller) as PlainLine[]), ...batch]);
      assert(fresh === SIZE - known, `${fresh} of ${SIZE} lines were new`);
      before.set(caller, batch.slice(0, known));
      return SIZE;
    },
  };
}

function sameFile(name: string, poster: Poster, { owner, lines }: Server): Variant {
  let file: PlainLine[][] = [];
  let next = 0;
  return {
    name,
    callers: CALLERS,
    before: async () => {
      await emptyTables(owner, BOOKS);
      file = [];
      for (let i = 0; i < FILE_BATCHES; i += 1) file.push(await postNew(poster, lines, SIZE));
    },
    step: async () => {
      const batch = file[next % FILE_BATCHES] as PlainLine[];
      next += 1;
      const fresh = await poster.post(batch);
      assert(fresh === 0, `${fresh} lines of a file sent again were new`);
      return SIZE;
    },
  };
}

async function postNew(poster: Poster, lines: Lines, size: number): Promise<PlainLine[]> {
  const batch = lines.take(size);
  await poster.post(batch);
  return batch;
}
