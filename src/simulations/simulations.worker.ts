import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type CompiledRulebook, compilePublished } from '#libs/rules';
import { orThrow } from '../platform/http/index.js';
import { LongWork } from '../platform/queue/index.js';
import {
  type Compared,
  type Population,
  PopulationWork,
  type Step,
  type Versions,
  WorklistStore,
} from '../reevaluations/index.js';
import { Rulebook } from '../rulebook/index.js';
import { EMPTY_REPORT, withLearners } from './report.js';
import type { Simulation } from './simulation.js';
import { SimulationsStore } from './simulations.store.js';

/** The kind of task that carries one out. */
export const SIMULATE = 'simulations.run';

export interface SimulateTask {
  readonly simulationId: string;
}

/**
 * Judges everybody whom a draft can touch by the draft and by what governs now. Each step writes the
 * report so far; its size follows schools and caps, not learners.
 */
@Injectable()
export class SimulationsWorker implements OnModuleInit, Population<Simulation> {
  readonly isAskedOnly = false;
  #compiled: CompiledRulebook | undefined;

  constructor(
    private readonly longWork: LongWork,
    private readonly work: PopulationWork,
    private readonly worklist: WorklistStore,
    readonly store: SimulationsStore,
    private readonly rulebook: Rulebook,
  ) {}

  onModuleInit(): void {
    this.longWork.register<SimulateTask>(SIMULATE, {
      run: ({ simulationId }, signal) => this.run(simulationId, signal),
      listOpen: async (tx) =>
        (await this.store.listOpen(tx)).map((simulationId) => ({ simulationId })),
    });
  }

  run(id: string, signal: AbortSignal): Promise<void> {
    return this.work.run(this, id, signal);
  }

  async versions(
    tx: EntityManager,
    { ruleHash, document, replacedHash }: Simulation,
  ): Promise<Versions> {
    if (this.#compiled?.hash !== ruleHash) this.#compiled = orThrow(compilePublished(document));
    const after = this.#compiled;
    const before =
      replacedHash === null ? null : await this.rulebook.compiledByHash(tx, replacedHash);
    return { before, after };
  }

  async start(tx: EntityManager, { id }: Simulation, total: number): Promise<void> {
    const population = await this.worklist.countLearners(tx);
    await this.store.start(tx, id, { population, total, report: EMPTY_REPORT });
  }

  async keep(
    tx: EntityManager,
    simulation: Simulation,
    { found, to }: Step<readonly Compared[]>,
  ): Promise<void> {
    const report = withLearners(simulation.report ?? EMPTY_REPORT, found);
    await this.store.advance(tx, simulation.id, { to, count: found.length, report });
  }
}
