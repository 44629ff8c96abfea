import { Injectable, Logger } from '@nestjs/common';
import { Refusal } from '../platform/http/index.js';
import { type Limiter, Limits, secondsUntil } from '../platform/limits/index.js';

/** Failures one caller may have in the window. */
const FAILURES_OF_CALLER = 20;
const CALLER_WINDOW_S = 10 * 60;
/** Failures that all strangers together may have: guessing from many addresses is guessing too. */
const FAILURES_OF_ALL = 1_000;
const ALL_WINDOW_S = 60 * 60;
const ALL = 'all';
/** A caller that was stopped and asks so often again is no person who mistypes. */
const STUBBORN = 100;
/** Callers whose refusal is remembered, so that a flood of them costs no statement each. */
const MOST_BLOCKED = 10_000;

/** Whose failures are counted together. */
export interface Caller {
  /** An address, or the institution that is signed in. */
  readonly key: string;
  /** A signed-in institution is known, so a stranger's flood does not lock it out. */
  readonly isKnown: boolean;
}

/** A caller that is refused without a look. */
interface Blocked {
  readonly untilMs: number;
  /** How often it asked meanwhile. */
  refused: number;
}

/**
 * Slows down guessing of codes, over all processes together. Only failures count. Attempts of one
 * caller run one after another, so that a thousand at once do not all pass before the first failure
 * is counted.
 */
@Injectable()
export class GuessLimits {
  readonly #logger = new Logger('verification');
  readonly #byCaller: Limiter;
  readonly #ofAll: Limiter;
  readonly #turns = new Map<string, Promise<unknown>>();
  readonly #blocked = new Map<string, Blocked>();

  constructor(limits: Limits) {
    this.#byCaller = limits.open({
      name: 'code-caller',
      most: FAILURES_OF_CALLER,
      windowS: CALLER_WINDOW_S,
    });
    this.#ofAll = limits.open({ name: 'code-all', most: FAILURES_OF_ALL, windowS: ALL_WINDOW_S });
  }

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

  /** Counted first and given back when it was right: other processes may be at it as well. */
  async #counted<T>(caller: Caller, open: () => Promise<T>): Promise<T> {
    await this.#enter(caller);
    try {
      if (!caller.isKnown) await this.#refuseBeyondAll();
      const opened = await open();
      await this.#byCaller.giveBack(caller.key);
      return opened;
    } catch (error) {
      if (!(error instanceof Refusal)) await this.#byCaller.giveBack(caller.key);
      else if (!caller.isKnown) await this.#countOfAll(error);
      throw error;
    }
  }

  async #enter({ key, isKnown }: Caller): Promise<void> {
    const known = this.#blocked.get(key);
    const leftMs = (known?.untilMs ?? 0) - Date.now();
    if (known && leftMs > 0) {
      known.refused += 1;
      if (known.refused === STUBBORN) this.#tellOf(isKnown ? key : null);
      throw tooMany(leftMs);
    }
    this.#blocked.delete(key);
    const standing = await this.#byCaller.count(key);
    if (standing.used <= FAILURES_OF_CALLER) return;
    if (this.#blocked.size >= MOST_BLOCKED) this.#blocked.clear();
    this.#blocked.set(key, { untilMs: Date.now() + standing.resetMs, refused: 0 });
    throw tooMany(standing.resetMs);
  }

  /** Of a stranger nothing is written down; of an institution, which one. */
  #tellOf(institution: string | null): void {
    this.#logger.error({
      alarm: 'code-guessing',
      ...(institution === null ? {} : { institution }),
      msg: `one caller asked ${STUBBORN} times more after ${FAILURES_OF_CALLER} wrong codes`,
    });
  }

  async #refuseBeyondAll(): Promise<void> {
    const standing = await this.#ofAll.look(ALL);
    if (standing.used >= FAILURES_OF_ALL) throw tooMany(standing.resetMs);
  }

  async #countOfAll({ problem }: Refusal): Promise<void> {
    if (problem.code === 'too-many-wrong-codes') return;
    const { used } = await this.#ofAll.count(ALL);
    if (used !== FAILURES_OF_ALL) return;
    this.#logger.error({
      alarm: 'code-guessing',
      msg: `${FAILURES_OF_ALL} wrong codes within an hour: somebody may be guessing`,
    });
  }
}

function tooMany(resetMs: number): Refusal {
  const seconds = secondsUntil({ used: 0, resetMs });
  return new Refusal(
    { code: 'too-many-wrong-codes', params: { seconds } },
    { 'retry-after': seconds },
  );
}
