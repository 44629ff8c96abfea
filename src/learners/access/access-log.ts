import { Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../platform/clock/index.js';
import { Database } from '../../platform/database/index.js';
import { AccessLogStore } from './access-log.store.js';
import { Permit } from './permit.js';
import { type AccessEntry, PERSON_FIELDS, type PersonField } from './reading.js';

/**
 * Writes down who reads whose data, and only then lets it be read. Reads by the learner are the
 * learner's own and not written down.
 */
@Injectable()
export class AccessLog {
  readonly #logger = new Logger('access');
  readonly #telling = new Set<Promise<void>>();

  constructor(
    private readonly database: Database,
    private readonly store: AccessLogStore,
    private readonly clock: Clock,
  ) {}

  /** One read of one person. */
  async record(tx: EntityManager, entry: AccessEntry): Promise<Permit> {
    await this.store.append(tx, entry, this.clock.now());
    return Permit.issue(entry.learnerId, entry.fields);
  }

  /** One read of many people; each of them finds the line. */
  recordAll(
    tx: EntityManager,
    learnerIds: readonly string[],
    entry: Omit<AccessEntry, 'learnerId'>,
  ): Promise<void> {
    return this.store.appendAll(tx, learnerIds, entry, this.clock.now());
  }

  /** What a permit allows, of another account of the same person. */
  ofOther(permit: Permit, learnerId: string): Permit {
    return Permit.issue(
      learnerId,
      PERSON_FIELDS.filter((field) => permit.allows(field)),
    );
  }

  /** The learner reads what is the learner's own. */
  own(learnerId: string): Permit {
    return Permit.issue(learnerId, PERSON_FIELDS);
  }

  /**
   * The bank reads for itself, to decide something or to file a row anew: nobody is shown what it
   * read, so there is no line.
   */
  unseen(learnerId: string, fields: readonly PersonField[]): Permit {
    return Permit.issue(learnerId, fields);
  }

  /**
   * Tells the person that somebody asked in vain. After the answer, so that it takes as long as an
   * answer about nobody.
   */
  tellLater(entry: AccessEntry): void {
    const told = this.database
      .statement((tx) => this.store.append(tx, entry, this.clock.now()))
      .catch((error: Error) => this.#logger.warn(error.message))
      .finally(() => this.#telling.delete(told));
    this.#telling.add(told);
  }

  /** Lets those lines reach the database before it closes. */
  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.#telling);
  }
}
