import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Learners } from '../learners/index.js';
import { type Principal, isSelf } from '../platform/auth/index.js';
import { Clock } from '../platform/clock/index.js';
import { Database } from '../platform/database/index.js';
import { notFound, refusal } from '../platform/http/index.js';
import { bucketOf, isUuid, newId } from '../platform/ids/index.js';
import type { CandidacyDecisionDto } from './candidacies.dto.js';
import { CandidaciesStore } from './candidacies.store.js';
import { entitledBy } from './eligibility.js';
import type { CandidacyDto } from './eligibility.dto.js';
import { toCandidacyDto } from './eligibility.views.js';
import { Judge } from './judge.js';
import {
  type Candidacy,
  type CandidacyAction,
  type CandidacyEvent,
  type Place,
  type Reason,
  type Scheme,
  dayOf,
  isAllowed,
  stateOf,
} from './scheme.js';
import { Schemes } from './schemes.service.js';
import { SchemesStore } from './schemes.store.js';

/** A candidacy with what it belongs to. */
interface Known {
  readonly candidacy: Candidacy;
  readonly scheme: Scheme;
  readonly place: Place;
}

/**
 * Applying for a place, and what the receiving school decides. The bank says what is proven at that
 * moment; who is admitted is the school's to say, within the places there are.
 */
@Injectable()
export class Candidacies {
  constructor(
    private readonly database: Database,
    private readonly schemes: Schemes,
    private readonly schemesStore: SchemesStore,
    private readonly store: CandidaciesStore,
    private readonly judge: Judge,
    private readonly learners: Learners,
    private readonly clock: Clock,
  ) {}

  /** Refuses outside the days of the scheme, without eligibility, and a second time. */
  apply(principal: Principal, code: string, placeId: string): Promise<CandidacyDto> {
    const { learnerId } = principal;
    if (learnerId === null) throw refusal('not-a-learner');
    return this.database.transaction(async (tx) => {
      await this.learners.assertActive(tx, learnerId);
      const scheme = await this.schemes.require(tx, code);
      const place = await this.schemes.requirePlace(tx, scheme, placeId);
      const today = this.clock.today();
      const { opensOn: opens, closesOn: closes } = scheme;
      const state = stateOf(scheme, today);
      if (state !== 'open') throw refusal('admission-not-open', { state, opens, closes });
      const selves = await this.learners.selvesOf(tx, learnerId);
      await this.store.lock(tx, `${scheme.id}|${selves[0]}`);
      const earlier = await this.store.listOf(tx, selves, scheme.id);
      if (earlier.some((one) => one.state !== 'withdrawn')) {
        throw refusal('admission-applied-already');
      }
      const judged = await this.judge.one(tx, scheme, learnerId, dayOf(scheme, today));
      if (judged.status !== 'eligible') throw refusal('admission-not-eligible');
      const candidacy = {
        id: newId(bucketOf(learnerId)),
        learnerId,
        schemeId: scheme.id,
        placeId: place.id,
        institutionId: place.institutionId,
        round: 1 + Math.max(0, ...earlier.map(({ round }) => round)),
        decisionHash: judged.decisionHash,
        rules: entitledBy(judged.decision, scheme.rules),
        createdAt: this.clock.now(),
      };
      if (!(await this.store.insert(tx, candidacy))) throw refusal('admission-applied-already');
      await this.#note(tx, candidacy.id, this.#event(principal, 'apply', null));
      return this.#show(tx, { scheme, place, candidacy: await this.#find(tx, candidacy.id) });
    });
  }

  /** The learner takes a candidacy back; an admission frees its place. */
  withdraw(principal: Principal, id: string): Promise<CandidacyDto> {
    return this.database.transaction(async (tx) => {
      const known = await this.#locked(tx, id);
      if (!isSelf(principal, known.candidacy.learnerId)) throw notFound();
      return this.#act(tx, known, this.#event(principal, 'withdraw', null));
    });
  }

