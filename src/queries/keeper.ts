import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Keepers } from '../learners/index.js';
import type { Principal } from '../platform/auth/index.js';
import { Clock } from '../platform/clock/index.js';
import { KeyHolders } from '../platform/crypto/index.js';
import { LearnerQueriesStore } from './learner-queries.store.js';
import type { LearnerQuerySummary } from './learner-query.js';
import { QueryLives, eventOf } from './lives.store.js';

const TABLE = 'learner_query';

/** More queries than this nobody asks. */
const MOST = 10_000;

/** What a learner asked schools: exported, and what is open is closed by a freeze. */
@Injectable()
export class QueriesKeeper implements OnModuleInit {
  constructor(
    private readonly keepers: Keepers,
    private readonly holders: KeyHolders,
    private readonly store: LearnerQueriesStore,
    private readonly lives: QueryLives,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.holders.registerTable({ table: 'query_key', key: ['bucket', 'query_id'] });
    this.keepers.register({
      section: 'queries',
      export: (tx, learnerId) => this.#export(tx, learnerId),
      freeze: (tx, learnerId, by) => this.#close(tx, learnerId, by),
    });
  }

  async #export(tx: EntityManager, learnerId: string): Promise<object[]> {
    const exported: object[] = [];
    for (const query of await this.#list(tx, learnerId)) {
      exported.push({ ...query, history: await this.lives.listEvents(tx, TABLE, query.id) });
    }
    return exported;
  }

  async #close(tx: EntityManager, learnerId: string, by: Principal): Promise<void> {
    const { id: actor, institutionId } = by;
    for (const { id, state } of await this.#list(tx, learnerId)) {
      if (state === 'closed') continue;
      await this.lives.lock(tx, id);
      const event = eventOf({ actor, institutionId, at: this.clock.now() }, { action: 'close' });
      await this.lives.addEvent(tx, TABLE, id, event);
    }
  }

  #list(tx: EntityManager, learnerId: string): Promise<LearnerQuerySummary[]> {
    return this.store.listOfLearner(tx, [learnerId], { state: null, after: null, limit: MOST });
  }
}
