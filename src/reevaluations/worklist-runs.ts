import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../platform/database/index.js';
import { type WorkRecord, type WorkRecords, inSteps } from '../platform/queue/index.js';
import { WorklistStore } from './worklist.store.js';

/** Learners who are looked at together and who are done in one transaction. */
const STEP = 100;

/** What a step found, and about whom. */
export interface Step<Found> {
  readonly learnerIds: readonly string[];
  /** The last of them: up to here everybody is done. */
  readonly to: string;
  readonly found: Found;
}

/** The records of a feature's work over learners. */
export interface RunStore<R extends WorkRecord> extends Pick<WorkRecords, 'claim' | 'end'> {
  find(tx: EntityManager, id: string): Promise<R | undefined>;
}

/** What a feature makes of a list of learners. */
export interface WorklistRun<R extends WorkRecord, Found> {
  readonly store: RunStore<R>;
  /** Writes the list down and says in the record that it is. */
  begin(tx: EntityManager, run: R): Promise<void>;
  /** Reads only. */
  look(tx: EntityManager, run: R, learnerIds: readonly string[]): Promise<Found>;
  /** Keeps what a step found and moves the cursor. */
  keep(tx: EntityManager, run: R, step: Step<Found>): Promise<void>;
}

/**
 * Works off a list of learners, a step at a time. The list is written down in the transaction that
 * starts; each step keeps what it found in the transaction that moves the cursor. So it goes on where it
 * was, killed anywhere, and counts nobody twice. Memory follows the step, not the learners.
 */
@Injectable()
export class WorklistRuns {
  constructor(
    private readonly database: Database,
    private readonly worklist: WorklistStore,
  ) {}

  run<R extends WorkRecord, Found>(
    work: WorklistRun<R, Found>,
    id: string,
    signal: AbortSignal,
  ): Promise<void> {
    return inSteps(signal, async () => {
      const run = await this.database.read((tx) => work.store.find(tx, id));
      if (run?.state === 'queued') await this.#begin(work, run);
      else if (run?.state === 'running') await this.#step(work, run);
      else return false;
      return true;
    });
  }

  async #begin<R extends WorkRecord, Found>(work: WorklistRun<R, Found>, run: R): Promise<void> {
    await this.database.transaction(async (tx) => {
      if (await work.store.claim(tx, run)) await work.begin(tx, run);
    });
  }

  async #step<R extends WorkRecord, Found>(work: WorklistRun<R, Found>, run: R): Promise<void> {
    const page = { after: run.cursor, limit: STEP };
    const learnerIds = await this.database.read((tx) => this.worklist.next(tx, run.id, page));
    const to = learnerIds.at(-1);
    if (to === undefined) return this.#end(work, run);
    const found = await this.database.read((tx) => work.look(tx, run, learnerIds));
    await this.database.transaction(async (tx) => {
      if (await work.store.claim(tx, run)) await work.keep(tx, run, { learnerIds, to, found });
    });
  }

  async #end<R extends WorkRecord, Found>(work: WorklistRun<R, Found>, run: R): Promise<void> {
    await this.database.transaction(async (tx) => {
      if (!(await work.store.claim(tx, run))) return;
      await this.worklist.clear(tx, run.id);
      await work.store.end(tx, run.id);
    });
  }
}
