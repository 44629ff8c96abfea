import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { touchOf } from '#libs/rules';
import { Catalogue } from '../catalogue/index.js';
import type { WorkRecord } from '../platform/queue/index.js';
import { type Compared, Comparison, type Versions } from './comparison.js';
import { type RunStore, type Step, WorklistRuns } from './worklist-runs.js';
import { WorklistStore } from './worklist.store.js';

/** A piece of work over the learners of a programme, as its record says. */
export interface PopulationRun extends WorkRecord {
  readonly programme: string;
  /** The day for which learners are looked at, `yyyy-mm-dd`. */
  readonly on: string;
}

/** What a feature makes of the learners whom a rule can touch. */
export interface Population<R extends PopulationRun> {
  /** Only those who applied for the programme; otherwise everybody. */
  readonly isAskedOnly: boolean;
  readonly store: RunStore<R>;
  versions(tx: EntityManager, run: R): Promise<Versions>;
  /** @param total how many learners are looked at */
  start(tx: EntityManager, run: R, total: number): Promise<void>;
  /** Keeps what a step found and moves the cursor to its last learner. */
  keep(tx: EntityManager, run: R, step: Step<readonly Compared[]>): Promise<void>;
}

/** Judges everybody whom a rule can touch by two versions, as {@link WorklistRuns} works a list off. */
@Injectable()
export class PopulationWork {
  constructor(
    private readonly runs: WorklistRuns,
    private readonly worklist: WorklistStore,
    private readonly comparison: Comparison,
    private readonly catalogue: Catalogue,
  ) {}

  run<R extends PopulationRun>(
    work: Population<R>,
    id: string,
    signal: AbortSignal,
  ): Promise<void> {
    const { store } = work;
    const steps = {
      store,
      begin: (tx: EntityManager, run: R): Promise<void> => this.#begin(tx, work, run),
      look: async (tx: EntityManager, run: R, learnerIds: readonly string[]) =>
        this.comparison.compare(tx, learnerIds, await work.versions(tx, run), run.on),
      keep: (tx: EntityManager, run: R, step: Step<readonly Compared[]>): Promise<void> =>
        work.keep(tx, run, step),
    };
    return this.runs.run<R, readonly Compared[]>(steps, id, signal);
  }

  async #begin<R extends PopulationRun>(
    tx: EntityManager,
    work: Population<R>,
    run: R,
  ): Promise<void> {
    const { before, after } = await work.versions(tx, run);
    const scope = {
      workId: run.id,
      programme: run.programme,
      touch: touchOf(before, after),
      isAskedOnly: work.isAskedOnly,
    };
    const total = await this.worklist.fill(tx, scope, (await this.catalogue.matcher(tx)).all());
    await work.start(tx, run, total);
  }
}
