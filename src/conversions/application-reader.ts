import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Learners, type Reading } from '../learners/index.js';
import type { Principal } from '../platform/auth/index.js';
import { notFound } from '../platform/http/index.js';
import { isUuid } from '../platform/ids/index.js';
import { canRead } from './access.js';
import type { Application } from './application.js';
import { ApplicationsStore } from './applications.store.js';

/** The one way from an id that somebody sent to an application, or to a learner who applied. */
@Injectable()
export class ApplicationReader {
  constructor(
    private readonly store: ApplicationsStore,
    private readonly learners: Learners,
  ) {}

  /** The application, when the principal may know of it; otherwise as if there were none. */
  async readable(
    tx: EntityManager,
    principal: Principal,
    id: string,
    reading: { isLocked: boolean },
  ): Promise<Application> {
    if (!isUuid(id)) throw notFound();
    const application = reading.isLocked
      ? await this.store.findLocked(tx, id)
      : await this.store.find(tx, id);
    if (!application || !canRead(principal, application)) throw notFound();
    return application;
  }

  /**
   * Lets through who may read the learner's records, and an institution where the learner applied;
   * what they are shown is written down. Throws `not-found` for everybody else.
   */
  async requireAskable(
    tx: EntityManager,
    principal: Principal,
    learnerId: string,
    reading: Reading,
  ): Promise<void> {
    const { institutionId, roles } = principal;
    const isReceiving = roles.includes('admissions') || roles.includes('registrar');
    const hasApplied =
      isReceiving &&
      institutionId !== null &&
      isUuid(learnerId) &&
      !(await this.learners.mayRead(tx, principal, learnerId)) &&
      (await this.#hasAppliedAt(tx, learnerId, institutionId));
    if (!hasApplied) {
      await this.learners.requireReadable(tx, principal, learnerId, reading);
      return;
    }
    const right = { ground: 'application', reference: null } as const;
    const permit = await this.learners.admitBy(tx, principal, learnerId, { ...reading, right });
    if (!permit) throw notFound();
  }

  /** By whichever account. */
  async #hasAppliedAt(
    tx: EntityManager,
    learnerId: string,
    institutionId: string,
  ): Promise<boolean> {
    for (const id of await this.learners.selvesOf(tx, learnerId)) {
      if (await this.store.hasAppliedAt(tx, id, institutionId)) return true;
    }
    return false;
  }
}
