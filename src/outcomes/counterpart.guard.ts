import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { lastDay } from '#libs/credit';
import type { Problem } from '#libs/problems';
import { Catalogue, type OutcomeDefinition } from '../catalogue/index.js';
import { isPartOf } from './counterparts.js';
import { OutcomesStore } from './outcomes.store.js';
import { type Guard, type GuardedPosting, PostingGuards } from './posting-guards.js';
import { RevocationsStore } from './revocations.store.js';

/** An apprenticeship is stated by two: the school's part is accepted only beside the enterprise's. */
@Injectable()
export class CounterpartGuard implements Guard, OnModuleInit {
  constructor(
    private readonly guards: PostingGuards,
    private readonly store: OutcomesStore,
    private readonly revocations: RevocationsStore,
    private readonly catalogue: Catalogue,
  ) {}

  onModuleInit(): void {
    this.guards.register(this);
  }

  concerns({ counterpart }: OutcomeDefinition): boolean {
    return (counterpart ?? null) !== null;
  }

  async whyNot(
    tx: EntityManager,
    _institutionId: string,
    postings: readonly GuardedPosting[],
  ): Promise<(Problem | null)[]> {
    const learnerIds = [...new Set(postings.flatMap(({ selves }) => selves))];
    const stored = await this.store.listOfMany(tx, learnerIds);
    const revoked = await this.revocations.revokedLots(tx, learnerIds);
    const matcher = await this.catalogue.matcher(tx);
    const standing = stored
      .filter(({ lotId }) => !revoked.has(lotId))
      .map((outcome) => ({ outcome, definition: matcher.byId(outcome.definitionId) }));
    return postings.map(({ definition, startedOn, completedOn, selves }) => {
      const whole = { definition, outcome: { startedOn, completedOn } };
      const isStated = standing.some(
        (part) =>
          selves.includes(part.outcome.learnerId) &&
          part.definition !== undefined &&
          isPartOf({ outcome: part.outcome, definition: part.definition }, whole),
      );
      if (isStated) return null;
      const counterpart = definition.counterpart ?? '';
      const to = lastDay(completedOn);
      return { code: 'counterpart-missing', params: { counterpart, from: startedOn ?? to, to } };
    });
  }
}
