import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Institutions } from '../institutions/index.js';
import { Learners, learnerIdOf } from '../learners/index.js';
import { Ledger } from '../ledger/index.js';
import type { Principal } from '../platform/auth/index.js';
import { Clock } from '../platform/clock/index.js';
import { Database } from '../platform/database/index.js';
import { RuleNames } from '../rulebook/index.js';
import { LogProofs } from '../transparency/index.js';
import { CandidaciesStore } from './candidacies.store.js';
import type { CandidacyDto, EligibilityDto } from './eligibility.dto.js';
import { type Footing, toCandidacyDto, toEligibilityDto } from './eligibility.views.js';
import { type Judged, Judge, lotsBehind } from './judge.js';
import { type Place, type Scheme, dayOf } from './scheme.js';
import { Schemes } from './schemes.service.js';
import { SchemesStore } from './schemes.store.js';

/** What an answer about eligibility reads of a person. */
export const READING = {
  purpose: 'admission',
  fields: ['outcomes', 'balance', 'birth-date', 'applications'],
} as const;

/** Whether the rules of a scheme call somebody eligible, with the evidence clause by clause. */
@Injectable()
export class Eligibilities {
  constructor(
    private readonly database: Database,
    private readonly schemes: Schemes,
    private readonly store: SchemesStore,
    private readonly candidacies: CandidaciesStore,
    private readonly judge: Judge,
    private readonly learners: Learners,
    private readonly ledger: Ledger,
    private readonly log: LogProofs,
    private readonly institutions: Institutions,
    private readonly names: RuleNames,
    private readonly clock: Clock,
  ) {}

  /** For the learner and whoever may read the learner's record; the read is written down. */
  ask(principal: Principal, code: string, learner: string): Promise<EligibilityDto> {
    const named = learnerIdOf(principal, learner);
    return this.database.transaction(async (tx) => {
      const scheme = await this.schemes.require(tx, code);
      const learnerId = await this.learners.requireReadable(tx, principal, named, READING);
      return this.describe(tx, scheme, learnerId);
    });
  }

  /** For a caller that has admitted whoever asks. */
  async describe(tx: EntityManager, scheme: Scheme, learnerId: string): Promise<EligibilityDto> {
    const on = dayOf(scheme, this.clock.today());
    const judged = await this.judge.one(tx, scheme, learnerId, on);
    const institutions = new Map((await this.institutions.list(tx)).map((one) => [one.id, one]));
    return toEligibilityDto({
      scheme,
      learnerId,
      judged,
      on,
      footings: await this.#footings(tx, learnerId, judged),
      institutions,
      candidacy: await this.#candidacyOf(tx, scheme, learnerId),
      names: await this.names.ofDecision(tx, judged.decision),
    });
  }

  /** Entries of the evidence, and whether the public log holds them. */
  async #footings(
    tx: EntityManager,
    learnerId: string,
    judged: Judged,
  ): Promise<Map<string, Footing>> {
    const selves = await this.learners.selvesOf(tx, learnerId);
    const lots = await this.ledger.recheck(tx, selves, lotsBehind(judged));
    const footings = new Map<string, Footing>();
    for (const lot of lots) {
      const postings = lot.entries.map(({ postingId }) => postingId);
      footings.set(lot.lotId, { lot, log: await this.log.standing(tx, postings) });
    }
    return footings;
  }

  async #candidacyOf(
    tx: EntityManager,
    scheme: Scheme,
    learnerId: string,
  ): Promise<CandidacyDto | null> {
    const selves = await this.learners.selvesOf(tx, learnerId);
    const [newest] = await this.candidacies.listOf(tx, selves, scheme.id);
    if (!newest) return null;
    const place = (await this.store.findPlace(tx, newest.placeId)) as Place;
    const institutions = new Map((await this.institutions.list(tx)).map((one) => [one.id, one]));
    return toCandidacyDto(newest, { scheme, place, institutions });
  }
}
