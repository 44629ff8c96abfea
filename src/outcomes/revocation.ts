import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Command } from '#libs/double-entry';
import { Learners } from '../learners/index.js';
import { type Balances, type EntryRecord, Ledger, sumBalances } from '../ledger/index.js';
import { Clock } from '../platform/clock/index.js';
import { DomainEvents } from '../platform/events/index.js';
import { Refusal, orThrow, refusal } from '../platform/http/index.js';
import { bucketOf, newId } from '../platform/ids/index.js';
import { Dependants, type Resting, type RestingConversion } from './dependants.js';
import { withWhatNeeds } from './counterparts.js';
import { type HeldOutcome, Outcomes } from './outcomes.js';
import {
  type LearnerInScope,
  type OutcomeScope,
  type RevocationLine,
  RevocationsStore,
} from './revocations.store.js';

/** Who takes back or gives back, and why. */
export interface Orderer {
  readonly actor: string;
  readonly institutionId: string | null;
  readonly reason: string;
}

/** Credit of an outcome that stands, used up by a conversion that is reversed. */
export interface ReturnedCredit {
  readonly held: HeldOutcome;
  readonly amount: bigint;
  /** Its last day is over: it comes back and expires at once. */
  readonly isOverdue: boolean;
}

/** What taking outcomes back does, or would do. */
export interface RevocationEffects {
  readonly outcomes: readonly HeldOutcome[];
  /** Those among them that nobody named: they rest on one that was. */
  readonly fallen: readonly HeldOutcome[];
  /** Where the credit that is taken back stood. */
  readonly vanishes: Balances;
  readonly returns: readonly ReturnedCredit[];
  readonly resting: Resting;
}

export interface Revoked {
  readonly effects: RevocationEffects;
  readonly entries: readonly EntryRecord[];
}

/** Takes outcomes of a learner back with everything that rests on them, or gives them back. */
@Injectable()
export class OutcomeRevocations {
  constructor(
    private readonly outcomes: Outcomes,
    private readonly store: RevocationsStore,
    private readonly dependants: Dependants,
    private readonly ledger: Ledger,
    private readonly learners: Learners,
    private readonly clock: Clock,
    private readonly events: DomainEvents,
  ) {}

  /**
   * Locks everything of a learner that a revocation may touch, in the order of the house. What is
   * read after this stays true until the transaction ends.
   */
  lock(tx: EntityManager, learnerId: string): Promise<void> {
    return this.dependants.lock(tx, learnerId);
  }

  /** What would happen. Changes nothing. */
  async survey(
    tx: EntityManager,
    learnerId: string,
    named: readonly string[],
  ): Promise<RevocationEffects> {
    const all = await this.outcomes.listOf(tx, learnerId, 'all');
    const lotIds = withWhatNeeds(all, named);
    const outcomes = all.filter((held) => lotIds.includes(held.outcome.lotId));
    const recorded = outcomes.map((held) => held.outcome.recordedAt.getTime());
    const recordedAt = new Date(Math.min(...recorded));
    const resting = await this.dependants.find(tx, { learnerId, lotIds, recordedAt });
    return {
      outcomes,
      fallen: outcomes.filter(({ outcome }) => !named.includes(outcome.lotId)),
      vanishes: sumBalances(outcomes.flatMap((held) => held.lot ?? [])),
      returns: this.#returnsOf(resting, all),
      resting,
    };
  }

  /**
   * Takes standing outcomes back: their credit, wherever it is, and what rests on them, all in the
   * caller's transaction. Refuses `already-revoked`.
   */
  async revoke(
    tx: EntityManager,
    what: {
      learnerId: string;
      lotIds: readonly string[];
      batchId: string | null;
      /** Throws what forbids it, once all is locked and known and nothing is changed. */
      assertAllowed?: (effects: RevocationEffects) => void;
    },
    by: Orderer,
  ): Promise<Revoked> {
    const { learnerId, lotIds, batchId, assertAllowed } = what;
    if (batchId === null) await this.#requireUnnamed(tx, learnerId, { reason: by.reason });
    await this.lock(tx, learnerId);
    const effects = await this.survey(tx, learnerId, lotIds);
    if (effects.outcomes.some(({ state }) => state === 'revoked')) {
      throw refusal('already-revoked');
    }
    assertAllowed?.(effects);
    const revocationId = newId(bucketOf(learnerId));
    const commands = this.#commandsOf(effects);
    const entries = await this.#move(tx, learnerId, commands, by);
    await this.store.insert(
      tx,
      effects.outcomes.map(({ outcome }): RevocationLine => ({
        ...by,
        learnerId: outcome.learnerId,
        lotId: outcome.lotId,
        action: 'revoke',
        revocationId,
        batchId,
        appeal: null,
      })),
    );
    await this.dependants.reverse(tx, effects.resting, { ...by, revocationId });
    await this.#announce(tx, effects);
    return { effects, entries };
  }

