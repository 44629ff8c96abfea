import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Accounts } from '../../access/index.js';
import { Keepers } from '../keepers.js';

/** How a learner signs in, for the learner's export; no secret. */
@Injectable()
export class AccountKeeper implements OnModuleInit {
  constructor(
    private readonly keepers: Keepers,
    private readonly accounts: Accounts,
  ) {}

  onModuleInit(): void {
    this.keepers.register({
      section: 'account',
      export: (tx, learnerId) => this.accounts.ofLearner(tx, learnerId),
    });
  }
}
