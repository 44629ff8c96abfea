import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  KeyHolders,
  Keyring,
  type RotationProgress,
  type RotationStep,
} from '../platform/crypto/index.js';
import { ReindexingStore } from './reindexing.store.js';
import { Vault } from './vault.js';

/** Files people anew when the index key or the cipher profile changes. */
@Injectable()
export class Reindexing implements OnModuleInit {
  constructor(
    private readonly holders: KeyHolders,
    private readonly keyring: Keyring,
    private readonly store: ReindexingStore,
    private readonly vault: Vault,
  ) {}

  onModuleInit(): void {
    this.holders.registerTable({ table: 'learner_person', key: ['bucket', 'learner_id'] });
    this.holders.registerIndexed({
      name: 'learner_identity',
      reindex: (tx, step) => this.#identities(tx, step),
      countOther: (tx, version) => this.store.countIdentities(tx, version),
    });
    this.holders.registerIndexed({
      name: 'learner_person',
      reindex: (tx, step) => this.#names(tx, step),
      countOther: (tx, version) => this.store.countNames(tx, version),
    });
  }

  async #identities(tx: EntityManager, step: RotationStep): Promise<RotationProgress> {
    const { version } = this.keyring.index;
    const rows = await this.store.listIdentities(tx, step);
    const stale = rows
      .filter(({ indexVersion }) => indexVersion !== version)
      .map((row) => ({ filed: row, index: this.vault.reindex(row, row.schoolId) }));
    await this.store.setIndexes(tx, stale, version);
    return { lastKey: rows.at(-1)?.place ?? null, changed: stale.length };
  }

  async #names(tx: EntityManager, step: RotationStep): Promise<RotationProgress> {
    const { version } = this.keyring.index;
    const rows = await this.store.listNames(tx, step);
    const stale = rows
      .filter(({ checkVersion }) => checkVersion !== version)
      .map(({ bucket, learnerId, wrappedKey, nameSealed }) => ({
        bucket,
        learnerId,
        nameCheck: this.vault.recheck(learnerId, wrappedKey, nameSealed),
      }));
    await this.store.setChecks(tx, stale, version);
    return { lastKey: rows.at(-1)?.place ?? null, changed: stale.length };
  }
}
