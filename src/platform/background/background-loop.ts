import { setTimeout as sleep } from 'node:timers/promises';
import {
  type BeforeApplicationShutdown,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import type { Config } from '../config/index.js';

/**
 * Work that goes on for as long as the process does, on workers only: one step after another, with a
 * pause between them. A step that fails is logged and tried again, because the database may be
 * restarting. The step at hand ends while the database still answers; it closes after this does.
 */
export abstract class BackgroundLoop
  implements OnApplicationBootstrap, OnModuleDestroy, BeforeApplicationShutdown
{
  readonly #role: Config['role'];
  readonly #logger: Logger;
  readonly #stop = new AbortController();
  #running: Promise<void> = Promise.resolve();

  /** @param name Under which failures are logged. */
  protected constructor(config: Config, name: string) {
    this.#role = config.role;
    this.#logger = new Logger(name);
  }

  async onApplicationBootstrap(): Promise<void> {
    if (this.#role === 'app') return;
    await this.prepare();
    this.#running = this.#runUntilStopped();
  }

  onModuleDestroy(): void {
    this.#stop.abort();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.#running;
  }

  /** What must stand before the first step; a failure here stops the start. */
  protected prepare(): Promise<void> {
    return Promise.resolve();
  }

  /** One step of the work; the answer is the milliseconds until the next one, 0 while more waits. */
  protected abstract step(signal: AbortSignal): Promise<number>;

  /** Milliseconds until the next try after a step has failed. */
  protected abstract readonly failurePauseMs: number;

  /** Milliseconds from the start of the process until the first step. */
  protected readonly firstPauseMs: number = 0;

  async #runUntilStopped(): Promise<void> {
    const { signal } = this.#stop;
    await this.#pause(this.firstPauseMs);
    while (!signal.aborted) {
      const pauseMs = await this.step(signal).catch((error: Error) => {
        if (!signal.aborted) this.#logger.error(error.message);
        return this.failurePauseMs;
      });
      await this.#pause(pauseMs);
    }
  }

  async #pause(ms: number): Promise<void> {
    const { signal } = this.#stop;
    if (ms > 0) await sleep(ms, undefined, { signal }).catch(() => undefined);
  }
}
