import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { RuleVersion } from './rule-version.js';

/** A version was published. */
export interface RuleChange {
  readonly version: RuleVersion;
  /** The version that governed the programme on the same day before; null when none did. */
  readonly replaced: RuleVersion | null;
  /** Account or key that published. */
  readonly actor: string;
}

type Listener = (tx: EntityManager, change: RuleChange) => Promise<void>;

/**
 * The features that build on rules. They know this one and not the other way round, so they
 * register themselves in `onModuleInit`. They are told in the transaction that publishes: what they
 * write is there exactly when the version is.
 */
@Injectable()
export class RuleChanges {
  readonly #listeners: Listener[] = [];

  register(listener: Listener): void {
    this.#listeners.push(listener);
  }

  async announce(tx: EntityManager, change: RuleChange): Promise<void> {
    for (const listener of this.#listeners) await listener(tx, change);
  }
}
