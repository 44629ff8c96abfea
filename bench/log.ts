import assert from 'node:assert';
import { randomBytes } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import type { INestApplicationContext } from '@nestjs/common';
import {
  GrowingTree,
  HASH_BYTES,
  checkProof,
  hashesOf,
  parseProof,
  type VerifierKey,
} from '#libs/merkle';
import { Database } from '../src/platform/database/index.js';
import { LogIdentity, LogReads, LogStore } from '../src/transparency/index.js';
import { startApplication } from './support/application.js';
import { type Bench, type Claim, atMost } from './support/claims.js';
import { say } from './support/progress.js';
import { median, quantile } from './support/statistics.js';

const LIMIT_MS = 10;
/** Leaves that are stored at once; four megabytes of hashes. */
const BATCH = 131_072;

/** One proof as the service makes it: head, tiles, hashes, checkpoint, text. */
interface Proven {
  readonly millis: number;
  readonly hashes: number;
}

/** What is promised of single proofs in a big log, on a PostgreSQL that holds its tiles. */
export async function run({ startPostgres, options }: Bench): Promise<Claim[]> {
  const size = options.quick ? 300_000 : 10_000_000;
  const application = await startApplication(await startPostgres(), 'all');
  try {
    const { context } = application;
    say(`a log of ${size.toLocaleString('en')} leaves`);
    await fill(context, size);
    const key = await context.get(Database).read((tx) => context.get(LogIdentity).key(tx));
    const rounds: Proven[][] = [];
    const count = options.quick ? 200 : 1_000;
    await proveMany(context, { size, count, key });
    for (let round = 0; round < (options.quick ? 3 : 7); round += 1) {
      rounds.push(await proveMany(context, { size, count, key }));
    }
    return [timeClaim(rounds, size), lengthClaim(rounds, size)];
  } finally {
    await application.close();
  }
}

/** Leaves are random: a tree does not care what they stand for. */
async function fill(context: INestApplicationContext, size: number): Promise<void> {
  const store = context.get(LogStore);
  const identity = context.get(LogIdentity);
  const database = context.get(Database);
  const tree = GrowingTree.empty();
  while (tree.size < size) {
    tree.append(randomBytes(Math.min(BATCH, size - tree.size) * HASH_BYTES));
    await database.transaction((tx) => store.writeTiles(tx, tree.takeTiles()));
  }
  await database.transaction(async (tx) => {
    const { origin, size: before } = await identity.head(tx);
    const head = { origin, size, root: tree.root() };
    const signed = { ...head, checkpoint: identity.sign(head) };
    assert(await store.moveHead(tx, before, signed, new Date()), 'nobody else moves the head');
  });
}

/** Proves leaves at random places, one after the other, and checks each as a stranger would. */
async function proveMany(
  context: INestApplicationContext,
  { size, count, key }: { size: number; count: number; key: VerifierKey },
): Promise<Proven[]> {
  const database = context.get(Database);
  const reads = context.get(LogReads);
  const proven: Proven[] = [];
  for (let i = 0; i < count; i += 1) {
    const index = Math.floor(Math.random() * size);
    const start = performance.now();
    const { file, hashes } = await database.read((tx) => reads.proofAt(tx, index));
    proven.push({ millis: performance.now() - start, hashes: hashes.length });
    const proof = parseProof(file);
    const leaf = await leafAt(context, index);
    assert(proof && checkProof(leaf, proof, key).ok, `leaf ${index} is not proven`);
  }
  return proven;
}

async function leafAt(context: INestApplicationContext, index: number): Promise<Buffer> {
  const tile = { level: 0, index: Math.floor(index / 256), width: (index % 256) + 1 };
  const [hashes] = await context
    .get(Database)
    .read((tx) => context.get(LogStore).readTiles(tx, [tile]));
  return hashesOf(hashes as Buffer, index % 256, 1);
}

function timeClaim(rounds: readonly Proven[][], size: number): Claim {
  const p99s = rounds.map((round) => quantile(millisOf(round), 0.99) / LIMIT_MS);
  const all = rounds.flatMap(millisOf);
  const at = (share: number): string => `${quantile(all, share).toFixed(2)} ms`;
  return atMost(
    `p99 of proving one of ${size.toLocaleString('en')} leaves : ${LIMIT_MS} ms`,
    1,
    {
      median: median(p99s),
      low: Math.min(...p99s),
      high: Math.max(...p99s),
      rounds: rounds.length,
    },
    `from PostgreSQL to the finished text, one at a time: p50 ${at(0.5)}, p99 ${at(0.99)}, ` +
      `worst ${at(1)} of ${all.length}; every proof checked`,
  );
}

function lengthClaim(rounds: readonly Proven[][], size: number): Claim {
  const most = Math.ceil(Math.log2(size));
  const longest = rounds.map((round) => Math.max(...round.map(({ hashes }) => hashes)) / most);
  return atMost(
    `hashes in a proof : ceil(log2 ${size.toLocaleString('en')})`,
    1,
    {
      median: median(longest),
      low: Math.min(...longest),
      high: Math.max(...longest),
      rounds: rounds.length,
    },
    `ceil(log2 n) is ${most}, ${most * HASH_BYTES} bytes of hashes`,
  );
}

function millisOf(round: readonly Proven[]): number[] {
  return round.map(({ millis }) => millis);
}