  /** The receiving school decides, or takes a decision back. */
  decide(
    principal: Principal,
    id: string,
    { verdict, reason, despite = false }: CandidacyDecisionDto,
  ): Promise<CandidacyDto> {
    return this.database.transaction(async (tx) => {
      const known = await this.#locked(tx, id);
      const { learnerId, institutionId } = known.candidacy;
      if (principal.institutionId === null || institutionId !== principal.institutionId) {
        throw notFound();
      }
      if (verdict !== 'admit' && reason === undefined) throw refusal('admission-reason-missing');
      // Whoever has asked for erasure is gone, as far as others hear.
      const right = { ground: 'application', reference: id } as const;
      const reading = { purpose: 'admission', fields: ['outcomes'], right } as const;
      const permit = await this.learners.admitBy(tx, principal, learnerId, reading);
      if (!permit) throw notFound();
      const proven = verdict === 'admit' ? await this.#isProven(tx, known) : null;
      if (proven === false && !despite) throw refusal('admission-not-proven');
      return this.#act(tx, known, this.#event(principal, verdict, reason ?? null, proven));
    });
  }

  /** Ends what is open about somebody whose data is frozen. */
  async withdrawAll(tx: EntityManager, learnerId: string, by: Principal): Promise<void> {
    for (const { id } of await this.store.listOf(tx, [learnerId], null)) {
      const known = await this.#locked(tx, id);
      if (!isAllowed(known.candidacy.state, 'withdraw')) continue;
      await this.#act(tx, known, this.#event(by, 'withdraw', 'learner-gone'));
    }
  }

  async #isProven(tx: EntityManager, { scheme, candidacy }: Known): Promise<boolean> {
    const on = dayOf(scheme, this.clock.today());
    const { status } = await this.judge.one(tx, scheme, candidacy.learnerId, on);
    return status === 'eligible';
  }

  /** Counts the place with the line of history: both or none. */
  async #act(tx: EntityManager, known: Known, event: CandidacyEvent): Promise<CandidacyDto> {
    const { candidacy, place } = known;
    const { state } = candidacy;
    if (!isAllowed(state, event.action)) throw refusal('admission-state', { state });
    if (event.action === 'admit' && !(await this.schemesStore.take(tx, place.id))) {
      throw refusal('admission-places-full', {
        places: String(place.places),
        major: place.title.zh,
      });
    }
    if (state === 'admitted') await this.schemesStore.giveBack(tx, place.id);
    await this.#note(tx, candidacy.id, event);
    return this.#show(tx, { ...known, candidacy: await this.#find(tx, candidacy.id) });
  }

  async #locked(tx: EntityManager, id: string): Promise<Known> {
    if (!isUuid(id)) throw notFound();
    await this.store.lock(tx, id);
    const candidacy = await this.#find(tx, id);
    const scheme = await this.schemesStore.findById(tx, candidacy.schemeId);
    const place = await this.schemesStore.findPlace(tx, candidacy.placeId);
    if (!scheme || !place) throw new Error(`candidacy ${id} belongs to nothing`);
    return { candidacy, scheme, place };
  }

  async #find(tx: EntityManager, id: string): Promise<Candidacy> {
    const candidacy = await this.store.find(tx, id);
    if (!candidacy) throw notFound();
    return candidacy;
  }

  async #show(tx: EntityManager, { candidacy, scheme, place }: Known): Promise<CandidacyDto> {
    const { institutions } = await this.schemes.contextOf(tx, scheme, [place]);
    return toCandidacyDto(candidacy, { scheme, place, institutions });
  }

  #note(tx: EntityManager, id: string, event: CandidacyEvent): Promise<void> {
    return this.store.addEvent(tx, id, event);
  }

  #event(
    { id: actor, institutionId, representing }: Principal,
    action: CandidacyAction,
    reason: Reason | null,
    proven: boolean | null = null,
  ): CandidacyEvent {
    const at = this.clock.now();
    const office = representing?.institutionId ?? institutionId;
    return { action, reason, proven, actor, institutionId: office, at };
  }
}
