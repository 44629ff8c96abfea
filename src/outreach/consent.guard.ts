import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Problem } from '#libs/problems';
import type { OutcomeDefinition } from '../catalogue/index.js';
import { Learners } from '../learners/index.js';
import {
  type Guard,
  type GuardedPosting,
  PostingGuards,
  type StoredOutcome,
} from '../outcomes/index.js';
import { Clock } from '../platform/clock/index.js';
import { type OutreachConsentWithEnd, OutreachConsentsStore } from './consents.store.js';

/** Nothing is posted about a pupil without a guardian's consent, or shown once that is withdrawn. */
@Injectable()
export class ConsentGuard implements Guard, OnModuleInit {
  constructor(
    private readonly guards: PostingGuards,
    private readonly store: OutreachConsentsStore,
    private readonly learners: Learners,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.guards.register(this);
  }

  concerns({ kind }: OutcomeDefinition): boolean {
    return kind === 'pupil-record';
  }

  async whyNot(
    tx: EntityManager,
    institutionId: string,
    postings: readonly GuardedPosting[],
  ): Promise<(Problem | null)[]> {
    const learnerIds = [...new Set(postings.flatMap(({ selves }) => selves))];
    const consents = await this.store.listOfLearners(tx, learnerIds);
    const now = this.clock.now();
    return postings.map(({ selves }) => {
      const own = consents.filter(
        (one) => one.institutionId === institutionId && selves.includes(one.learnerId),
      );
      if (own.some(({ withdrawnAt, endsAt }) => withdrawnAt === null && endsAt > now)) return null;
      const isWithdrawn = (own[0]?.withdrawnAt ?? null) !== null;
      return { code: isWithdrawn ? 'guardian-consent-withdrawn' : 'guardian-consent-missing' };
    });
  }

  async hidden(
    tx: EntityManager,
    outcomes: readonly StoredOutcome[],
  ): Promise<ReadonlySet<string>> {
    const named = [...new Set(outcomes.map(({ learnerId }) => learnerId))];
    const linked = await this.learners.selvesOfMany(tx, named);
    const selvesOf = (id: string): readonly string[] => linked.get(id) ?? [id];
    const consents = await this.store.listOfLearners(tx, [...new Set(named.flatMap(selvesOf))]);
    const isHidden = ({ learnerId, institutionId }: StoredOutcome): boolean => {
      const selves = selvesOf(learnerId);
      const newest = consents.find(
        (one) => one.institutionId === institutionId && selves.includes(one.learnerId),
      );
      return isWithdrawn(newest);
    };
    return new Set(outcomes.filter(isHidden).map(({ lotId }) => lotId));
  }
}

function isWithdrawn(consent: OutreachConsentWithEnd | undefined): boolean {
  return (consent?.withdrawnAt ?? null) !== null;
}
