import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { OutcomeRevocations } from '../outcomes/index.js';
import { Database, isTryAgainLater } from '../platform/database/index.js';
import { Refusal } from '../platform/http/index.js';
import { bucketOf } from '../platform/ids/index.js';
import { LongWork, inSteps } from '../platform/queue/index.js';
import { type RevocationBatch, tallyOf } from './batch.js';
import { BatchesStore, END } from './batches.store.js';

/** The kind of task that carries out an order. */
export const REVOKE = 'revocations.run';

export interface RevokeTask {
  readonly batchId: string;
}

/** Buckets of learners that one look fetches. */
const STEP = 16;
/** How often learners that could not be done are tried again when nothing else is left. */
const MOST_SWEEPS_FOR_PROBLEMS = 3;

/**
 * Carries out orders on the queue, learner by learner, each in a transaction of its own that also
 * counts it. Killed anywhere it goes on where it was: what is taken back is no longer in scope.
 */
@Injectable()
export class BatchesWorker implements OnModuleInit {
  readonly #logger = new Logger('revocations');

  constructor(
    private readonly longWork: LongWork,
    private readonly database: Database,
    private readonly store: BatchesStore,
    private readonly revocations: OutcomeRevocations,
  ) {}

  onModuleInit(): void {
    this.longWork.register<RevokeTask>(REVOKE, {
      run: ({ batchId }, signal) => this.run(batchId, signal),
      listOpen: async (tx) => (await this.store.listOpen(tx)).map((batchId) => ({ batchId })),
    });
  }

  /**
   * Sweeps over all learners until a sweep finds nothing. So what the institution posts meanwhile
   * is taken as well, up to the last sweep; what it posts after that stands.
   */
  async run(batchId: string, signal: AbortSignal): Promise<void> {
    await this.#begin(batchId);
    await inSteps(signal, async () => {
      const batch = await this.database.read((tx) => this.store.find(tx, batchId));
      if (batch?.state !== 'running') return false;
      await (batch.nextBucket >= END ? this.#endSweep(batch) : this.#step(batch, signal));
      return true;
    });
  }

  async #endSweep(batch: RevocationBatch): Promise<void> {
    await this.database.transaction((tx) =>
      this.store.endSweep(tx, batch, MOST_SWEEPS_FOR_PROBLEMS),
    );
  }

  async #begin(batchId: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const batch = await this.store.find(tx, batchId);
      if (batch?.state !== 'queued') return;
      await this.store.start(tx, batchId, await this.revocations.countInScope(tx, batch));
    });
  }

  async #step(batch: RevocationBatch, signal: AbortSignal): Promise<void> {
    const next = Math.min(batch.nextBucket + STEP, END);
    const range = { fromBucket: batch.nextBucket, toBucket: next - 1, batchId: batch.id };
    const found = await this.database.read((tx) => this.revocations.listInScope(tx, batch, range));
    for (const { learnerId } of found) {
      signal.throwIfAborted();
      await this.#learner(batch, learnerId);
    }
    await this.database.transaction((tx) => this.store.advance(tx, batch, next));
  }

  /** One learner who cannot be done must not keep the others waiting. */
  async #learner(batch: RevocationBatch, learnerId: string): Promise<void> {
    try {
      await this.#revoke(batch, learnerId);
    } catch (error) {
      // Not this learner's fault: the queue tries again, and nobody is listed for it.
      if (isTryAgainLater(error)) throw error;
      const code = error instanceof Refusal ? error.problem.code : 'internal-error';
      this.#logger.error(`revocation ${batch.id}, learner ${learnerId}: ${String(error)}`);
      await this.database.transaction((tx) =>
        this.store.putProblem(tx, batch.id, { learnerId, code }),
      );
    }
  }

  async #revoke(batch: RevocationBatch, learnerId: string): Promise<void> {
    const bucket = bucketOf(learnerId);
    const { id: batchId, actor, orderedBy, reason } = batch;
    await this.database.transaction(async (tx) => {
      await this.revocations.lock(tx, learnerId);
      const own = { fromBucket: bucket, toBucket: bucket, batchId, learnerId };
      // Read under the lock: another worker may have been here.
      const [mine] = await this.revocations.listInScope(tx, batch, own);
      if (!mine) return;
      const isNewLearner = !(await this.revocations.isTouchedBy(tx, learnerId, batchId));
      const { effects } = await this.revocations.revoke(
        tx,
        { learnerId, lotIds: mine.lotIds, batchId },
        { actor, institutionId: orderedBy, reason },
      );
      await this.store.clearProblem(tx, batchId, learnerId);
      await this.store.count(tx, batchId, { tally: tallyOf(effects), isNewLearner });
    });
  }
}
