import { Injectable, Logger } from '@nestjs/common';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { Refusal } from '../platform/http/index.js';

/** Failures one caller may have in the window. */
const FAILURES_OF_CALLER = 20;
const CALLER_WINDOW_S = 10 * 60;
/** Failures that all strangers together may have: guessing from many addresses is guessing too. */
const FAILURES_OF_ALL = 1_000;
const ALL_WINDOW_S = 60 * 60;
const ALL = 'all';

/** Whose failures are counted together. */
export interface Caller {
  /** An address, or the institution that is signed in. */
  readonly key: string;
  /** A signed-in institution is known, so a stranger's flood does not lock it out. */
  readonly isKnown: boolean;
}

/**
 * Slows down guessing of codes. Only failures count. Attempts of one caller run one after another,
 * so that a thousand at once do not all pass before the first failure is counted. Counts in memory:
 * every process has its own, and a restart forgets.
 */
@Injectable()
export class GuessLimits {
  readonly #logger = new Logger('verification');
  readonly #byCaller = new RateLimiterMemory({
    points: FAILURES_OF_CALLER,
    duration: CALLER_WINDOW_S,
  });
  readonly #ofAll = new RateLimiterMemory({ points: FAILURES_OF_ALL, duration: ALL_WINDOW_S });
  readonly #turns = new Map<string, Promise<unknown>>();

  /**
   * Runs an attempt to open a code in the caller's turn; one that throws counts as a failure.
   * Refuses with `too-many-wrong-codes` and `Retry-After`.
   */
  async attempt<T>(caller: Caller, open: () => Promise<T>): Promise<T> {
    const before = this.#turns.get(caller.key) ?? Promise.resolve();
    const mine = before.then(() => this.#counted(caller, open));
    const turn = mine.catch(() => undefined);
    this.#turns.set(caller.key, turn);
    try {
      return await mine;
    } finally {
      if (this.#turns.get(caller.key) === turn) this.#turns.delete(caller.key);
    }
  }

  async #counted<T>(caller: Caller, open: () => Promise<T>): Promise<T> {
    await refuseBeyond(this.#byCaller, caller.key, FAILURES_OF_CALLER);
    if (!caller.isKnown) await refuseBeyond(this.#ofAll, ALL, FAILURES_OF_ALL);
    try {
      return await open();
    } catch (error) {
      if (error instanceof Refusal) await this.#count(caller);
      throw error;
    }
  }

  async #count(caller: Caller): Promise<void> {
    await this.#byCaller.penalty(caller.key);
    if (caller.isKnown) return;
    const { consumedPoints } = await this.#ofAll.penalty(ALL);
    if (consumedPoints === FAILURES_OF_ALL) {
      this.#logger.warn(`${FAILURES_OF_ALL} wrong codes within an hour: somebody may be guessing`);
    }
  }
}

async function refuseBeyond(limiter: RateLimiterMemory, key: string, most: number): Promise<void> {
  const count = await limiter.get(key);
  if (!count || count.consumedPoints < most) return;
  const seconds = String(Math.max(1, Math.ceil(count.msBeforeNext / 1000)));
  throw new Refusal(
    { code: 'too-many-wrong-codes', params: { seconds } },
    { 'retry-after': seconds },
  );
}
