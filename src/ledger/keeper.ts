import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Keepers } from '../learners/index.js';
import { LedgerReads } from './ledger.service.js';
import { LedgerStore } from './ledger.store.js';

/** What the books hold of a learner, for the learner's export. They keep it when the person goes. */
@Injectable()
export class LedgerKeeper implements OnModuleInit {
  constructor(
    private readonly keepers: Keepers,
    private readonly reads: LedgerReads,
    private readonly store: LedgerStore,
  ) {}

  onModuleInit(): void {
    this.keepers.register({
      section: 'ledger',
      export: async (tx, learnerId) => ({
        balance: await this.reads.balanceOf(tx, learnerId),
        entries: await this.reads.toDtos(tx, await this.store.listOfLearner(tx, learnerId)),
      }),
    });
  }
}
