import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Keepers } from '../learners/index.js';
import type { Principal } from '../platform/auth/index.js';
import { ApplicationFlow } from './application-flow.js';
import { nextState } from './application-states.js';
import { ApplicationViews } from './application-views.js';
import { ApplicationsStore } from './applications.store.js';
import type { ApplicationDto } from './conversions.dto.js';

/** More applications than this one person does not make in a lifetime. */
const MOST = 10_000;

/** The applications of a learner: exported whole, and withdrawn when the learner's data is frozen. */
@Injectable()
export class ApplicationsKeeper implements OnModuleInit {
  constructor(
    private readonly keepers: Keepers,
    private readonly store: ApplicationsStore,
    private readonly flow: ApplicationFlow,
    private readonly views: ApplicationViews,
  ) {}

  onModuleInit(): void {
    this.keepers.register({
      section: 'applications',
      export: (tx, learnerId) => this.#export(tx, learnerId),
      freeze: (tx, learnerId, by) => this.#withdraw(tx, learnerId, by),
    });
  }

  async #export(tx: EntityManager, learnerId: string): Promise<ApplicationDto[]> {
    const details: ApplicationDto[] = [];
    for (const application of await this.#list(tx, learnerId)) {
      details.push(await this.views.detail(tx, application, asLearner(learnerId)));
    }
    return details;
  }

  /** Whatever can still be taken back; what it holds is available again. */
  async #withdraw(tx: EntityManager, learnerId: string, by: Principal): Promise<void> {
    const actor = { id: by.id, institutionId: by.institutionId };
    for (const { id } of (await this.#list(tx, learnerId)).toReversed()) {
      const application = await this.store.findLocked(tx, id);
      if (!application || !nextState(application.state, 'withdraw')) continue;
      await this.flow.advance(tx, application, 'withdraw', { actor, note: null });
      await this.store.lockLearner(tx, learnerId);
      await this.flow.release(tx, application, actor);
    }
  }

  #list(tx: EntityManager, learnerId: string): ReturnType<ApplicationsStore['list']> {
    return this.store.list(tx, { owner: { learnerId }, state: null, after: null, limit: MOST });
  }
}

/** The export shows what the learner would see. */
function asLearner(learnerId: string): Principal {
  return { id: learnerId, name: '', roles: ['learner'], institutionId: null, learnerId };
}
