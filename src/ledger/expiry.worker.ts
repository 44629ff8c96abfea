import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Command } from '#libs/double-entry';
import { Database } from '../platform/database/index.js';
import { BUCKETS } from '../platform/ids/index.js';
import { DailyTasks } from '../platform/queue/index.js';
import { Ledger } from './ledger.js';
import { type Buckets, LedgerStore, type Overdue } from './ledger.store.js';

/** The kind of task that books what expired by the beginning of a day. */
export const EXPIRE = 'ledger.expire';

const BUCKETS_AT_ONCE = 64;
/** Lots in one transaction; their learners are locked until it ends. */
const LOTS_AT_ONCE = 200;

const HEAD = {
  actor: 'service',
  institutionId: null,
  reason: '有效期已满 / past its last day',
} as const;

/**
 * Books the expiry of credit that is past its last day, once a day, so that the books and the public
 * log show it. Readers do not wait for it: to them the credit has expired all the same. Running again
 * after a crash, or twice at once, books nothing twice: what is booked is no longer available.
 */
@Injectable()
export class ExpiryWorker implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly store: LedgerStore,
    private readonly ledger: Ledger,
    private readonly daily: DailyTasks,
  ) {}

  onModuleInit(): void {
    this.daily.register(EXPIRE, (day, signal) => this.run(day, signal));
  }

  /** Books everything that expired before `day`, some buckets at a time. */
  async run(day: string, signal: AbortSignal): Promise<void> {
    for (let first = 0; first < BUCKETS; first += BUCKETS_AT_ONCE) {
      const buckets = { first, last: first + BUCKETS_AT_ONCE - 1 };
      await this.#expireIn(buckets, day, signal);
    }
  }

  async #expireIn(buckets: Buckets, day: string, signal: AbortSignal): Promise<void> {
    let lots = await this.#next(buckets, day, null);
    while (lots.length > 0) {
      // The queue runs the task again; what is booked by then is done.
      signal.throwIfAborted();
      await this.#book(lots, day);
      const last = lots.at(-1) as Overdue;
      lots = lots.length < LOTS_AT_ONCE ? [] : await this.#next(buckets, day, last);
    }
  }

  #next(buckets: Buckets, day: string, after: Overdue | null): Promise<Overdue[]> {
    const query = { buckets, day, after, limit: LOTS_AT_ONCE };
    return this.database.read((tx) => this.store.listOverdue(tx, query));
  }

  /** One posting a learner, learners in the order of the key, so that no two runs deadlock. */
  async #book(lots: readonly Overdue[], today: string): Promise<void> {
    const byLearner = new Map<string, Command[]>();
    for (const { learnerId, lotId } of lots) {
      const commands = byLearner.get(learnerId);
      if (commands) commands.push({ kind: 'expire', lotId });
      else byLearner.set(learnerId, [{ kind: 'expire', lotId }]);
    }
    await this.database.transaction(async (tx) => {
      for (const [learnerId, commands] of byLearner) {
        const moved = await this.ledger.move(tx, HEAD, { learnerId, today, commands });
        if (!moved.ok) throw new Error(`credit of ${learnerId} could not expire`);
      }
    });
  }
}
