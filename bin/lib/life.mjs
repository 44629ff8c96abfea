import { constants } from 'node:os';
import { parentOf, waitUntil } from './process.mjs';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
// npm passes on the Ctrl-C that the terminal sent to us already: one key press, two signals.
const SAME_KEY_PRESS_MS = 1_000;
const PARENT_CHECK_MS = 500;
const HELPER_FAREWELL_MS = 3_000;

/**
 * How this process ends: each part that was started says how to stop it, the last started stops
 * first. A first signal stops in good order, a second one kills. A service that was asked to stop
 * and did ends with 0.
 */
export class Life {
  #parts = [];
  #children = new Set();
  #stoppingSince;
  isServing = false;

  constructor({ say }) {
    this.say = say;
    for (const signal of SIGNALS) process.on(signal, () => this.#onSignal(signal));
    this.#watchParent();
  }

  get isEnding() {
    return this.#stoppingSince !== undefined;
  }

  /** `stop` may take its time and is awaited; `kill` must be done when it returns. */
  add(part) {
    this.#parts.push(part);
  }

  /** Short-lived helpers (npm, the compiler) end with us. Answers how to forget one. */
  track = (child) => {
    this.#children.add(child);
    if (this.isEnding) child.kill();
    return () => this.#children.delete(child);
  };

  async end(code) {
    if (this.isEnding) return;
    this.#stoppingSince = Date.now();
    await this.#endHelpers();
    while (this.#parts.length > 0) {
      const part = this.#parts.at(-1);
      await part.stop();
      this.#parts.pop();
    }
    process.exit(code);
  }

  /** npm takes a SIGTERM calmly and would go on installing behind the next start. */
  async #endHelpers() {
    for (const child of this.#children) child.kill();
    const areGone = await waitUntil(() => this.#children.size === 0, HELPER_FAREWELL_MS, 50);
    if (!areGone) for (const child of this.#children) child.kill('SIGKILL');
  }

  #onSignal(signal) {
    if (!this.isEnding) {
      this.say(`${signal}: stopping; once more to stop at once`);
      void this.end(this.isServing ? 0 : 128 + constants.signals[signal]);
      return;
    }
    if (Date.now() - this.#stoppingSince < SAME_KEY_PRESS_MS) return;
    this.say('stopped at once; the next start repairs what was open');
    for (const part of this.#parts.toReversed()) part.kill();
    process.exit(130);
  }

  /**
   * When npm is killed (kill -9) nothing tells us; running on unseen would hold port and data.
   * Between npm and us stands the shell that npm starts scripts with, so its parent counts too.
   */
  #watchParent() {
    if (process.env.npm_lifecycle_event === undefined) return;
    const ancestors = () => [process.ppid, parentOf(process.ppid)].join();
    const atStart = ancestors();
    const timer = setInterval(() => {
      if (this.isEnding || ancestors() === atStart) return;
      this.say('npm is gone: stopping');
      void this.end(0);
    }, PARENT_CHECK_MS);
    timer.unref();
  }
}
