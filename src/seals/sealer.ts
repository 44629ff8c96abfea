import { setTimeout as sleep } from 'node:timers/promises';
import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { PostingsStore } from '../ledger/index.js';
import { CONFIG, type Config } from '../platform/config/index.js';
import { Database } from '../platform/database/index.js';
import { SealWriter } from './seal.writer.js';

/** While postings come in without a pause, accounts are sealed this many times more seldom. */
const PATIENCE = 6;

/** Seals the accounts every so often. Any number may run: one works, the others find nothing to do. */
@Injectable()
export class Sealer implements OnApplicationBootstrap, OnModuleDestroy, BeforeApplicationShutdown {
  readonly #logger = new Logger('seals');
  readonly #stop = new AbortController();
  #running: Promise<void> = Promise.resolve();

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
    private readonly postings: PostingsStore,
    private readonly writer: SealWriter,
  ) {}

  onApplicationBootstrap(): void {
    if (this.config.role !== 'app') this.#running = this.#runUntilStopped();
  }

  onModuleDestroy(): void {
    this.#stop.abort();
  }

  /** Ends the seal at hand while the database still answers; it closes in the next step. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.#running;
  }

  async #runUntilStopped(): Promise<void> {
    const { signal } = this.#stop;
    for (let put = 0; ;) {
      await sleep(this.config.sealPauseMs, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      try {
        // A file is coming in: the machine has better things to do.
        if (++put < PATIENCE && !(await this.#isQuiet())) continue;
        put = 0;
        if (await this.writer.isBehind()) await this.writer.seal(signal);
      } catch (error) {
        if (!signal.aborted) this.#logger.error((error as Error).message);
      }
    }
  }

  #isQuiet(): Promise<boolean> {
    return this.database.read((tx) => this.postings.isFeedEmpty(tx));
  }
}
