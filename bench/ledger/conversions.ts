import assert from 'node:assert';
import { setTimeout as sleep } from 'node:timers/promises';
import { type EntityManager } from 'typeorm';
import { millicredits } from '#libs/credit';
import type { Command } from '#libs/double-entry';
import { type DepositLine, Ledger } from '../../src/ledger/index.js';
import { LedgerStore } from '../../src/ledger/ledger.store.js';
import { Clock } from '../../src/platform/clock/index.js';
import { CONFIG } from '../../src/platform/config/index.js';
import { Database, sqlState } from '../../src/platform/database/index.js';
import { newId } from '../../src/platform/ids/index.js';
import { type Claim, atLeast } from '../support/claims.js';
import { type Variant, compare } from '../support/rounds.js';
import { emptyTables } from '../support/tables.js';
import { BOOKS } from './door.js';
import { toDeposit } from './lines.js';
import type { Server } from './server.js';

const CALLERS = 8;
/** All of a learner's lots, and every conversion draws on each. */
const LOTS = 3;
/** Then all callers go on to the next learner together: the history of a lot stays short. */
const CONVERSIONS_A_LEARNER = 30;
/** More than a sample can use up. */
const LEARNERS = 400;
const LONGEST_PAUSE_MS = 2;
/** serialization_failure, deadlock_detected, and a lot's next number that a rival took. */
const RETRYABLE = new Set(['40001', '40P01', '23505']);

/** Whoever tries with SERIALIZABLE needs no lock: the database finds the conflicts. */
class UnlockedStore extends LedgerStore {
  override async lockLearner(): Promise<void> {}
}

/** 8 callers put aside credit of the same learner: the lock of the house against SERIALIZABLE. */
export async function conversionClaims(server: Server): Promise<Claim[]> {
  const { context } = server;
  const database = context.get(Database);
  const locked = context.get(Ledger);
  const unlocked = new Ledger(new UnlockedStore(), context.get(Clock), context.get(CONFIG));
  let attempts = 0;
  let done = 0;
  const comparison = await compare(
    [
      conversions('lock per learner', server, (learner) =>
        database.transaction((tx) => hold(tx, locked, learner)),
      ),
      conversions('SERIALIZABLE with retry', server, async (learner) => {
        const tried = await untilDone(() =>
          database.dataSource.transaction('SERIALIZABLE', (tx) => hold(tx, unlocked, learner)),
        );
        attempts += tried;
        done += 1;
      }),
    ],
    server.round,
  );
  const [over, under] = ['lock per learner', 'SERIALIZABLE with retry'] as const;
  const note =
    `${comparison.describe(over)}; ${comparison.describe(under)}, ` +
    `${(attempts / done).toFixed(1)} attempts each`;
  return [
    atLeast(
      `conversions of ${CALLERS} callers on one learner, lock : SERIALIZABLE`,
      2,
      comparison.ratios(over, under),
      note,
    ),
  ];
}

interface HotLearner {
  readonly id: string;
  readonly lotIds: readonly string[];
}

function conversions(
  name: string,
  server: Server,
  convert: (learner: HotLearner) => Promise<unknown>,
): Variant {
  let learners: HotLearner[] = [];
  let begun = 0;
  return {
    name,
    callers: CALLERS,
    before: async () => {
      await emptyTables(server.owner, BOOKS);
      learners = await openLearners(server);
      begun = 0;
    },
    step: async () => {
      const learner = learners[Math.floor(begun / CONVERSIONS_A_LEARNER)];
      assert(learner, 'more conversions than learners were made for');
      begun += 1;
      await convert(learner);
      return 1;
    },
  };
}

async function openLearners({ context, lines }: Server): Promise<HotLearner[]> {
  const institutionId = newId();
  const deposits = Array.from({ length: LEARNERS }, () => newId()).flatMap((learnerId) =>
    lines.take(LOTS).map((line): DepositLine => toDeposit({ ...line, learnerId }, institutionId)),
  );
  const head = { actor: institutionId, institutionId };
  await context.get(Database).transaction((tx) => context.get(Ledger).post(tx, head, deposits));
  return Array.from({ length: LEARNERS }, (_, i) => {
    const own = deposits.slice(i * LOTS, (i + 1) * LOTS);
    return { id: (own[0] as DepositLine).learnerId, lotIds: own.map(({ lotId }) => lotId) };
  });
}

/** One conversion: a thousandth of each lot, put aside for an application. */
async function hold(tx: EntityManager, ledger: Ledger, learner: HotLearner): Promise<void> {
  const reference = newId();
  const commands = learner.lotIds.map((lotId): Command => ({
    kind: 'hold',
    lotId,
    amount: millicredits(1),
    reference,
    programme: null,
    scope: 'single-use',
  }));
  const moved = await ledger.move(
    tx,
    { actor: learner.id, institutionId: null },
    { learnerId: learner.id, today: '2026-11-26', commands },
  );
  assert(moved.ok && moved.value.entries.length === LOTS, 'the credit is there');
}

/** @returns how many attempts it took */
async function untilDone(attempt: () => Promise<unknown>): Promise<number> {
  for (let attempts = 1; ; attempts += 1) {
    try {
      await attempt();
      return attempts;
    } catch (error) {
      if (!RETRYABLE.has(sqlState(error) ?? '')) throw error;
      await sleep(Math.random() * LONGEST_PAUSE_MS);
    }
  }
}
