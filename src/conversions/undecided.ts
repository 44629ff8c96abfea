import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Rulebook } from '../rulebook/index.js';
import { type Application, QUEUE, isOffered } from './application.js';
import { ApplicationFlow } from './application-flow.js';
import { ApplicationsStore } from './applications.store.js';
import { DecisionsStore } from './decisions.store.js';

/** Applications that are not decided for good, for features that change what they rest on. */
@Injectable()
export class UndecidedApplications {
  constructor(
    private readonly applications: ApplicationsStore,
    private readonly decisions: DecisionsStore,
    private readonly flow: ApplicationFlow,
    private readonly rulebook: Rulebook,
  ) {}

  /** Whether anybody handed in an application for the programme and did not withdraw it. */
  hasApplicants(tx: EntityManager, programme: string): Promise<boolean> {
    return this.applications.hasAny(tx, programme);
  }

  /**
   * Sends applications back to the queue whose day another version governs now than the one that
   * decided, each once: in review or on appeal. What a panel said of the old decision no longer counts.
   *
   * @returns how many
   */
  async reconsiderOutdated(
    tx: EntityManager,
    { programme, learnerIds }: { programme: string; learnerIds: readonly string[] },
    note: string,
  ): Promise<number> {
    const undecided = await this.applications.lockUndecided(tx, learnerIds, programme);
    const offered: Application[] = [];
    for (const one of undecided) if (await this.#isOffered(tx, one)) offered.push(one);
    const decidedBy = await this.decisions.listRuleHashes(
      tx,
      offered.map(({ id }) => id),
    );
    const governing = new Map<string, string | undefined>();
    for (const day of new Set(offered.map(({ on }) => on))) {
      governing.set(day, await this.rulebook.hashFor(tx, programme, day));
    }
    const outdated = offered.filter(({ id, on }) => {
      const hash = governing.get(on);
      return hash !== undefined && hash !== decidedBy.get(id);
    });
    const by = { actor: QUEUE, note, isPatient: true };
    for (const application of outdated) await this.flow.reconsider(tx, application, by);
    return outdated.length;
  }

  /** Whether a decision waits for people; what the queue has still to decide is decided anew anyway. */
  async #isOffered(tx: EntityManager, { id, state }: Application): Promise<boolean> {
    if (state !== 'appealed') return state === 'in-review';
    return isOffered(await this.applications.listEvents(tx, id));
  }
}
