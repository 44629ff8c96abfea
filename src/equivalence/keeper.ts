import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Keepers } from '../learners/index.js';
import type { Principal } from '../platform/auth/index.js';
import { Clock } from '../platform/clock/index.js';
import { QueryLives, eventOf } from '../queries/index.js';
import { AnswersStore } from './answers.store.js';
import { QueriesStore } from './queries.store.js';

/** More queries than this nobody asks about one person. */
const MOST = 10_000;

/** What offices were told and asked about a learner: exported, and its open ends closed by a freeze. */
@Injectable()
export class EquivalenceKeeper implements OnModuleInit {
  constructor(
    private readonly keepers: Keepers,
    private readonly answers: AnswersStore,
    private readonly queries: QueriesStore,
    private readonly lives: QueryLives,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.keepers.register({
      section: 'equivalence',
      export: (tx, learnerId) => this.#export(tx, learnerId),
      freeze: (tx, learnerId, by) => this.#close(tx, learnerId, by),
    });
  }

  async #export(tx: EntityManager, learnerId: string): Promise<object[]> {
    const answers = await this.answers.listOf(tx, learnerId);
    const exported: object[] = answers.map((answer) => ({ kind: 'answer', ...answer }));
    for (const query of await this.#list(tx, learnerId)) {
      const history = await this.lives.listEvents(tx, 'equivalence_query', query.id);
      exported.push({ kind: 'query', ...query, history });
    }
    return exported;
  }

  async #close(tx: EntityManager, learnerId: string, by: Principal): Promise<void> {
    for (const { id, state } of await this.#list(tx, learnerId)) {
      if (state === 'closed') continue;
      await this.lives.lock(tx, id);
      const { id: actor, institutionId } = by;
      const event = eventOf({ actor, institutionId, at: this.clock.now() }, { action: 'close' });
      await this.lives.addEvent(tx, 'equivalence_query', id, event);
    }
  }

  #list(tx: EntityManager, learnerId: string): ReturnType<QueriesStore['list']> {
    return this.queries.list(tx, { owner: { learnerId }, state: null, before: null, limit: MOST });
  }
}
