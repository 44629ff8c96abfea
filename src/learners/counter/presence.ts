import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { IdentityDocument } from '#libs/identity';
import { mentionsPhone, mentionsResidentId } from '#libs/identity';
import { Refusal, refusal } from '../../platform/http/index.js';
import { Resolver } from '../resolver.js';

/** Somebody who shows a document. */
export interface PresentPerson {
  readonly name: string;
  readonly document: IdentityDocument;
}

/** Finds the people who stand at a counter with their document. */
@Injectable()
export class Presence {
  constructor(private readonly resolver: Resolver) {}

  /**
   * The learner, or null when the bank does not know the document. Refuses a bad document, a name
   * that does not belong to it, and frozen data.
   */
  async find(
    tx: EntityManager,
    person: PresentPerson,
    institutionId: string,
  ): Promise<string | null> {
    const [found] = await this.resolver.lookup(tx, [person], institutionId);
    if (!found?.ok) throw new Refusal(found?.problem ?? { code: 'internal-error' });
    return found.learnerId;
  }

  /**
   * {@link find}, opening the account of whoever has none. A learner whom others opened does not get
   * onto the roster by this: to be served once does not let an office read for ever.
   */
  async meet(tx: EntityManager, person: PresentPerson, institutionId: string): Promise<string> {
    const known = await this.find(tx, person, institutionId);
    if (known !== null) return known;
    const [opened] = await this.resolver.resolve(tx, [person], institutionId);
    if (!opened?.ok) throw new Refusal(opened?.problem ?? { code: 'internal-error' });
    return opened.learnerId;
  }
}

/** Refuses a text in the clear that holds an ID number or a telephone number. */
export function assertNamesNobody(text: string | null): void {
  if (text !== null && (mentionsResidentId(text) || mentionsPhone(text))) {
    throw refusal('names-a-person');
  }
}
