import { Injectable, type OnModuleInit } from '@nestjs/common';
import { KeyHolders } from '../platform/crypto/index.js';
import { ReindexingStore } from './reindexing.store.js';
import { Vault } from './vault.js';

/** Files people anew when the index key or the cipher profile changes. */
@Injectable()
export class Reindexing implements OnModuleInit {
  constructor(
    private readonly holders: KeyHolders,
    private readonly store: ReindexingStore,
    private readonly vault: Vault,
  ) {}

  onModuleInit(): void {
    this.holders.registerTable({ table: 'learner_person', key: ['bucket', 'learner_id'] });
    this.holders.registerTable({ table: 'consent', key: ['bucket', 'id'] });
    this.holders.registerIndexed({
      name: 'learner_identity',
      list: (tx, step) => this.store.listIdentities(tx, step),
      refile: (filed) => ({ filed, index: this.vault.reindex(filed, filed.schoolId) }),
      save: (tx, moved, version) => this.store.setIndexes(tx, moved, version),
      countOther: (tx, version) => this.store.countIdentities(tx, version),
    });
    this.holders.registerIndexed({
      name: 'learner_person',
      list: (tx, step) => this.store.listNames(tx, step),
      refile: ({ bucket, learnerId, wrappedKey, nameSealed }) => ({
        bucket,
        learnerId,
        nameCheck: this.vault.recheck(learnerId, wrappedKey, nameSealed),
      }),
      save: (tx, checked, version) => this.store.setChecks(tx, checked, version),
      countOther: (tx, version) => this.store.countNames(tx, version),
    });
  }
}
