import assert from 'node:assert';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Problem } from '#libs/problems';
import type { Principal } from '../platform/auth/index.js';

/** A feature that keeps something about learners. */
export interface Keeper {
  /** The part of a learner's export that it fills. */
  readonly section: string;
  /** Everything it holds about the learner, in the words of the API. */
  readonly export: (tx: EntityManager, learnerId: string) => Promise<unknown>;
  /** Ends what is under way about a learner whose data is frozen. */
  readonly freeze?: (tx: EntityManager, learnerId: string, by: Principal) => Promise<void>;
  /** Locks what decides about the learner's record, in the order of the house. */
  readonly lock?: (tx: EntityManager, learnerId: string) => Promise<void>;
  /** Why two people cannot be read as one: the first reason, by its name. */
  readonly forbidsMerge?: (tx: EntityManager, sides: Sides) => Promise<Problem | null>;
  /** Why what is read as one cannot be read apart again: the first reason, by its name. */
  readonly forbidsSplit?: (tx: EntityManager, sides: Sides) => Promise<Problem | null>;
}

/** Accounts that become one person, or that are one and become two. */
export interface Sides {
  /** Accounts of the person who goes on. */
  readonly survivor: readonly string[];
  /** Accounts of the person who becomes part of that one, or is let go again. */
  readonly absorbed: readonly string[];
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

  async lock(tx: EntityManager, learnerId: string): Promise<void> {
    for (const { lock } of this.#keepers) await lock?.(tx, learnerId);
  }

  /** The first reason against reading two people as one, or one as two; null when there is none. */
  async forbids(tx: EntityManager, what: 'merge' | 'split', sides: Sides): Promise<Problem | null> {
    for (const { forbidsMerge, forbidsSplit } of this.#keepers) {
      const problem = await (what === 'merge' ? forbidsMerge : forbidsSplit)?.(tx, sides);
      if (problem) return problem;
    }
    return null;
  }

  async export(tx: EntityManager, learnerId: string): Promise<Record<string, unknown>> {
    const sections: Record<string, unknown> = {};
    for (const keeper of this.#keepers) {
      sections[keeper.section] = await keeper.export(tx, learnerId);
    }
    return sections;
  }
}
