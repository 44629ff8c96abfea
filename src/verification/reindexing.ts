import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { ShareCode } from '#libs/share-code';
import {
  KeyHolders,
  Keyring,
  type RotationProgress,
  type RotationStep,
} from '../platform/crypto/index.js';
import { codeContext, codeText } from './shares.service.js';
import { SharesStore } from './shares.store.js';

/** Files the codes of shares anew when the index key or the cipher profile changes. */
@Injectable()
export class CodeReindexing implements OnModuleInit {
  constructor(
    private readonly holders: KeyHolders,
    private readonly keyring: Keyring,
    private readonly store: SharesStore,
  ) {}

  onModuleInit(): void {
    this.holders.registerTable({ table: 'share', key: ['bucket', 'id'] });
    this.holders.registerIndexed({
      name: 'share_code',
      reindex: (tx, step) => this.#reindex(tx, step),
      countOther: (tx, version) => this.store.countCodes(tx, version),
    });
  }

  async #reindex(tx: EntityManager, step: RotationStep): Promise<RotationProgress> {
    const { version } = this.keyring.index;
    const rows = await this.store.listCodes(tx, step);
    const stale = rows
      .filter(({ indexVersion }) => indexVersion !== version)
      .map((filed) => {
        const key = this.keyring.unwrap(filed.wrappedKey);
        const code = this.keyring
          .open(key, filed.codeSealed, codeContext(filed.id))
          .toString('utf8');
        return { filed, index: this.keyring.blindIndex(codeText(code as ShareCode)) };
      });
    await this.store.setCodeIndexes(tx, stale, version);
    return { lastKey: rows.at(-1)?.place ?? null, changed: stale.length };
  }
}
