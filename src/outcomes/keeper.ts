import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Keepers } from '../learners/index.js';
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
        items: (await this.outcomes.listOf(tx, learnerId)).map(toOutcomeDto),
        exemptions: await this.store.listExemptions(tx, learnerId),
      }),
    });
  }
}
