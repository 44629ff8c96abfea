import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { KeyHolders } from '../platform/crypto/index.js';
import { Database, isTryAgainLater } from '../platform/database/index.js';
import { LongWork } from '../platform/queue/index.js';
import { ImportRun, Stopped, Superseded } from './import.run.js';
import type { Phase } from './import.js';
import { ImportsStore, type TakenUp } from './imports.store.js';

interface ImportTask {
  readonly importId: string;
}

/** How long a worker waits for a lease that its holder may have died with. */
const LEASE_WAIT_MS = 11_000;
const LEASE_POLL_MS = 500;
/** A check that fails this often without getting on is not going to succeed. */
const MAX_FAILURES = 5;

export const TASK_OF_PHASE: Readonly<Record<Phase, string>> = {
  check: 'imports.check',
  commit: 'imports.commit',
};

/** Takes imports from the queue. Runs at least once, posts exactly once. */
@Injectable()
export class ImportsWorker implements OnModuleInit {
  readonly #logger = new Logger('imports');

  constructor(
    private readonly database: Database,
    private readonly store: ImportsStore,
    private readonly run: ImportRun,
    private readonly longWork: LongWork,
    private readonly holders: KeyHolders,
  ) {}

  onModuleInit(): void {
    this.holders.registerTable({ table: 'import_file', key: ['id'] });
    for (const phase of ['check', 'commit'] as const) {
      this.longWork.register<ImportTask>(TASK_OF_PHASE[phase], {
        run: ({ importId }, signal) => this.#work(importId, phase, signal),
        listOpen: async (tx) =>
          (await this.store.listMoving(tx, phase)).map((importId) => ({ importId })),
      });
    }
  }

  async #work(importId: string, phase: Phase, stop: AbortSignal): Promise<void> {
    const taken = await this.#takeUp(importId, phase, stop);
    if (!taken) return;
    try {
      const record = await this.database.read((tx) => this.store.find(tx, importId));
      if (record) await this.run.run(record, taken, phase, stop);
    } catch (error) {
      if (error instanceof Superseded) return;
      if (error instanceof Stopped || isTryAgainLater(error)) await this.#release(taken, stop);
      else await this.#countFailure(taken, phase, error as Error);
      throw error;
    }
  }

  /** Undefined when the import needs no work of this phase or another worker is alive on it. */
  async #takeUp(importId: string, phase: Phase, stop: AbortSignal): Promise<TakenUp | undefined> {
    for (let waitedMs = 0; ; waitedMs += LEASE_POLL_MS) {
      const taken = await this.database.transaction((tx) => this.store.takeUp(tx, importId, phase));
      if (taken || waitedMs >= LEASE_WAIT_MS || stop.aborted) return taken;
      if (!(await this.database.read((tx) => this.store.isLeased(tx, importId)))) return undefined;
      await sleep(LEASE_POLL_MS, undefined, { signal: stop }).catch(() => undefined);
    }
  }

  /**
   * The task stays in the queue: another worker, or the next start, goes on at once. A database that
   * went away is waited for as long as the lease lasts; after that nothing is left to give back.
   */
  async #release({ key }: TakenUp, stop: AbortSignal): Promise<void> {
    for (let waitedMs = 0; ; waitedMs += LEASE_POLL_MS) {
      try {
        return await this.database.transaction((tx) => this.store.release(tx, key));
      } catch (error) {
        if (!isTryAgainLater(error) || waitedMs >= LEASE_WAIT_MS || stop.aborted) throw error;
      }
      await sleep(LEASE_POLL_MS, undefined, { signal: stop }).catch(() => undefined);
    }
  }

  /** Failing means trying again; a check that never gets on is given up and says so. */
  async #countFailure({ key }: TakenUp, phase: Phase, error: Error): Promise<void> {
    this.#logger.error(`import ${key.importId}: ${error.message}`, error.stack);
    await this.database.transaction(async (tx) => {
      const failures = await this.store.countFailure(tx, key);
      if (failures < MAX_FAILURES || phase === 'commit') return;
      const problem = { code: 'internal-error' } as const;
      await this.store.endPhase(tx, key, { phase, state: 'failed', problem });
    });
  }
}
