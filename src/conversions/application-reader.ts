import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Learners } from '../learners/index.js';
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

  /** Who may read the learner's records, and an institution where the learner applied. */
  async mayAskAbout(tx: EntityManager, principal: Principal, learnerId: string): Promise<boolean> {
    if (await this.learners.mayRead(tx, principal, learnerId)) return true;
    const { institutionId, roles } = principal;
    const isReceiving = roles.includes('admissions') || roles.includes('registrar');
    if (institutionId === null || !isReceiving) return false;
    return this.store.hasAppliedAt(tx, learnerId, institutionId);
  }
}
