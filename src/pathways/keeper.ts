import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Problem } from '#libs/problems';
import { Keepers, type Sides } from '../learners/index.js';
import { EnrolmentsStore } from './enrolments.store.js';

/** What is held here about a learner: exported, and a reason against a merge. */
@Injectable()
export class PathwaysKeeper implements OnModuleInit {
  constructor(
    private readonly keepers: Keepers,
    private readonly store: EnrolmentsStore,
  ) {}

  onModuleInit(): void {
    this.keepers.register({
      section: 'pathways',
      export: (tx, learnerId) => this.#export(tx, learnerId),
      forbidsMerge: (tx, sides) => this.#joinedTwice(tx, sides),
    });
  }

  async #export(tx: EntityManager, learnerId: string): Promise<object[]> {
    const enrolments = await this.store.listOf(tx, [learnerId]);
    const events = await this.store.eventsOf(
      tx,
      enrolments.map(({ id }) => id),
    );
    return enrolments.map((one) => ({ ...one, history: events.get(one.id) ?? [] }));
  }

  /** One person stands at one place in a pathway. */
  async #joinedTwice(tx: EntityManager, { survivor, absorbed }: Sides): Promise<Problem | null> {
    const others = await this.store.listOf(tx, absorbed);
    const both = (await this.store.listOf(tx, survivor)).find(({ code }) =>
      others.some((other) => other.code === code),
    );
    return both ? { code: 'merge-pathway-twice', params: { pathway: both.code } } : null;
  }
}
