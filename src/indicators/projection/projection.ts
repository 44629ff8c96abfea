import type { EntityManager } from 'typeorm';
import { type KnownContribution, contributionsOf } from '#libs/indicators';
import { BUCKETS } from '../../platform/ids/index.js';
import { FactsStore } from './facts.store.js';
import { ProjectionStore, type TallyDelta } from './projection.store.js';

/** Rows of the feed that are worked off together; each names a thousand accounts at most. */
const FEED_ROWS = 4;
/** Accounts whose facts are in memory at once. */
const ACCOUNTS_AT_ONCE = 2_000;
/** Buckets of one step of a rebuild or a check. */
const BUCKETS_AT_ONCE = 8;
/** Differences that a check names; it counts all. */
const MOST_NAMED = 20;

/** Runs work in a transaction of its own. */
export type InTransaction = <T>(work: (tx: EntityManager) => Promise<T>) => Promise<T>;

export type OnProgress = (done: number, total: number) => void;

export interface CheckReport {
  readonly accounts: number;
  readonly contributions: number;
  /** Accounts whose contributions are not what the books say. */
  readonly wrongAccounts: number;
  readonly faults: readonly string[];
  readonly sound: boolean;
}

/**
 * Keeps what each person contributes, and the sums of that. Each account is always computed as a
 * whole from the books, whatever happened to it, so that following and rebuilding cannot differ.
 * Works without Nest, for the command line.
 */
export class Projection {
  readonly #facts = new FactsStore();
  readonly #store = new ProjectionStore();

