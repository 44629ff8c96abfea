import type { Limiter, Standing } from './limits.js';

interface Window {
  /** By this process, since it last told the others. */
  own: number;
  /** By all processes, as far as this one was told. */
  known: number;
  endsAtMs: number;
}

/**
 * Callers below this part of their allowance are not told to the others: many quiet callers would
 * cost a statement each, and between them no limit is near.
 */
const WORTH_TELLING = 0.05;
const TELL_EVERY_MS = 1_000;
/** An attacker with many addresses must not fill the memory; the oldest go first. */
const MOST_CALLERS = 50_000;

/**
 * A rate that all processes keep together without asking each other at each request: every process
 * counts for itself and once a second adds what it counted to the shared counter. Beyond the most a
 * caller gets at most what it can ask in that second.
 */
export class SharedRate {
  readonly #limiter: Limiter;
  readonly #now: () => number;
  readonly #windows = new Map<string, Window>();
  #timer: NodeJS.Timeout | undefined;

  constructor(limiter: Limiter, now: () => number = Date.now) {
    this.#limiter = limiter;
    this.#now = now;
  }

  start(): void {
    this.#timer = setInterval(() => void this.tell(), TELL_EVERY_MS).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Counts one and says how the caller stands with it. */
  take(caller: string): Standing {
    const window = this.#windowOf(caller);
    window.own += 1;
    return this.#standingOf(window);
  }

  look(caller: string): Standing {
    return this.#standingOf(this.#windowOf(caller));
  }

  isBeyond({ used }: Standing): boolean {
    return used > this.#limiter.allowance.most;
  }

  /** Adds what was counted here to what all processes count, and forgets windows that ended. */
  async tell(): Promise<void> {
    const now = this.#now();
    const worth = this.#limiter.allowance.most * WORTH_TELLING;
    for (const [caller, window] of this.#windows) {
      if (window.endsAtMs <= now) this.#windows.delete(caller);
      else if (window.own + window.known >= worth) await this.#tell(caller, window);
    }
  }

  async #tell(caller: string, window: Window): Promise<void> {
    const told = window.own;
    try {
      // Nothing to tell is a question: the others may have been asked meanwhile.
      const { used, resetMs } = await (told > 0
        ? this.#limiter.count(caller, told)
        : this.#limiter.look(caller));
      window.own -= told;
      window.known = used;
      window.endsAtMs = this.#now() + resetMs;
    } catch {
      // The store is away: this process goes on with what it counted itself.
    }
  }

  #windowOf(caller: string): Window {
    const now = this.#now();
    const found = this.#windows.get(caller);
    if (found && found.endsAtMs > now) return found;
    this.#windows.delete(caller);
    if (this.#windows.size >= MOST_CALLERS) {
      this.#windows.delete(this.#windows.keys().next().value as string);
    }
    const endsAtMs = now + this.#limiter.allowance.windowS * 1000;
    const fresh = { own: 0, known: 0, endsAtMs };
    this.#windows.set(caller, fresh);
    return fresh;
  }

  #standingOf({ own, known, endsAtMs }: Window): Standing {
    return { used: own + known, resetMs: Math.max(0, endsAtMs - this.#now()) };
  }
}