  async #announce(tx: EntityManager, { outcomes, resting }: RevocationEffects): Promise<void> {
    for (const { outcome, definition } of outcomes) {
      await this.events.announce(tx, {
        type: 'outcome.revoked',
        institutionId: outcome.institutionId,
        data: { outcome: outcome.lotId, definition: definition.code },
      });
    }
    const reversed = resting.conversions.filter(({ fate }) => fate === 'reversed');
    for (const { institutionId, applicationId, programme } of reversed) {
      const data = { application: applicationId, programme };
      await this.events.announce(tx, { type: 'conversion.reversed', institutionId, data });
    }
  }

  newestLine(
    tx: EntityManager,
    learnerId: string,
    lotId: string,
  ): Promise<RevocationLine | undefined> {
    return this.store.findNewest(tx, learnerId, lotId);
  }

  /**
   * Gives a revoked outcome back, as it was: credit past its last day expires at once. The caller
   * holds {@link lock} and has checked that it is revoked.
   */
  async redeposit(
    tx: EntityManager,
    { outcome, lot }: HeldOutcome,
    { by, appeal }: { by: Orderer; appeal: string },
  ): Promise<{ entries: readonly EntryRecord[]; reversed: readonly RestingConversion[] }> {
    const { learnerId, lotId } = outcome;
    await this.#requireUnnamed(tx, learnerId, { reason: by.reason, appeal });
    const line = await this.store.findNewest(tx, learnerId, lotId);
    if (line?.action !== 'revoke') throw refusal('not-revoked');
    const { revocationId } = line;
    const commands: Command[] = [];
    if (lot && lot.revoked > 0n) {
      commands.push({ kind: 'redeposit', lotId, reference: revocationId });
      if (this.#isOverdue(lot.expiresOn)) commands.push({ kind: 'expire', lotId });
    }
    const entries = await this.#move(tx, learnerId, commands, by);
    await this.store.insert(tx, [
      { ...by, learnerId, lotId, action: 'redeposit', revocationId, batchId: null, appeal },
    ]);
    const reversed = await this.dependants.reversedBy(tx, { learnerId, lotId, revocationId });
    return { entries, reversed };
  }

  /** Outcomes in scope that stand, of learners in a range of buckets or of one learner. */
  listInScope(
    tx: EntityManager,
    scope: OutcomeScope,
    where: { fromBucket: number; toBucket: number; batchId: string | null; learnerId?: string },
  ): Promise<LearnerInScope[]> {
    return this.store.listInScope(tx, scope, where);
  }

  /** Whether an order has taken something of the learner back before. */
  isTouchedBy(tx: EntityManager, learnerId: string, batchId: string): Promise<boolean> {
    return this.store.isTouchedBy(tx, learnerId, batchId);
  }

  countInScope(
    tx: EntityManager,
    scope: OutcomeScope,
  ): Promise<{ learners: number; items: number; undecided: number }> {
    return this.store.countInScope(tx, scope);
  }

  /** What becomes part of an entry stays after an erasure, and is hashed: it can never be taken out. */
  async #requireUnnamed(
    tx: EntityManager,
    learnerId: string,
    texts: Readonly<Record<string, string>>,
  ): Promise<void> {
    for (const [field, text] of Object.entries(texts)) {
      if (!(await this.learners.isNamedIn(tx, learnerId, text))) continue;
      const code = 'names-a-person';
      throw new Refusal({ code, faults: [{ pointer: `/${field}`, code }] });
    }
  }

  #returnsOf({ conversions }: Resting, all: readonly HeldOutcome[]): ReturnedCredit[] {
    const sums = new Map<string, bigint>();
    for (const { lotId, amount } of conversions.flatMap(({ returns }) => returns)) {
      sums.set(lotId, (sums.get(lotId) ?? 0n) + amount);
    }
    return all.flatMap((held) => {
      const amount = sums.get(held.outcome.lotId);
      if (amount === undefined || amount === 0n) return [];
      return [{ held, amount, isOverdue: this.#isOverdue(held.lot?.expiresOn ?? null) }];
    });
  }

  #isOverdue(expiresOn: string | null): boolean {
    return expiresOn !== null && expiresOn < this.clock.today();
  }

  #commandsOf({ outcomes, resting, returns }: RevocationEffects): Command[] {
    const taken = outcomes.filter((held) => hasCredit(held));
    return [
      ...taken.map(({ outcome: { lotId } }): Command => ({ kind: 'revoke', lotId })),
      ...resting.conversions.flatMap(({ applicationId, returns: lots }) =>
        lots.map(({ lotId }): Command => ({ kind: 'reverse', lotId, reference: applicationId })),
      ),
      ...returns
        .filter(({ isOverdue }) => isOverdue)
        .map(({ held }): Command => ({ kind: 'expire', lotId: held.outcome.lotId })),
    ];
  }

  async #move(
    tx: EntityManager,
    learnerId: string,
    commands: readonly Command[],
    by: Orderer,
  ): Promise<readonly EntryRecord[]> {
    if (commands.length === 0) return [];
    const today = this.clock.today();
    const selves = await this.learners.selvesOf(tx, learnerId);
    const movement = { learnerId, selves, today, commands };
    return orThrow(await this.ledger.move(tx, by, movement)).entries;
  }
}

/** Wherever it stands; none when the outcome was registered without credit. */
function hasCredit({ lot }: HeldOutcome): boolean {
  return lot !== null && lot.available + lot.held + lot.used + lot.expired > 0n;
}
