import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Keepers } from '../learners/index.js';
import { KeyHolders } from '../platform/crypto/index.js';
import { toSummary } from './credentials.service.js';
import { CredentialsStore } from './credentials.store.js';

/** More credentials than this of one learner are not listed. */
const MOST = 10_000;

/** What is held here about a learner. Erasure revokes and forgets (`shred_of_credentials`). */
@Injectable()
export class CredentialsKeeper implements OnModuleInit {
  constructor(
    private readonly keepers: Keepers,
    private readonly holders: KeyHolders,
    private readonly store: CredentialsStore,
  ) {}

  onModuleInit(): void {
    this.holders.registerTable({ table: 'credential', key: ['bucket', 'id'] });
    this.keepers.register({
      section: 'credentials',
      export: async (tx, learnerId) => {
        const all = await this.store.listOf(tx, learnerId, { after: null, limit: MOST });
        return all.map(toSummary);
      },
    });
  }
}
