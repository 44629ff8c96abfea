import { Injectable } from '@nestjs/common';
import { Refusal } from '../platform/http/index.js';
import { type Limiter, Limits, callerOfAddress, secondsUntil } from '../platform/limits/index.js';

/** Failures that one name, and one address, may have in the window. */
const MOST_FAILURES = 10;
const WINDOW_S = 10 * 60;

/**
 * Slows down guessing: by name against many passwords for one person, by address against one
 * password for many people. All processes count together.
 */
@Injectable()
export class SignInLimits {
  readonly #byName: Limiter;
  readonly #byAddress: Limiter;

  constructor(limits: Limits) {
    const window = { most: MOST_FAILURES, windowS: WINDOW_S };
    this.#byName = limits.open({ name: 'sign-in-name', ...window });
    this.#byAddress = limits.open({ name: 'sign-in-address', ...window });
  }

  /**
   * Counts an attempt before the password is looked at, so that a thousand at once do not all
   * pass. Refuses with `too-many-sign-ins` and `Retry-After`.
   */
  async begin(name: string, address: string): Promise<void> {
    await consume(this.#byAddress, callerOfAddress(address));
    await consume(this.#byName, name);
  }

  /** Takes the count of a successful attempt back. */
  async succeed(name: string, address: string): Promise<void> {
    await this.#byAddress.giveBack(callerOfAddress(address));
    await this.#byName.giveBack(name);
  }
}

async function consume(limiter: Limiter, caller: string): Promise<void> {
  const standing = await limiter.count(caller);
  if (standing.used <= MOST_FAILURES) return;
  const seconds = secondsUntil(standing);
  throw new Refusal({ code: 'too-many-sign-ins', params: { seconds } }, { 'retry-after': seconds });
}
