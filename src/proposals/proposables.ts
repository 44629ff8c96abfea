import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Role } from '../platform/auth/index.js';
import type { Confirmed } from './proposal.js';

/** Something that takes two people, as the feature that does it describes it. */
export interface Proposable<Content> {
  readonly kind: string;
  /** Whose confirmation counts. */
  readonly roles: readonly Role[];
  /** True when people of the bank itself decide, whatever institution they belong to. */
  readonly isBankWide?: boolean;
  /**
   * Does what was proposed, in the transaction of the confirmation and all or nothing. Refuses with
   * `proposal-differs` when it would change something else than the digest says.
   * @returns the id of what came of it
   */
  carryOut(tx: EntityManager, confirmed: Confirmed<Content>): Promise<string>;
}

/**
 * What takes two people. Features know this one and not the other way round, so they register
 * themselves in `onModuleInit`.
 */
@Injectable()
export class Proposables {
  readonly #all = new Map<string, Proposable<never>>();

  register<Content>(proposable: Proposable<Content>): void {
    this.#all.set(proposable.kind, proposable);
  }

  /** Throws for a kind that nobody registered: a bug, not a refusal. */
  of(kind: string): Proposable<unknown> {
    const found = this.#all.get(kind);
    if (!found) throw new Error(`nobody carries out proposals of the kind ${kind}`);
    return found;
  }
}
