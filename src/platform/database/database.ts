import { setTimeout as sleep } from 'node:timers/promises';
import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
import type { Pool } from 'pg';
import type { DataSource, EntityManager } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { CONFIG, type Config } from '../config/index.js';
import { Refusal } from '../http/refusal.js';
import { isWithinRequest } from '../logging/context.js';
import { createDataSource } from './data-source.js';
import { requireDurability } from './durability.js';
import { isLostRace, isOutage, isTimeOver } from './failures.js';
import { APP_ROLE, mayTakeRole } from './rights.js';
import { currentTenant, inTenantScope } from './tenant-scope.js';
import { type Tenant, TENANT_ROLE, mayStandBehindWalls, standFor } from './walls.js';

const MAX_ATTEMPTS = 5;
/** What a caller is told to wait before it comes back. */
const RETRY_AFTER_SECONDS = '2';

/** The one way to PostgreSQL. Services open transactions here; stores only receive them. */
@Injectable()
export class Database implements OnModuleInit, OnApplicationShutdown {
  readonly #logger = new Logger('database');
  /** For work of the queue and of the process itself, which may take its time. */
  #work: DataSource;
  /** For requests: nobody waits longer than their limit. */
  #requests: DataSource;
  /** For what one tenant reads, and may see; undefined where the server has no walls. */
  #walled: DataSource | undefined;

  constructor(@Inject(CONFIG) private readonly config: Config) {
    this.#work = createDataSource(config.databaseUrl);
    this.#requests = this.#work;
  }

  /** Connections of the kind that the work at hand needs. */
  get dataSource(): DataSource {
    return isWithinRequest() ? this.#requests : this.#work;
  }

  /** How many connections there are, by what they are for and what they do. */
  connections(): { label: string; value: number }[] {
    const sources = { work: this.#work, requests: this.#requests, tenants: this.#walled };
    return Object.entries(sources).flatMap(([label, source]) => {
      if (!source?.isInitialized) return [];
      const { totalCount, idleCount, waitingCount } = (source.driver as PostgresDriver)
        .master as Pool;
      return [
        { label: `${label} busy`, value: totalCount - idleCount },
        { label: `${label} idle`, value: idleCount },
        { label: `${label} awaited`, value: waitingCount },
      ];
    });
  }

  async onModuleInit(): Promise<void> {
    const asAccount = await this.#work.initialize();
    try {
      await requireDurability(asAccount, this.config.allowDataLoss);
      const role = await this.#roleToTake();
      const { requestStatementMs, workStatementMs } = this.config.edge;
      const { databaseUrl } = this.config;
      const work = createDataSource(databaseUrl, { ...role, statementMs: workStatementMs });
      const requests = createDataSource(databaseUrl, { ...role, statementMs: requestStatementMs });
      [this.#work, this.#requests] = await Promise.all([work.initialize(), requests.initialize()]);
      await this.#standBehindWalls(asAccount, requestStatementMs);
    } finally {
      // A start that is refused has no shutdown: the pool would keep the process alive.
      await asAccount.destroy();
    }
  }

  /** The rights of the application's role, wherever the account may take it on. */
  async #roleToTake(): Promise<{ role?: string }> {
    if (await mayTakeRole(this.#work, APP_ROLE)) return { role: APP_ROLE };
    this.#logger.warn(
      `The account may not take on the role ${APP_ROLE}: the books are append-only by trigger and ` +
        `log, not by rights. As a superuser: CREATE ROLE ${APP_ROLE}; GRANT ${APP_ROLE} TO <account>;`,
    );
    return {};
  }

  async #standBehindWalls(asAccount: DataSource, statementMs: number): Promise<void> {
    if (await mayStandBehindWalls(asAccount)) {
      const use = { role: TENANT_ROLE, statementMs };
      this.#walled = await createDataSource(this.config.databaseUrl, use).initialize();
      return;
    }
    this.#logger.warn(
      `No walls between tenants in the database: only the application's own checks hold. As a ` +
        `superuser: CREATE ROLE ${TENANT_ROLE}; GRANT ${TENANT_ROLE} TO <account>; ` +
        `ALTER ROLE ${APP_ROLE} BYPASSRLS; then migrate again.`,
    );
  }

  /** After everything that still works with it: the queue ends one step before. */
  async onApplicationShutdown(): Promise<void> {
    for (const source of [this.#work, this.#requests, this.#walled]) {
      if (source?.isInitialized) await source.destroy();
    }
  }

  /**
   * Runs `work` in one READ COMMITTED transaction. A deadlock, a lock waited for in vain or a lost
   * race for the next number of a lot is retried with jitter, at most five times in all; then the
   * caller is told to come back (503). `work` may run more than once, so it must have no effect
   * outside the transaction. A database that is not there is a 503 at once: when it went away during
   * the commit nobody knows what came of it, and only the caller can ask again.
   */
  transaction<T>(work: (tx: EntityManager) => Promise<T>): Promise<T> {
    return this.#retried(() => this.dataSource.transaction('READ COMMITTED', work));
  }

  /**
   * Like {@link transaction}, for work of one statement, which is a transaction anyway: four more
   * round trips are saved.
   */
  statement<T>(work: (tx: EntityManager) => Promise<T>): Promise<T> {
    return this.#retried(() => work(this.dataSource.manager));
  }

  async #retried<T>(work: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await work();
      } catch (error) {
        if (isOutage(error) || isTimeOver(error)) throw tryAgainLater(error);
        if (!isLostRace(error)) throw error;
        if (attempt === MAX_ATTEMPTS) throw tryAgainLater(error);
        await sleep(Math.random() * 20 * 2 ** attempt);
      }
    }
  }

  /**
   * Runs read-only `work` outside any transaction. Work for one tenant runs behind its wall: the
   * database itself gives out no row that is not the tenant's to read (`walls.ts`).
   */
  async read<T>(work: (tx: EntityManager) => Promise<T>): Promise<T> {
    const tenant = currentTenant();
    try {
      if (tenant && this.#walled) return await readFor(tenant, this.#walled, work);
      return await work(this.dataSource.manager);
    } catch (error) {
      throw isOutage(error) || isTimeOver(error) ? tryAgainLater(error) : error;
    }
  }

  /**
   * Like {@link read}, past the walls between tenants. For the few questions that are about other
   * tenants' rows by their nature; each use says why.
   */
  readAcrossTenants<T>(work: (tx: EntityManager) => Promise<T>): Promise<T> {
    return inTenantScope(() => this.read(work));
  }
}

/** Reads on one connection that stands for the tenant; whoever gets it next says so anew. */
async function readFor<T>(
  tenant: Tenant,
  walled: DataSource,
  work: (tx: EntityManager) => Promise<T>,
): Promise<T> {
  const runner = walled.createQueryRunner();
  try {
    await standFor(runner, tenant);
    return await work(runner.manager);
  } finally {
    await runner.release();
  }
}

/** True for the answer of a database that was busy or away: the work itself is not to blame. */
export function isTryAgainLater(error: unknown): boolean {
  return error instanceof Refusal && error.problem.code === 'try-again-later';
}

function tryAgainLater(cause: unknown): Refusal {
  const refusal = new Refusal(
    { code: 'try-again-later', params: { seconds: RETRY_AFTER_SECONDS } },
    { 'retry-after': RETRY_AFTER_SECONDS },
  );
  refusal.cause = cause;
  // What a log shows; a caller is told only when to come back.
  if (cause instanceof Error) refusal.message += `: ${cause.message}`;
  return refusal;
}
