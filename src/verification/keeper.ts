import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Keepers } from '../learners/index.js';
import { Clock } from '../platform/clock/index.js';
import { shareState } from './share.js';
import { SharesStore } from './shares.store.js';

/** More looks than this at one share are counted, not listed. */
const MOST = 10_000;

/** The shares of a learner: exported with who looked, and ended when the learner's data is frozen. */
@Injectable()
export class SharesKeeper implements OnModuleInit {
  constructor(
    private readonly keepers: Keepers,
    private readonly store: SharesStore,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.keepers.register({
      section: 'shares',
      export: (tx, learnerId) => this.#export(tx, learnerId),
      freeze: (tx, learnerId) => this.#end(tx, learnerId),
    });
  }

  /** Without the codes: an export that gets lost must open nothing. */
  async #export(tx: EntityManager, learnerId: string): Promise<object[]> {
    const shares = await this.store.listOf(tx, learnerId, { after: null, limit: MOST });
    const exported: object[] = [];
    for (const share of shares) {
      const { id, purpose, receiver, createdAt, expiresAt, revokedAt, opened } = share;
      const state = shareState(share, this.clock.now());
      const views = await this.store.listViews(tx, id, MOST);
      exported.push({
        id,
        purpose,
        receiver,
        state,
        createdAt,
        expiresAt,
        revokedAt,
        opened,
        views,
      });
    }
    return exported;
  }

  async #end(tx: EntityManager, learnerId: string): Promise<void> {
    const now = this.clock.now();
    for (const { id } of await this.store.listLive(tx, learnerId, now)) {
      await this.store.revoke(tx, id, now);
    }
  }
}
