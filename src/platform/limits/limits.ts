import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Redis } from 'ioredis';
import type { Pool, QueryConfig } from 'pg';
import {
  RateLimiterMemory,
  RateLimiterPostgres,
  RateLimiterRedis,
  type RateLimiterAbstract,
  RateLimiterRes,
} from 'rate-limiter-flexible';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { CONFIG, type Config } from '../config/index.js';
import { Keyring } from '../crypto/index.js';
import { Database } from '../database/index.js';

/** So many of something in so long. */
export interface Allowance {
  /** Tells counters apart; never changes once released. */
  readonly name: string;
  readonly most: number;
  readonly windowS: number;
}

/** How far a caller is within its window. */
export interface Standing {
  readonly used: number;
  /** Until the window ends. */
  readonly resetMs: number;
}

/** One counter for each caller, shared by all processes. */
export interface Limiter {
  readonly allowance: Allowance;
  /** Counts `points` more, also beyond the most. */
  count(caller: string, points?: number): Promise<Standing>;
  /** Takes points back. */
  giveBack(caller: string, points?: number): Promise<void>;
  look(caller: string): Promise<Standing>;
}

/** Opens counters. */
export abstract class Limits {
  abstract open(allowance: Allowance): Limiter;
}

const RELEASE_S = 60;

/**
 * Counters in Redis when there is one, otherwise in PostgreSQL; in memory while neither answers, so
 * that an outage neither locks everybody out nor lets a guesser try without end. Callers are hashed
 * with a key: a sign-in name or an address is nobody's business in a dump.
 */
@Injectable()
export class SharedLimits extends Limits implements OnApplicationShutdown {
  #redis: Redis | undefined;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
    private readonly keyring: Keyring,
  ) {
    super();
  }

  open(allowance: Allowance): Limiter {
    const hash = (caller: string): string =>
      this.keyring.blindIndex(`limit|${allowance.name}|${caller}`).toString('base64url');
    return new FlexibleLimiter(allowance, this.#store(allowance), hash);
  }

  async onApplicationShutdown(): Promise<void> {
    // One that does not answer cannot be told to quit, and would be called for ever.
    await this.#redis?.quit().catch(() => this.#redis?.disconnect());
  }

  #store({ name, most, windowS }: Allowance): RateLimiterAbstract {
    const options = {
      keyPrefix: name,
      points: most,
      duration: windowS,
      insuranceLimiter: new RateLimiterMemory({ points: most, duration: windowS }),
    };
    const { redisUrl } = this.config;
    if (redisUrl !== null) {
      return new RateLimiterRedis({ ...options, storeClient: this.#connect(redisUrl) });
    }
    const query = (statement: QueryConfig): Promise<unknown> => this.#pool().query(statement);
    return new RateLimiterPostgres({
      ...options,
      storeClient: { query },
      storeType: 'client',
      tableName: 'rate_limit',
      tableCreated: true,
    });
  }

  /** Asked anew each time: the service changes its connections when it takes on its role. */
  #pool(): Pool {
    return (this.database.dataSource.driver as PostgresDriver).master as Pool;
  }

  #connect(url: string): Redis {
    if (!this.#redis) {
      this.#redis = new Redis(url, { enableOfflineQueue: false, maxRetriesPerRequest: 1 });
      this.#redis.on('error', () => undefined);
    }
    return this.#redis;
  }
}

/** Counters of one process, for specs of what stands on them. */
export class MemoryLimits extends Limits {
  open(allowance: Allowance): Limiter {
    const { most, windowS } = allowance;
    const store = new RateLimiterMemory({ points: most, duration: windowS });
    return new FlexibleLimiter(allowance, store, (caller) => caller);
  }
}

class FlexibleLimiter implements Limiter {
  readonly allowance: Allowance;
  readonly #store: RateLimiterAbstract;
  readonly #hash: (caller: string) => string;

  constructor(allowance: Allowance, store: RateLimiterAbstract, hash: (caller: string) => string) {
    this.allowance = allowance;
    this.#store = store;
    this.#hash = hash;
  }

  async count(caller: string, points = 1): Promise<Standing> {
    return this.#standingOf(await this.#store.penalty(this.#hash(caller), points));
  }

  async giveBack(caller: string, points = 1): Promise<void> {
    await this.#store.reward(this.#hash(caller), points);
  }

  async look(caller: string): Promise<Standing> {
    return this.#standingOf(await this.#store.get(this.#hash(caller)));
  }

  #standingOf(found: RateLimiterRes | null): Standing {
    const { windowS } = this.allowance;
    if (!found) return { used: 0, resetMs: windowS * 1000 };
    return { used: found.consumedPoints, resetMs: found.msBeforeNext };
  }
}

/** Seconds that a caller is told to wait: at least one, so that nobody comes back at once. */
export function secondsUntil({ resetMs }: Standing): string {
  return String(Math.min(24 * 60 * RELEASE_S, Math.max(1, Math.ceil(resetMs / 1000))));
}
