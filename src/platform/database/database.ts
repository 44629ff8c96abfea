import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { DataSource, type EntityManager, QueryFailedError } from 'typeorm';
import { CONFIG, type Config } from '../config/index.js';
import { Refusal } from '../http/refusal.js';
import { requireDurability } from './durability.js';

const MAX_ATTEMPTS = 5;
/** serialization_failure, deadlock_detected, lock_not_available */
const RETRYABLE = new Set(['40001', '40P01', '55P03']);

/** The PostgreSQL error code (SQLSTATE) of a failed query, or undefined for any other error. */
export function sqlState(error: unknown): string | undefined {
  if (!(error instanceof QueryFailedError)) return undefined;
  return (error.driverError as { code?: string }).code;
}

/** The name of the constraint that a failed query violated. */
export function violatedConstraint(error: unknown): string | undefined {
  if (!(error instanceof QueryFailedError)) return undefined;
  return (error.driverError as { constraint?: string }).constraint;
}

/** The one way to PostgreSQL. Services open transactions here; stores only receive them. */
@Injectable()
export class Database implements OnModuleInit, OnApplicationShutdown {
  constructor(
    readonly dataSource: DataSource,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async onModuleInit(): Promise<void> {
    if (!this.dataSource.isInitialized) await this.dataSource.initialize();
    try {
      await requireDurability(this.dataSource, this.config.allowDataLoss);
    } catch (error) {
      // A start that is refused has no shutdown: the pool would keep the process alive.
      await this.dataSource.destroy();
      throw error;
    }
  }

  /** After everything that still works with it: the queue ends one step before. */
  async onApplicationShutdown(): Promise<void> {
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
  }

  /**
   * Runs `work` in one READ COMMITTED transaction. A deadlock or serialisation failure is retried
   * with jitter, at most five times in all; then the caller is told to come back (503).
   * `work` may run more than once, so it must have no effect outside the transaction.
   */
  async transaction<T>(work: (tx: EntityManager) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.dataSource.transaction('READ COMMITTED', work);
      } catch (error) {
        if (!RETRYABLE.has(sqlState(error) ?? '')) throw error;
        if (attempt === MAX_ATTEMPTS)
          throw new Refusal({ code: 'try-again-later', params: { seconds: '2' } });
        await sleep(Math.random() * 20 * 2 ** attempt);
      }
    }
  }

  /** Runs read-only `work` outside any transaction. */
  read<T>(work: (tx: EntityManager) => Promise<T>): Promise<T> {
    return work(this.dataSource.manager);
  }
}
