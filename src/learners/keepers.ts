import assert from 'node:assert';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Principal } from '../platform/auth/index.js';

/** A feature that keeps something about learners. */
export interface Keeper {
  /** The part of a learner's export that it fills. */
  readonly section: string;
  /** Everything it holds about the learner, in the words of the API. */
  readonly export: (tx: EntityManager, learnerId: string) => Promise<unknown>;
  /** Ends what is under way about a learner whose data is frozen. */
  readonly freeze?: (tx: EntityManager, learnerId: string, by: Principal) => Promise<void>;
}

/** Who keeps what about learners. Features register themselves in `onModuleInit`. */
@Injectable()
export class Keepers {
  readonly #keepers: Keeper[] = [];

  register(keeper: Keeper): void {
    assert(!this.#keepers.some(({ section }) => section === keeper.section), keeper.section);
    this.#keepers.push(keeper);
  }

  async freeze(tx: EntityManager, learnerId: string, by: Principal): Promise<void> {
    for (const { freeze } of this.#keepers) await freeze?.(tx, learnerId, by);
  }

  async export(tx: EntityManager, learnerId: string): Promise<Record<string, unknown>> {
    const sections: Record<string, unknown> = {};
    for (const keeper of this.#keepers) {
      sections[keeper.section] = await keeper.export(tx, learnerId);
    }
    return sections;
  }
}
