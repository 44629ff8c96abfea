import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { touchOf } from '#libs/rules';
import { Catalogue } from '../catalogue/index.js';
import { Database } from '../platform/database/index.js';
import { inSteps } from '../platform/queue/index.js';
import { type Compared, Comparison, type Versions } from './comparison.js';
import { WorklistStore } from './worklist.store.js';

/** Learners whose facts are read together and who are done in one transaction. */
const STEP = 100;

/** How far a piece of work has come, as its record says. */
export interface PopulationRun {
  readonly id: string;
  readonly programme: string;
  /** The day for which learners are looked at, `yyyy-mm-dd`. */
  readonly on: string;
  /** Any other state is an end. */
  readonly state: 'queued' | 'running' | 'done' | 'cancelled';
  /** Everybody up to this learner is done; null before the first. */
  readonly cursor: string | null;
}

/** What a feature makes of the learners whom a rule can touch. */
export interface Population<R extends PopulationRun> {
  /** Only those who applied for the programme; otherwise everybody. */
  readonly isAskedOnly: boolean;
  find(tx: EntityManager, id: string): Promise<R | undefined>;
  /** Locks the record where nobody has moved it on meanwhile. */
  claim(tx: EntityManager, run: R): Promise<boolean>;
  versions(tx: EntityManager, run: R): Promise<Versions>;
  /** @param total how many learners are looked at */
  start(tx: EntityManager, run: R, total: number): Promise<void>;
  /** Keeps what a step found and moves the cursor to its last learner. */
  keep(tx: EntityManager, run: R, compared: readonly Compared[]): Promise<void>;
  end(tx: EntityManager, run: R): Promise<void>;
}

/**
 * Judges everybody whom a rule can touch by two versions, a step at a time. Whom that is, is written
 * down in the transaction that starts; each step keeps what it found in the transaction that moves the
 * cursor. So it goes on where it was, killed anywhere, and counts nobody twice. Memory follows the step,
 * not the learners.
 */
@Injectable()
export class PopulationWork {
  constructor(
    private readonly database: Database,
    private readonly worklist: WorklistStore,
    private readonly comparison: Comparison,
    private readonly catalogue: Catalogue,
  ) {}

  run<R extends PopulationRun>(
    work: Population<R>,
    id: string,
    signal: AbortSignal,
  ): Promise<void> {
    return inSteps(signal, async () => {
      const run = await this.database.read((tx) => work.find(tx, id));
      if (run?.state === 'queued') await this.#begin(work, run);
      else if (run?.state === 'running') await this.#step(work, run);
      else return false;
      return true;
    });
  }

  async #begin<R extends PopulationRun>(work: Population<R>, run: R): Promise<void> {
    await this.database.transaction(async (tx) => {
      if (!(await work.claim(tx, run))) return;
      const { before, after } = await work.versions(tx, run);
      const scope = {
        workId: run.id,
        programme: run.programme,
        touch: touchOf(before, after),
        isAskedOnly: work.isAskedOnly,
      };
      const total = await this.worklist.fill(tx, scope, (await this.catalogue.matcher(tx)).all());
      await work.start(tx, run, total);
    });
  }

  async #step<R extends PopulationRun>(work: Population<R>, run: R): Promise<void> {
    const page = { after: run.cursor, limit: STEP };
    const learnerIds = await this.database.read((tx) => this.worklist.next(tx, run.id, page));
    if (learnerIds.length === 0) return this.#end(work, run);
    const compared = await this.database.read(async (tx) =>
      this.comparison.compare(tx, learnerIds, await work.versions(tx, run), run.on),
    );
    await this.database.transaction(async (tx) => {
      if (await work.claim(tx, run)) await work.keep(tx, run, compared);
    });
  }

  async #end<R extends PopulationRun>(work: Population<R>, run: R): Promise<void> {
    await this.database.transaction(async (tx) => {
      if (!(await work.claim(tx, run))) return;
      await this.worklist.clear(tx, run.id);
      await work.end(tx, run);
    });
  }
}
