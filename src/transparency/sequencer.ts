import { setTimeout as sleep } from 'node:timers/promises';
import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { CONFIG, type Config } from '../platform/config/index.js';
import { LogWriter, MOST_LEAVES } from './log.writer.js';

/** Between two looks at the feed; with the work itself well under the second we promise. */
const PAUSE_MS = 200;
/** After a failure: the database may be restarting. */
const FAILURE_PAUSE_MS = 1_000;

/** Keeps the log up with the books. Any number may run: one works, the others wait. */
@Injectable()
export class Sequencer
  implements OnApplicationBootstrap, OnModuleDestroy, BeforeApplicationShutdown
{
  readonly #logger = new Logger('log');
  readonly #stop = new AbortController();
  #running: Promise<void> = Promise.resolve();

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly writer: LogWriter,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (this.config.role === 'app') return;
    await this.writer.open();
    this.#running = this.#runUntilStopped();
  }

  onModuleDestroy(): void {
    this.#stop.abort();
  }

  /** Ends the batch at hand while the database still answers; it closes in the next step. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.#running;
  }

  async #runUntilStopped(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      let pauseMs = PAUSE_MS;
      try {
        // A full batch means that more waits.
        if ((await this.writer.sequence()) >= MOST_LEAVES) continue;
      } catch (error) {
        if (!signal.aborted) this.#logger.error((error as Error).message);
        pauseMs = FAILURE_PAUSE_MS;
      }
      await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
    }
  }
}
