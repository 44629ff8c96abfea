import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { ShareCode } from '#libs/share-code';
import { KeyHolders, Keyring } from '../platform/crypto/index.js';
import { codeContext, codeText } from './shares.service.js';
import { type FiledCode, SharesStore } from './shares.store.js';

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
      list: (tx, step) => this.store.listCodes(tx, step),
      refile: (filed) => ({ filed, index: this.#indexOf(filed) }),
      save: (tx, moved, version) => this.store.setCodeIndexes(tx, moved, version),
      countOther: (tx, version) => this.store.countCodes(tx, version),
    });
  }

  #indexOf({ id, wrappedKey, codeSealed }: FiledCode): Buffer {
    const code = this.keyring.open(this.keyring.unwrap(wrappedKey), codeSealed, codeContext(id));
    return this.keyring.blindIndex(codeText(code.toString('utf8') as ShareCode));
  }
}
