import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Problem } from '#libs/problems';
import { Keepers, type Sides } from '../learners/index.js';
import { Candidacies } from './candidacies.service.js';
import { CandidaciesStore } from './candidacies.store.js';

/** For what a learner applied: exported, and taken back by a freeze. */
@Injectable()
export class SchemesKeeper implements OnModuleInit {
  constructor(
    private readonly keepers: Keepers,
    private readonly store: CandidaciesStore,
    private readonly candidacies: Candidacies,
  ) {}

  onModuleInit(): void {
    this.keepers.register({
      section: 'admission',
      export: (tx, learnerId) => this.#export(tx, learnerId),
      freeze: (tx, learnerId, by) => this.candidacies.withdrawAll(tx, learnerId, by),
      forbidsMerge: (tx, sides) => this.#appliedTwice(tx, sides),
    });
  }

  async #export(tx: EntityManager, learnerId: string): Promise<object[]> {
    const exported: object[] = [];
    for (const candidacy of await this.store.listOf(tx, [learnerId], null)) {
      exported.push({ ...candidacy, history: await this.store.listEvents(tx, candidacy.id) });
    }
    return exported;
  }

  /** One person applies for one place of a scheme. */
  async #appliedTwice(tx: EntityManager, { survivor, absorbed }: Sides): Promise<Problem | null> {
    const open = async (ids: readonly string[]): Promise<string[]> =>
      (await this.store.listOf(tx, ids, null))
        .filter(({ state }) => state !== 'withdrawn')
        .map(({ schemeId }) => schemeId);
    const ofSurvivor = new Set(await open(survivor));
    const isTwice = (await open(absorbed)).some((scheme) => ofSurvivor.has(scheme));
    return isTwice ? { code: 'admission-two-candidacies' } : null;
  }
}
