import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Catalogue, type OutcomeDefinition } from '../catalogue/index.js';
import { Learners } from '../learners/index.js';
import { Ledger, type LotView } from '../ledger/index.js';
import { Clock } from '../platform/clock/index.js';
import { OutcomesStore, type StoredOutcome } from './outcomes.store.js';
import { PostingGuards } from './posting-guards.js';
import { RevocationsStore, type SeenLot } from './revocations.store.js';

/** Where the credit of an outcome stands, in one word; the largest concern wins. */
export type OutcomeState = 'available' | 'held' | 'used' | 'expired' | 'revoked' | 'registered';

/** A learner's outcome with its catalogue entry and its lot. */
export interface HeldOutcome {
  readonly outcome: StoredOutcome;
  readonly definition: OutcomeDefinition;
  /** Null when the outcome is registered without credit. */
  readonly lot: LotView | null;
  readonly state: OutcomeState;
}

/** Learning outcomes for the other features. */
@Injectable()
export class Outcomes {
  constructor(
    private readonly store: OutcomesStore,
    private readonly revocations: RevocationsStore,
    private readonly catalogue: Catalogue,
    private readonly ledger: Ledger,
    private readonly learners: Learners,
    private readonly guards: PostingGuards,
    private readonly clock: Clock,
  ) {}

  /**
   * Everything a learner has learned, newest record first; with `shown` without what nobody but the
   * learner is to see.
   */
  async listOf(
    tx: EntityManager,
    learnerId: string,
    which: 'shown' | 'all' = 'shown',
  ): Promise<HeldOutcome[]> {
    const selves = await this.learners.selvesOf(tx, learnerId);
    const outcomes: StoredOutcome[] = [];
    for (const id of selves) {
      outcomes.push(...(await this.store.listOf(tx, id, { after: null, limit: null })));
    }
    if (selves.length > 1) outcomes.sort(newestFirst);
    const held = await this.withLots(tx, selves, outcomes);
    return which === 'all' ? held : this.shown(tx, held);
  }

  /** {@link listOf} many learners, of each the newest record first. */
  async listOfMany(
    tx: EntityManager,
    learnerIds: readonly string[],
    which: 'shown' | 'all' = 'shown',
  ): Promise<HeldOutcome[]> {
    const outcomes = await this.store.listOfMany(tx, learnerIds);
    const lots = await this.ledger.lotsOfMany(tx, learnerIds, this.clock.today());
    const held = await this.#join(tx, learnerIds, { outcomes, lots });
    return which === 'all' ? held : this.shown(tx, held);
  }

  /** Those of some outcomes that others than the learner may be shown. */
  async shown(tx: EntityManager, held: HeldOutcome[]): Promise<HeldOutcome[]> {
    const hidden = await this.guards.hiddenAmong(tx, held);
    return hidden.size === 0 ? held : held.filter(({ outcome }) => !hidden.has(outcome.lotId));
  }

  /** One outcome of a learner, of whichever account, or undefined. */
  async find(
    tx: EntityManager,
    learnerId: string,
    outcomeId: string,
  ): Promise<HeldOutcome | undefined> {
    const selves = await this.learners.selvesOf(tx, learnerId);
    const places = selves.map((id) => ({ lotId: outcomeId, learnerId: id }));
    const outcomes = await this.store.findMany(tx, places);
    return (await this.withLots(tx, selves, outcomes))[0];
  }

  /**
   * How much of the history of outcomes is known now, in their order, to ask {@link revokedSince}
   * later. Each is watched under the account that it was posted to.
   */
  async seen(tx: EntityManager, held: readonly HeldOutcome[]): Promise<SeenLot[]> {
    const places = held.map(({ outcome: { learnerId, lotId } }) => ({ learnerId, lotId }));
    const newest = await this.revocations.newestLines(tx, places);
    return places.map((place) => ({ ...place, seq: newest.get(place.lotId) ?? -1 }));
  }

  /** Which of these were taken back since they were seen, also when they were given back after it. */
  revokedSince(tx: EntityManager, seen: readonly SeenLot[]): Promise<Set<number>> {
    return this.revocations.revokedSince(tx, seen);
  }

  /** Adds catalogue entry and lot to stored outcomes of one learner, of all accounts. */
  async withLots(
    tx: EntityManager,
    selves: readonly string[],
    outcomes: readonly StoredOutcome[],
  ): Promise<HeldOutcome[]> {
    const lots = await this.ledger.lots(tx, selves, this.clock.today());
    return this.#join(tx, selves, { outcomes, lots });
  }

  async #join(
    tx: EntityManager,
    learnerIds: readonly string[],
    { outcomes, lots }: { outcomes: readonly StoredOutcome[]; lots: readonly LotView[] },
  ): Promise<HeldOutcome[]> {
    const matcher = await this.catalogue.matcher(tx);
    const lotOf = new Map(lots.map((lot) => [lot.lotId, lot]));
    const revoked = await this.revocations.revokedLots(tx, learnerIds);
    return outcomes.map((outcome) => {
      const definition = matcher.byId(outcome.definitionId);
      if (!definition) throw new Error(`outcome ${outcome.lotId} has no catalogue entry`);
      const lot = lotOf.get(outcome.lotId) ?? null;
      return { outcome, definition, lot, state: stateOf(lot, revoked.has(outcome.lotId)) };
    });
  }
}

/** As the store lists them: by the millisecond, then by id. */
export function newestFirst(a: StoredOutcome, b: StoredOutcome): number {
  const byTime = b.recordedAt.getTime() - a.recordedAt.getTime();
  if (byTime !== 0) return byTime;
  return a.lotId < b.lotId ? 1 : -1;
}

/**
 * Revoked before held before used before expired: what a reader must know first. An outcome without
 * credit, or one whose credit had expired, is revoked although the ledger has nothing to say of it.
 */
export function stateOf(lot: LotView | null, isRevoked = false): OutcomeState {
  if (isRevoked) return 'revoked';
  if (!lot) return 'registered';
  if (lot.revoked > 0n) return 'revoked';
  if (lot.held > 0n) return 'held';
  if (lot.available > 0n) return 'available';
  return lot.used > 0n ? 'used' : 'expired';
}
