import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Problem } from '#libs/problems';
import { Keepers, type Sides } from '../learners/index.js';
import { toOutcomeDto } from './outcome.view.js';
import { Outcomes } from './outcomes.js';
import { OutcomesStore } from './outcomes.store.js';

/** What is held here about a learner, for the learner's export. */
@Injectable()
export class OutcomesKeeper implements OnModuleInit {
  constructor(
    private readonly keepers: Keepers,
    private readonly outcomes: Outcomes,
    private readonly store: OutcomesStore,
  ) {}

  onModuleInit(): void {
    this.keepers.register({
      section: 'outcomes',
      export: async (tx, learnerId) => ({
        items: (await this.outcomes.listOf(tx, learnerId, 'all'))
          .filter(({ outcome }) => outcome.learnerId === learnerId)
          .map((held) => ({
            ...toOutcomeDto(held),
            // Only here: nobody else is shown to which groups somebody belongs.
            circumstances: held.outcome.circumstances,
          })),
        exemptions: await this.store.listExemptions(tx, learnerId),
      }),
      forbidsMerge: (tx, sides) => this.#heldTwice(tx, sides),
    });
  }

  /** The same course under both would be counted twice; one has to be taken back first. */
  async #heldTwice(tx: EntityManager, { survivor, absorbed }: Sides): Promise<Problem | null> {
    const held = await this.outcomes.listOfMany(tx, [...survivor, ...absorbed], 'all');
    const standing = held.filter(({ state }) => state !== 'revoked');
    const codesOf = (ids: readonly string[]): Set<string> =>
      new Set(
        standing
          .filter(({ outcome }) => ids.includes(outcome.learnerId))
          .map(({ definition }) => definition.code),
      );
    const others = codesOf(absorbed);
    const both = [...codesOf(survivor)].filter((code) => others.has(code)).toSorted(byText);
    if (both.length === 0) return null;
    const outcomes = both.join(', ');
    return { code: 'merge-outcome-twice', params: { outcomes }, members: { outcomes: both } };
  }
}

function byText(a: string, b: string): number {
  return a < b ? -1 : 1;
}
