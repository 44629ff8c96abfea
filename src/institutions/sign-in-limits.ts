import { isIPv6 } from 'node:net';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { Injectable } from '@nestjs/common';
import { Refusal } from '../platform/http/index.js';

/** Failures that one name, and one address, may have in the window. */
const MOST_FAILURES = 10;
const WINDOW_S = 10 * 60;

/**
 * Slows down guessing: by name against many passwords for one person, by address against one
 * password for many people. Counts in memory: every process has its own, and a restart forgets.
 */
@Injectable()
export class SignInLimits {
  readonly #byName = new RateLimiterMemory({ points: MOST_FAILURES, duration: WINDOW_S });
  readonly #byAddress = new RateLimiterMemory({ points: MOST_FAILURES, duration: WINDOW_S });

  /**
   * Counts an attempt before the password is looked at, so that a thousand at once do not all
   * pass. Refuses with `too-many-sign-ins` and `Retry-After`.
   */
  async begin(name: string, address: string): Promise<void> {
    await consume(this.#byAddress, network(address));
    await consume(this.#byName, name);
  }

  /** Takes the count of a successful attempt back. */
  async succeed(name: string, address: string): Promise<void> {
    await this.#byAddress.reward(network(address));
    await this.#byName.reward(name);
  }
}

async function consume(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    const seconds = String(Math.max(1, Math.ceil(error.msBeforeNext / 1000)));
    throw new Refusal(
      { code: 'too-many-sign-ins', params: { seconds } },
      { 'retry-after': seconds },
    );
  }
}

/** The address, or the /64 of an IPv6 address: one household has 2^64 of those. */
function network(address: string): string {
  if (!isIPv6(address) || address.includes('.')) return address;
  const [head = '', tail] = address.split('::');
  const groups = head === '' ? [] : head.split(':');
  if (tail !== undefined) {
    const rest = tail === '' ? [] : tail.split(':');
    while (groups.length + rest.length < 8) groups.push('0');
    groups.push(...rest);
  }
  return groups.slice(0, 4).join(':');
}
