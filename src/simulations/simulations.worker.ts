import {
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
  type OnModuleInit,
} from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type CompiledRulebook, compilePublished, touchOf } from '#libs/rules';
import { Catalogue } from '../catalogue/index.js';
import { Comparison, type Versions, WorklistStore } from '../conversions/index.js';
import { CONFIG, type Config } from '../platform/config/index.js';
import { Database } from '../platform/database/index.js';
import { orThrow } from '../platform/http/index.js';
import { LongWork, TaskHandlers, Tasks } from '../platform/queue/index.js';
import { Rulebook } from '../rulebook/index.js';
import { EMPTY_REPORT, withLearners } from './report.js';
import type { Simulation } from './simulation.js';
import { SimulationsStore } from './simulations.store.js';

/** The kind of task that carries one out. */
export const SIMULATE = 'simulations.run';

export interface SimulateTask {
  readonly simulationId: string;
}

/** Learners who are in memory at a time. */
const STEP = 100;

/**
 * Judges everybody whom a draft can touch by the draft and by what governs now. Each step writes the
 * report so far and the cursor in one transaction: killed anywhere it goes on where it was and counts
 * nobody twice. Memory follows the step and the number of schools, not the learners.
 */
@Injectable()
export class SimulationsWorker implements OnModuleInit, OnApplicationBootstrap, OnModuleDestroy {
  readonly #work = new LongWork();
  #compiled: CompiledRulebook | undefined;

  constructor(
    private readonly handlers: TaskHandlers,
    private readonly tasks: Tasks,
    private readonly database: Database,
    private readonly store: SimulationsStore,
    private readonly worklist: WorklistStore,
    private readonly comparison: Comparison,
    private readonly rulebook: Rulebook,
    private readonly catalogue: Catalogue,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.handlers.register<SimulateTask>(
      SIMULATE,
      ({ simulationId }, { signal }) => this.run(simulationId, signal),
      'bulk',
    );
  }

  /** What a crashed process left half done goes on, even if the queue gave up on it. */
  async onApplicationBootstrap(): Promise<void> {
    if (this.config.role === 'app') return;
    await this.database.transaction(async (tx) => {
      for (const simulationId of await this.store.listOpen(tx)) {
        await this.tasks.add(tx, SIMULATE, { simulationId } satisfies SimulateTask);
      }
    });
  }

  onModuleDestroy(): Promise<void> {
    return this.#work.end();
  }

  run(id: string, signal: AbortSignal): Promise<void> {
    return this.#work.run(async () => {
      const simulation = await this.database.read((tx) => this.store.find(tx, id));
      if (simulation?.state === 'queued') await this.#begin(simulation);
      else if (simulation?.state === 'running') await this.#step(simulation);
      else return false;
      return true;
    }, signal);
  }

  async #begin(simulation: Simulation): Promise<void> {
    const { id: workId, programme } = simulation;
    await this.database.transaction(async (tx) => {
      if (!(await this.store.claim(tx, simulation))) return;
      const { before, after } = await this.#versions(tx, simulation);
      const definitions = (await this.catalogue.matcher(tx)).all();
      const touch = touchOf(before, after);
      const scope = { workId, programme, touch, isAskedOnly: false };
      const total = await this.worklist.fill(tx, scope, definitions);
      const population = await this.worklist.countLearners(tx);
      await this.store.start(tx, workId, { population, total, report: EMPTY_REPORT });
    });
  }

  async #step(simulation: Simulation): Promise<void> {
    const { id, cursor, on } = simulation;
    const page = { after: cursor, limit: STEP };
    const learnerIds = await this.database.read((tx) => this.worklist.next(tx, id, page));
    const last = learnerIds.at(-1);
    if (last === undefined) return this.#end(simulation);
    const compared = await this.database.read(async (tx) =>
      this.comparison.compare(tx, learnerIds, await this.#versions(tx, simulation), on),
    );
    const report = withLearners(simulation.report ?? EMPTY_REPORT, compared);
    await this.database.transaction(async (tx) => {
      if (!(await this.store.claim(tx, simulation))) return;
      await this.store.advance(tx, id, { to: last, count: learnerIds.length, report });
    });
  }

  async #end(simulation: Simulation): Promise<void> {
    await this.database.transaction(async (tx) => {
      if (!(await this.store.claim(tx, simulation))) return;
      await this.worklist.clear(tx, simulation.id);
      await this.store.end(tx, simulation.id, 'done');
    });
  }

  async #versions(
    tx: EntityManager,
    { ruleHash, document, replacedHash }: Simulation,
  ): Promise<Versions> {
    if (this.#compiled?.hash !== ruleHash) this.#compiled = orThrow(compilePublished(document));
    const after = this.#compiled;
    const before =
      replacedHash === null ? null : await this.rulebook.compiledByHash(tx, replacedHash);
    return { before, after };
  }
}
