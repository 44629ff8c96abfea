import { Injectable } from '@nestjs/common';
import type { ProblemCode } from '#libs/problems';
import { Keyring } from '../crypto/index.js';
import { Database } from '../database/index.js';
import { Refusal } from '../http/refusal.js';

/** How many failures are let pass, and what happens then. */
export interface AttemptLimit {
  /** Keeps counts of different limits apart. */
  readonly name: string;
  readonly most: number;
  readonly windowSeconds: number;
  /** A window that was used up makes the next one twice as long, up to this. */
  readonly longestSeconds: number;
  /** The refusal; it has the parameter `seconds`. */
  readonly code: ProblemCode;
}

/** One in so many attempts clears away counts that nobody needs any more. */
const SWEEP_ONE_IN = 200;

/**
 * Counts attempts in the database, so that they hold across processes and restarts. Whom they are
 * counted against is stored as a keyed hash: no name and no address can be read from the table.
 */
@Injectable()
export class Attempts {
  constructor(
    private readonly database: Database,
    private readonly keyring: Keyring,
  ) {}

  /**
   * Counts an attempt before it is made, so that a thousand at once do not all pass. Refuses with
   * the limit's code and `Retry-After` when there were too many.
   */
  async begin(limit: AttemptLimit, subject: string): Promise<void> {
    const { most, windowSeconds, longestSeconds, code } = limit;
    const [count] = await this.database.statement((tx) =>
      tx.query<{ attempts: number; secondsLeft: number }[]>(COUNT, [
        this.#key(limit, subject),
        most,
        windowSeconds,
        longestSeconds,
      ]),
    );
    if (Math.random() * SWEEP_ONE_IN < 1) await this.#sweep();
    if (!count || count.attempts <= most) return;
    const seconds = String(Math.max(1, count.secondsLeft));
    throw new Refusal({ code, params: { seconds } }, { 'retry-after': seconds });
  }

  /** Takes the count of one attempt back: it was none that should be held against anybody. */
  async takeBack(limit: AttemptLimit, subject: string): Promise<void> {
    await this.database.statement((tx) =>
      tx.query('UPDATE attempt_count SET attempts = attempts - 1 WHERE key = $1 AND attempts > 0', [
        this.#key(limit, subject),
      ]),
    );
  }

  /** Forgets all counts of a subject that has shown who it is. */
  async forget(limit: AttemptLimit, subject: string): Promise<void> {
    await this.database.statement((tx) =>
      tx.query('DELETE FROM attempt_count WHERE key = $1', [this.#key(limit, subject)]),
    );
  }

  #key(limit: AttemptLimit, subject: string): Buffer {
    return this.keyring.blindIndex(`attempt|${limit.name}|${subject}`);
  }

  async #sweep(): Promise<void> {
    await this.database.statement((tx) =>
      tx.query(`DELETE FROM attempt_count WHERE window_ends_at < now() - interval '1 day'`),
    );
  }
}

/** One statement: rivals wait for each other's row, so each gets a number of its own. */
const COUNT = `
  INSERT INTO attempt_count AS c (key, attempts, exhausted, window_ends_at)
  VALUES ($1, 1, 0, now() + make_interval(secs => $3::float8))
  ON CONFLICT (key) DO UPDATE SET
    attempts = CASE WHEN c.window_ends_at <= now() THEN 1 ELSE least(c.attempts + 1, $2::int + 1) END,
    exhausted = CASE WHEN c.window_ends_at > now() THEN c.exhausted
                     WHEN c.attempts < $2 THEN 0 ELSE least(c.exhausted + 1, 20) END,
    window_ends_at = CASE WHEN c.window_ends_at > now() THEN c.window_ends_at
      ELSE now() + make_interval(secs => least($4::float8, $3::float8 * 2 ^
             CASE WHEN c.attempts < $2 THEN 0 ELSE least(c.exhausted + 1, 20) END)) END
  RETURNING attempts, ceil(extract(epoch FROM window_ends_at - now()))::int AS "secondsLeft"`;
