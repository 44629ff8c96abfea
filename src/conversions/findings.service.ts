import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Institutions } from '../institutions/index.js';
import { Learners } from '../learners/index.js';
import { Ledger } from '../ledger/index.js';
import type { Principal } from '../platform/auth/index.js';
import { Clock } from '../platform/clock/index.js';
import { Database } from '../platform/database/index.js';
import { notFound, refusal } from '../platform/http/index.js';
import { bucketOf, isUuid, newId } from '../platform/ids/index.js';
import { Rulebook } from '../rulebook/index.js';
import type { Application } from './application.js';
import { ApplicationFlow } from './application-flow.js';
import { ApplicationsStore } from './applications.store.js';
import { DecisionsStore } from './decisions.store.js';
import type { FindingDto, RecordedFindingDto } from './findings.dto.js';

/** What people at the receiving institution judge, for rules that wait for it. */
@Injectable()
export class Findings {
  constructor(
    private readonly database: Database,
    private readonly applications: ApplicationsStore,
    private readonly decisions: DecisionsStore,
    private readonly flow: ApplicationFlow,
    private readonly rulebook: Rulebook,
    private readonly institutions: Institutions,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
    private readonly learners: Learners,
  ) {}

  /**
   * Records a finding about an outcome of a learner who applied here. Applications under review
   * are evaluated again with it.
   */
  record(
    principal: Principal,
    learnerId: string,
    finding: FindingDto,
  ): Promise<RecordedFindingDto> {
    return this.database.transaction(async (tx) => {
      const { programme, outcome, course = null, what, value } = finding;
      const open = await this.#openHere(tx, principal, learnerId, programme);
      // Rules may have ended since somebody applied: they still decide the application.
      const on = open.at(-1)?.on ?? this.clock.today();
      const institutionId = await this.#receiverOf(tx, principal, { learnerId, finding, on });
      const actor = { id: principal.id, institutionId };
      const recorded = await this.decisions.insertFinding(tx, {
        id: newId(bucketOf(learnerId)),
        learnerId,
        programme,
        lotId: outcome,
        course,
        what,
        value,
        actor,
      });
      for (const application of open) {
        await this.flow.reconsider(tx, application, { actor, note: `${what}: ${value}` });
      }
      return {
        ...finding,
        id: recorded.id,
        learnerId,
        recordedAt: recorded.recordedAt.toISOString(),
        reconsidered: open.map(({ id }) => id),
      };
    });
  }

  /** The learner's applications that are under review; refuses who never received one. */
  async #openHere(
    tx: EntityManager,
    { institutionId }: Principal,
    learnerId: string,
    programme: string,
  ): Promise<Application[]> {
    if (institutionId === null || !isUuid(learnerId)) throw notFound();
    if (!(await this.applications.hasAppliedAt(tx, learnerId, institutionId))) throw notFound();
    return this.applications.listInReview(tx, learnerId, programme);
  }

  /** The receiving institution, which is the principal's; refuses everything else. */
  async #receiverOf(
    tx: EntityManager,
    principal: Principal,
    about: { learnerId: string; finding: FindingDto; on: string },
  ): Promise<string> {
    const { institutionId } = principal;
    const { learnerId, finding, on } = about;
    const { programme, outcome, course } = finding;
    const { compiled } = await this.rulebook.compiledFor(tx, programme, on);
    const { institution, courses } = compiled.rulebook.target;
    const owner = await this.institutions.getByCode(tx, institution);
    if (owner.id !== institutionId) throw notFound();
    if (course !== undefined && courses.every(({ code }) => code !== course)) {
      const codes = courses.map(({ code }) => code).join(', ');
      throw refusal('unknown-course-of-programme', { programme, courses: codes });
    }
    const learnerOfLot = isUuid(outcome)
      ? (await this.ledger.ownersOf(tx, [outcome])).get(outcome)
      : undefined;
    const selves = await this.learners.selvesOf(tx, learnerId);
    if (!learnerOfLot || !selves.includes(learnerOfLot))
      throw refusal('unknown-outcome-of-learner');
    return institutionId;
  }
}
