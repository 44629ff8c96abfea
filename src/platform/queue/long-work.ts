import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CONFIG, type Config } from '../config/index.js';
import { Database } from '../database/index.js';
import { TaskHandlers } from './task-handlers.js';
import { Tasks } from './tasks.js';

/** Work of minutes or hours whose record says how far it is: its task only starts it. */
interface LongTask<P extends object> {
  /** Does what is left. Killed anywhere it is called again and goes on where its record stands. */
  run(payload: P, signal: AbortSignal): Promise<void>;
  /** What has not ended. */
  listOpen(tx: EntityManager): Promise<readonly P[]>;
}

/**
 * Work that goes on by its record, on the bulk lane. Features register theirs in `onModuleInit`. What
 * a stopped or crashed process left half done is asked for again at the next start, even if the queue
 * gave up on it.
 */
@Injectable()
export class LongWork implements OnApplicationBootstrap {
  readonly #open: ((tx: EntityManager) => Promise<void>)[] = [];

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
    private readonly handlers: TaskHandlers,
    private readonly tasks: Tasks,
  ) {}

  register<P extends object>(kind: string, task: LongTask<P>): void {
    this.handlers.register<P>(kind, (payload, { signal }) => task.run(payload, signal), 'bulk');
    this.#open.push(async (tx) => {
      for (const payload of await task.listOpen(tx)) await this.tasks.add(tx, kind, payload);
    });
  }

  async onApplicationBootstrap(): Promise<void> {
    if (this.config.role === 'app') return;
    await this.database.transaction(async (tx) => {
      for (const resume of this.#open) await resume(tx);
    });
  }
}

/**
 * Calls `step` until it answers that nothing is left. Throws between two steps when the process is to
 * stop: the task stays open, and the next worker goes on.
 *
 * @param step does a piece and keeps what it did; false when there is none
 */
export async function inSteps(signal: AbortSignal, step: () => Promise<boolean>): Promise<void> {
  for (let isMore = true; isMore;) {
    signal.throwIfAborted();
    isMore = await step();
  }
}
