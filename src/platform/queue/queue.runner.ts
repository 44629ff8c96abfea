import { setTimeout as sleep } from 'node:timers/promises';
import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { CONFIG, type Config } from '../config/index.js';
import { Database, isTryAgainLater } from '../database/index.js';
import {
  type QueueBackend,
  type TaskJob,
  type TaskQueue,
  type TaskWorker,
  connectBackend,
} from './backend.js';
import { type WorkContext, currentRequestId, inContext } from '../logging/index.js';
import { traced } from '../telemetry/index.js';
import { LANES, type Lane, TaskHandlers } from './task-handlers.js';
import { type OpenTask, TaskStore } from './task.store.js';

const RELAY_PAUSE_MS = 100;
const SWEEP_EVERY_MS = 5_000;
const ATTEMPTS = 5;
/** A worker that dies loses its job to another after this long. */
const LOCK_MS = 10_000;
/** Travels beside a task's payload; jobs that older programs queued have none. */
const REQUEST_ID = 'requestId';
const CONCURRENCY: Record<Lane, number> = { prompt: 4, bulk: 2, outbound: 8 };

/**
 * Moves tasks from their table into BullMQ and runs them. The table is the record: a task leaves
 * it only when done, so an emptied or replaced queue is filled again by the sweep.
 */
@Injectable()
export class QueueRunner
  implements OnApplicationBootstrap, OnModuleDestroy, BeforeApplicationShutdown
{
  readonly #logger = new Logger('queue');
  readonly #stop = new AbortController();
  readonly #queues = new Map<Lane, TaskQueue>();
  readonly #workers: TaskWorker[] = [];
  #backend: QueueBackend | undefined;
  #relay: Promise<void> = Promise.resolve();

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
    private readonly store: TaskStore,
    private readonly handlers: TaskHandlers,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (this.config.role === 'app') return;
    this.#backend = await connectBackend(this.config.databaseUrl, this.config.redisUrl);
    for (const lane of LANES) {
      this.#queues.set(lane, this.#backend.queue(lane));
      this.#startWorker(this.#backend, lane);
    }
    this.#relay = this.#relayUntilStopped();
  }

  onModuleDestroy(): void {
    this.#stop.abort();
  }

  /** Waits for running tasks while the database still answers; it closes in the next step. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.#relay;
    await Promise.all(this.#workers.map((worker) => worker.close()));
    await Promise.all([...this.#queues.values()].map((queue) => queue.close()));
    await this.#backend?.close();
  }

  #startWorker(backend: QueueBackend, lane: Lane): void {
    const worker = backend.worker(lane, (job) => inContext(contextOf(job), () => this.#run(job)), {
      concurrency: CONCURRENCY[lane],
      lockDuration: LOCK_MS,
      stalledInterval: LOCK_MS / 2,
      // Dying in the middle is not the task's fault, however often it happens.
      maxStalledCount: 1_000,
    });
    worker.on('error', (error) => this.#logger.warn(error.message));
    worker.on('failed', (job, error) => {
      if (job) void inContext(contextOf(job), () => this.#note(job, error));
    });
    void worker.run().catch((error: Error) => this.#logger.error(error.message));
    this.#workers.push(worker);
  }

  async #run(job: TaskJob): Promise<void> {
    const taskId = job.id ?? '';
    const handler = this.handlers.get(job.name);
    if (!handler) throw new Error(`no handler for task kind ${job.name}`);
    const context = { taskId, signal: this.#stop.signal };
    await traced(`task ${job.name}`, currentRequestId(), () => handler.run(job.data, context));
    await this.database.read((tx) => this.store.markDone(tx, taskId));
  }

  /**
   * Writes down what stopped a try. After the last one the queue forgets the job and a person has to
   * say what becomes of the task; one that only the database kept from its end is swept up again.
   */
  async #note(job: TaskJob, error: Error): Promise<void> {
    const id = job.id ?? '';
    const isLast = job.attemptsMade >= ATTEMPTS && !isTryAgainLater(error);
    if (isLast) this.#logger.error(`task ${job.name} ${id} failed for good: ${error.message}`);
    await this.database
      .read((tx) =>
        isLast
          ? this.store.markFailed(tx, id, error.message)
          : this.store.markAttempt(tx, id, error.message),
      )
      .catch((cause: Error) => this.#logger.error(cause.message));
  }

  async #relayUntilStopped(): Promise<void> {
    let nextSweep = 0;
    while (!this.#stop.signal.aborted) {
      try {
        const moved = await this.#relayNew();
        if (Date.now() >= nextSweep) {
          await this.#sweep();
          nextSweep = Date.now() + SWEEP_EVERY_MS;
        }
        if (moved > 0) continue;
      } catch (error) {
        if (!this.#stop.signal.aborted) this.#logger.warn((error as Error).message);
      }
      await sleep(RELAY_PAUSE_MS, undefined, { signal: this.#stop.signal }).catch(() => undefined);
    }
  }

  /** The row lock is held until BullMQ has the job: a crash in between relays it again. */
  #relayNew(): Promise<number> {
    return this.database.transaction(async (tx) => {
      const tasks = await this.store.takeNew(tx, this.handlers.kinds());
      for (const task of tasks) await this.#enqueue(task);
      return tasks.length;
    });
  }

  /** Finds open tasks that the queue no longer knows and hands them over again. */
  async #sweep(): Promise<void> {
    const tasks = await this.database.read((tx) =>
      this.store.listRelayed(tx, this.handlers.kinds()),
    );
    for (const task of tasks) {
      const job = await this.#queueOf(task).getJob(task.id);
      if (!job) await this.#enqueue(task);
    }
  }

  async #enqueue(task: OpenTask): Promise<void> {
    const data = { ...(task.payload as object), [REQUEST_ID]: task.requestId };
    await this.#queueOf(task).add(task.kind, data, {
      jobId: task.id,
      priority: task.priority,
      attempts: ATTEMPTS,
      backoff: { type: 'exponential', delay: 500 },
      removeOnComplete: true,
      removeOnFail: true,
    });
  }

  #queueOf(task: OpenTask): TaskQueue {
    const lane = this.handlers.get(task.kind)?.lane ?? 'prompt';
    return this.#queues.get(lane) as TaskQueue;
  }
}

function contextOf({ id, data }: TaskJob): WorkContext {
  const requestId = (data as Record<string, unknown> | null)?.[REQUEST_ID];
  return {
    requestId: typeof requestId === 'string' ? requestId : null,
    ...(id !== undefined && { taskId: id }),
  };
}
