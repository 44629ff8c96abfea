import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

/** Something that happened and that an institution may want to hear of. */
export interface DomainEvent {
  /** `<thing>.<what became of it>`, for example `outcome.posted`. */
  readonly type: string;
  /** Whose business it is. */
  readonly institutionId: string;
  /** Ids, codes and states; never what tells who a person is. */
  readonly data: Readonly<Record<string, string | number | boolean | null>>;
}

export type EventListener = (tx: EntityManager, event: DomainEvent) => Promise<void>;

/**
 * Features say what happened, within the transaction in which it does, and need not know who
 * listens. A listener that throws undoes it: it may only write down what is to be done later.
 */
@Injectable()
export class DomainEvents {
  readonly #listeners: EventListener[] = [];

  listen(listener: EventListener): void {
    this.#listeners.push(listener);
  }

  async announce(tx: EntityManager, event: DomainEvent): Promise<void> {
    for (const listener of this.#listeners) await listener(tx, event);
  }
}
