import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Problem } from '#libs/problems';
import { Keepers, type Sides } from '../learners/index.js';
import { Outcomes } from '../outcomes/index.js';
import type { Principal } from '../platform/auth/index.js';
import { type Application, decisionOf } from './application.js';
import { ApplicationFlow } from './application-flow.js';
import { nextState } from './application-states.js';
import { ApplicationViews } from './application-views.js';
import { ApplicationsStore } from './applications.store.js';
import type { ApplicationDto } from './conversions.dto.js';
import { DecisionsStore } from './decisions.store.js';
import { ConversionDependants } from './dependants.js';
import { restsOn } from './standing.js';

/** More applications than this one person does not make in a lifetime. */
const MOST = 10_000;

/** States in which an application is under way, and may hold credit. */
const LIVE: ReadonlySet<Application['state']> = new Set([
  'submitted',
  'evaluating',
  'in-review',
  'appealed',
  'approved',
]);
/** States in which a decision counts, or may still come to. */
const STANDS: ReadonlySet<Application['state']> = new Set([...LIVE, 'booked']);

/** The applications of a learner: exported whole, and withdrawn when the learner's data is frozen. */
@Injectable()
export class ApplicationsKeeper implements OnModuleInit {
  constructor(
    private readonly keepers: Keepers,
    private readonly store: ApplicationsStore,
    private readonly flow: ApplicationFlow,
    private readonly views: ApplicationViews,
    private readonly decisions: DecisionsStore,
    private readonly dependants: ConversionDependants,
    private readonly outcomes: Outcomes,
  ) {}

  onModuleInit(): void {
    this.keepers.register({
      section: 'applications',
      export: (tx, learnerId) => this.#export(tx, learnerId),
      freeze: (tx, learnerId, by) => this.#withdraw(tx, learnerId, by),
      lock: (tx, learnerId) => this.dependants.lock(tx, learnerId),
      forbidsMerge: (tx, sides) => this.#underWay(tx, sides),
      forbidsSplit: (tx, sides) => this.#entangled(tx, sides),
    });
  }

  async #export(tx: EntityManager, learnerId: string): Promise<ApplicationDto[]> {
    const details: ApplicationDto[] = [];
    for (const application of await this.#list(tx, learnerId)) {
      details.push(await this.views.detail(tx, application, asLearner(learnerId)));
    }
    return details;
  }

  /** Whatever can still be taken back; what it holds is available again. */
  async #withdraw(tx: EntityManager, learnerId: string, by: Principal): Promise<void> {
    const actor = { id: by.id, institutionId: by.institutionId };
    for (const { id } of (await this.#list(tx, learnerId)).toReversed()) {
      const application = await this.store.findLocked(tx, id);
      if (!application || !nextState(application.state, 'withdraw')) continue;
      await this.flow.advance(tx, application, 'withdraw', { actor, note: null });
      await this.store.lockLearner(tx, learnerId);
      await this.flow.release(tx, application, actor);
    }
  }

  /** Whoever is let in must have nothing under way: the one who goes on may. */
  async #underWay(tx: EntityManager, { survivor, absorbed }: Sides): Promise<Problem | null> {
    const isLive = ({ state }: Application): boolean => LIVE.has(state);
    const ofAbsorbed = (await this.#listAll(tx, absorbed)).filter(isLive);
    if (ofAbsorbed.length === 0) return null;
    const ofSurvivor = (await this.#listAll(tx, survivor)).filter(isLive);
    const applications = [...ofSurvivor, ...ofAbsorbed].map(({ id }) => id);
    const code = ofSurvivor.length > 0 ? 'merge-applications-on-both' : 'merge-application-open';
    return { code, params: { applications: applications.join(', ') }, members: { applications } };
  }

  /** What was decided with the record of both cannot be read apart while it stands. */
  async #entangled(tx: EntityManager, { survivor, absorbed }: Sides): Promise<Problem | null> {
    const owned = async (ids: readonly string[]): Promise<ReadonlySet<string>> =>
      new Set((await this.outcomes.listOfMany(tx, ids, 'all')).map(({ outcome }) => outcome.lotId));
    const lots = { survivor: await owned(survivor), absorbed: await owned(absorbed) };
    const applications: string[] = [];
    for (const application of await this.#listAll(tx, [...survivor, ...absorbed])) {
      if (!STANDS.has(application.state)) continue;
      const foreign = absorbed.includes(application.learnerId) ? lots.survivor : lots.absorbed;
      const stored = await this.decisions.findLatest(tx, application.id);
      if (stored && restsOn(decisionOf(stored), foreign)) applications.push(application.id);
    }
    if (applications.length === 0) return null;
    const params = { applications: applications.join(', ') };
    return { code: 'split-entangled', params, members: { applications } };
  }

  #listAll(tx: EntityManager, selves: readonly string[]): ReturnType<ApplicationsStore['list']> {
    return this.store.list(tx, { owner: { selves }, state: null, after: null, limit: MOST });
  }

  #list(tx: EntityManager, learnerId: string): ReturnType<ApplicationsStore['list']> {
    return this.store.list(tx, {
      owner: { selves: [learnerId] },
      state: null,
      after: null,
      limit: MOST,
    });
  }
}

/** The export shows what the learner would see. */
function asLearner(learnerId: string): Principal {
  return { id: learnerId, name: '', roles: ['learner'], institutionId: null, learnerId };
}
