import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { UndecidedApplications } from '../conversions/index.js';
import { Clock } from '../platform/clock/index.js';
import { hashId } from '../platform/ids/index.js';
import { LongWork, Tasks } from '../platform/queue/index.js';
import { type RuleChange, RuleChanges, Rulebook } from '../rulebook/index.js';
import type { Compared, Versions } from './comparison.js';
import { type Population, PopulationWork } from './population-work.js';
import { type Reevaluation, type Standing, standingOf } from './reevaluation.js';
import type { Step } from './worklist-runs.js';
import { ReevaluationsStore, type StepCounts } from './reevaluations.store.js';

/** The kind of task that carries one out. */
export const REEVALUATE = 'conversions.reevaluate';

export interface ReevaluateTask {
  readonly reevaluationId: string;
}

/**
 * Looks again at everybody whom a publication can touch and at nobody else: learners who applied for
 * the programme and have something that the old or the new version watches. An undecided application
 * is decided again when another version governs its day now; booked decisions keep their version.
 */
@Injectable()
export class ReevaluationsWorker implements OnModuleInit, Population<Reevaluation> {
  readonly isAskedOnly = true;

  constructor(
    private readonly longWork: LongWork,
    private readonly tasks: Tasks,
    private readonly changes: RuleChanges,
    private readonly work: PopulationWork,
    readonly store: ReevaluationsStore,
    private readonly undecided: UndecidedApplications,
    private readonly rulebook: Rulebook,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.changes.register((tx, change) => this.#announced(tx, change));
    this.longWork.register<ReevaluateTask>(REEVALUATE, {
      run: ({ reevaluationId }, signal) => this.run(reevaluationId, signal),
      listOpen: async (tx) =>
        (await this.store.listOpen(tx)).map((reevaluationId) => ({ reevaluationId })),
    });
  }

  run(id: string, signal: AbortSignal): Promise<void> {
    return this.work.run(this, id, signal);
  }

  async versions(tx: EntityManager, run: Reevaluation): Promise<Versions> {
    const { ruleHash, replacedHash } = run;
    return {
      before: replacedHash === null ? null : await this.rulebook.compiledByHash(tx, replacedHash),
      after: await this.rulebook.compiledByHash(tx, ruleHash),
    };
  }

  start(tx: EntityManager, { id }: Reevaluation, total: number): Promise<void> {
    return this.store.start(tx, id, total);
  }

  async keep(
    tx: EntityManager,
    run: Reevaluation,
    { found: compared, learnerIds, to }: Step<readonly Compared[]>,
  ): Promise<void> {
    const { id, programme, regulationId, version } = run;
    const standings = compared.map((one) => standingOf(one.learnerId, one.facts, one));
    await this.store.putStandings(tx, run, standings);
    const asked = { programme, learnerIds };
    const note = `${regulationId} ${version}`;
    const reconsidered = await this.undecided.reconsiderOutdated(tx, asked, note);
    const counts = { ...changesIn(standings), reconsidered };
    await this.store.advance(tx, id, { to, counts });
  }

  /** In the transaction that publishes: the work is there exactly when its cause is. */
  async #announced(tx: EntityManager, { version, replaced }: RuleChange): Promise<void> {
    const { programme, regulationId } = version;
    if (!(await this.undecided.hasApplicants(tx, programme))) return;
    const today = this.clock.today();
    const id = hashId('reevaluation', version.hash);
    const { institutionId } = await this.rulebook.programme(tx, programme);
    await this.store.insert(tx, {
      id,
      regulationId,
      version: version.version,
      institutionId,
      programme,
      ruleHash: version.hash,
      replacedHash: replaced?.hash ?? null,
      on: version.inForceFrom > today ? version.inForceFrom : today,
    });
    await this.tasks.add(tx, REEVALUATE, { reevaluationId: id } satisfies ReevaluateTask);
  }
}

function changesIn(standings: readonly Standing[]): Omit<StepCounts, 'reconsidered'> {
  return {
    done: standings.length,
    gained: standings.filter((one) => one.millicredits > one.millicreditsBefore).length,
    lost: standings.filter((one) => one.millicredits < one.millicreditsBefore).length,
  };
}