  /**
   * Works off the oldest rows of the feed.
   * @returns how many; 0 also while somebody else is at it
   */
  follow(transaction: InTransaction): Promise<number> {
    return transaction(async (tx) => ((await this.#store.tryLock(tx)) ? this.#workOff(tx) : 0));
  }

  /** Works off the whole feed, after whoever is at it. */
  async catchUp(transaction: InTransaction): Promise<void> {
    const next = (): Promise<number> =>
      transaction(async (tx) => {
        await this.#store.lock(tx);
        return this.#workOff(tx);
      });
    while ((await next()) > 0);
  }

  /** Computes every account anew, and then every sum. Readers see the old figures until then. */
  async rebuild(
    transaction: InTransaction,
    onProgress?: OnProgress,
  ): Promise<{ accounts: number }> {
    let accounts = 0;
    for (let from = 0; from < BUCKETS; from += BUCKETS_AT_ONCE) {
      accounts += await transaction(async (tx) => {
        await this.#store.lock(tx);
        const own = await this.#facts.accountsIn(tx, from, from + BUCKETS_AT_ONCE);
        await this.#renew(tx, own);
        return own.length;
      });
      onProgress?.(Math.min(from + BUCKETS_AT_ONCE, BUCKETS), BUCKETS);
    }
    await transaction(async (tx) => {
      await this.#store.lock(tx);
      await this.#store.renewTally(tx);
    });
    return { accounts };
  }

  /** Compares what is kept with what the books say, and changes nothing but what waits in the feed. */
  async check(transaction: InTransaction, onProgress?: OnProgress): Promise<CheckReport> {
    await this.catchUp(transaction);
    const faults: string[] = [];
    let accounts = 0;
    let wrongAccounts = 0;
    for (let from = 0; from < BUCKETS; from += BUCKETS_AT_ONCE) {
      const wrong = await transaction(async (tx) => {
        await this.#store.lock(tx);
        const own = await this.#facts.accountsIn(tx, from, from + BUCKETS_AT_ONCE);
        accounts += own.length;
        return this.#wrongAmong(tx, own);
      });
      wrongAccounts += wrong.length;
      faults.push(...wrong.slice(0, MOST_NAMED - faults.length));
      onProgress?.(Math.min(from + BUCKETS_AT_ONCE, BUCKETS), BUCKETS);
    }
    return transaction(async (tx) => {
      await this.#store.lock(tx);
      const contributions = await this.#store.countContributions(tx);
      const all = [...faults, ...(await this.#store.wrongSums(tx, MOST_NAMED))];
      return { accounts, contributions, wrongAccounts, faults: all, sound: all.length === 0 };
    });
  }

  async #workOff(tx: EntityManager): Promise<number> {
    const rows = await this.#store.listFeed(tx, FEED_ROWS);
    if (rows.length === 0) return 0;
    await this.#renew(tx, [...new Set(rows.flatMap(({ learners }) => learners))]);
    await this.#store.deleteFeed(tx, rows);
    return rows.length;
  }

  /** The caller holds the lock. */
  async #renew(tx: EntityManager, accounts: readonly string[]): Promise<void> {
    for (let i = 0; i < accounts.length; i += ACCOUNTS_AT_ONCE) {
      const families = await this.#facts.familiesOf(tx, accounts.slice(i, i + ACCOUNTS_AT_ONCE));
      const all = families.flatMap((family) => family.accounts);
      const before = await this.#store.listContributions(tx, all);
      const after = families.flatMap(({ facts }) => contributionsOf(facts));
      // Most of what a person contributed before stands: only what changed is written.
      const gone = without(before, after);
      const fresh = without(after, before);
      const deltas = deltasBetween(gone, fresh);
      if (gone.length > 0) await this.#store.deleteContributions(tx, gone);
      if (fresh.length > 0) await this.#store.insertContributions(tx, fresh);
      if (deltas.length > 0) await this.#store.addToTally(tx, deltas);
    }
  }

  async #wrongAmong(tx: EntityManager, accounts: readonly string[]): Promise<string[]> {
    const wrong: string[] = [];
    for (let i = 0; i < accounts.length; i += ACCOUNTS_AT_ONCE) {
      const part = accounts.slice(i, i + ACCOUNTS_AT_ONCE);
      const families = await this.#facts.familiesOf(tx, part);
      const kept = byAccount(await this.#store.listContributions(tx, part));
      const follows = byAccount(families.flatMap(({ facts }) => contributionsOf(facts)));
      for (const id of part) {
        if (textOf(kept.get(id)) !== textOf(follows.get(id))) {
          wrong.push(`account ${id}: what is kept is not what the books say`);
        }
      }
    }
    return wrong;
  }
}

/** Those contributions that are not, just so, among others. */
function without(
  all: readonly KnownContribution[],
  others: readonly KnownContribution[],
): readonly KnownContribution[] {
  if (others.length === 0) return all;
  const known = new Set(others.map(keyOf));
  return all.filter((one) => !known.has(keyOf(one)));
}

/** Equal for contributions that are the same in every field. */
function keyOf(one: KnownContribution): string {
  const { learnerId, lotId, measure, category, institutionId, day, until, minutes } = one;
  return (
    `${learnerId} ${lotId} ${measure} ${category} ${institutionId} ${day} ${until} ${minutes} ` +
    `${one.recordedAt} ${one.knownFrom} ${one.knownTo}`
  );
}

/** What the sums change by when some contributions take the place of others. */
function deltasBetween(
  before: readonly KnownContribution[],
  after: readonly KnownContribution[],
): TallyDelta[] {
  const deltas = new Map<string, TallyDelta>();
  const addUp = (one: KnownContribution, day: string, sign: bigint): void => {
    const { measure, institutionId, category } = one;
    const key = [measure, day, institutionId, category].join('\n');
    const sum = deltas.get(key);
    const count = (sum?.count ?? 0n) + sign;
    const minutes = (sum?.minutes ?? 0n) + sign * one.minutes;
    deltas.set(key, { measure, day, institutionId, category, count, minutes });
  };
  const addAll = (all: readonly KnownContribution[], sign: bigint): void => {
    for (const one of all) {
      if (one.knownTo !== null) continue;
      addUp(one, one.day, sign);
      if (one.until !== null) addUp(one, one.until, -sign);
    }
  };
  addAll(before, -1n);
  addAll(after, 1n);
  return [...deltas.values()].filter(({ count, minutes }) => count !== 0n || minutes !== 0n);
}

function byAccount(all: readonly KnownContribution[]): Map<string, KnownContribution[]> {
  const accounts = new Map<string, KnownContribution[]>();
  for (const one of all) {
    const own = accounts.get(one.learnerId);
    if (own) own.push(one);
    else accounts.set(one.learnerId, [one]);
  }
  return accounts;
}

function textOf(contributions: readonly KnownContribution[] | undefined): string {
  return (contributions ?? [])
    .map((one) => JSON.stringify({ ...one, minutes: one.minutes.toString() }, KEYS))
    .sort()
    .join('\n');
}

/** In one order, whichever way the object was made. */
const KEYS = [
  'lotId',
  'measure',
  'category',
  'institutionId',
  'day',
  'until',
  'minutes',
  'recordedAt',
  'knownFrom',
  'knownTo',
];
