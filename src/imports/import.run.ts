import { Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { lastDay } from '#libs/credit';
import { Completions, OUTCOME_ID_KIND } from '../outcomes/index.js';
import { Database } from '../platform/database/index.js';
import { DomainEvents } from '../platform/events/index.js';
import { FaultsStore } from './faults.store.js';
import { ImportFiles } from './import.files.js';
import type { ImportRecord, ImportState, Phase, PhaseCounts } from './import.js';
import { ImportsStore, type RunKey, type TakenUp } from './imports.store.js';
import { FileRefused } from './reading/mapping.js';
import type { PreparedOutcome } from './reading/prepare.js';
import { BATCH_OUTCOMES, type ReadBatch, type ReadStep } from './reading/read-batches.js';
import { type Answer, judgeBatch, withSilentRows } from './verdict.js';
import { Lanes, OrderedWindow } from './window.js';

/** Batches of one import that are posted at once, and batches of all imports. */
const WIDTH = 3;
const LANES = 4;
/** Far below the lease: rows that are only read again move no position for a while. */
const HEARTBEAT_MS = 3_000;

/** The process is to stop; the rest is for the next worker. */
export class Stopped extends Error {}

/** Another worker has taken the import up; what this one would write is no longer wanted. */
export class Superseded extends Error {}

interface Job {
  readonly record: ImportRecord;
  readonly key: RunKey;
  readonly phase: Phase;
  readonly signal: AbortSignal;
  /** How far the import has got for good. */
  counts: PhaseCounts;
  position: number;
  /** Of what the dry run found fit, the oldest day on which it can have been completed. */
  oldestNewOn: string | null;
}

/** Reads a file from its first to its last row, once to check it and once to commit it. */
@Injectable()
export class ImportRun {
  readonly #logger = new Logger('imports');
  readonly #lanes = new Lanes(LANES);

  constructor(
    private readonly database: Database,
    private readonly store: ImportsStore,
    private readonly faults: FaultsStore,
    private readonly files: ImportFiles,
    private readonly completions: Completions,
    private readonly events: DomainEvents,
  ) {}

  /**
   * Does one phase of an import, from where an earlier worker left it. Throws {@link Stopped} at
   * the next batch after `signal`, {@link Superseded} when somebody else has gone on.
   */
  async run(
    record: ImportRecord,
    taken: TakenUp,
    phase: Phase,
    signal: AbortSignal,
  ): Promise<void> {
    const { key, counts, position } = taken;
    const overtaken = new AbortController();
    const job: Job = {
      record,
      key,
      phase,
      signal: AbortSignal.any([signal, overtaken.signal]),
      counts,
      position,
      oldestNewOn: null,
    };
    const heartbeat = setInterval(() => void this.#beat(key, overtaken), HEARTBEAT_MS);
    try {
      await this.#walk(job);
      await this.#end(job, null);
    } catch (error) {
      if (!(error instanceof FileRefused)) throw error;
      this.#logger.log(`import ${record.id} refused: ${error.problem.code}`);
      await this.#end(job, error);
    } finally {
      clearInterval(heartbeat);
    }
  }

  /** Keeps the lease while no batch does. A database that is away is met by the next batch. */
  async #beat(key: RunKey, overtaken: AbortController): Promise<void> {
    const holds = await this.database
      .transaction((tx) => this.store.hold(tx, key))
      .catch(() => true);
    if (!holds) overtaken.abort(new Superseded());
  }

  async #walk(job: Job): Promise<void> {
    const window = new OrderedWindow<ReadBatch, Answer[]>(
      WIDTH,
      (batch) => this.#lanes.run(() => this.#answer(job, batch.outcomes)),
      (batch, answers) => this.#conclude(job, batch, answers),
    );
    const { record, phase, position } = job;
    const idKind = OUTCOME_ID_KIND;
    const steps = this.files.readBatches(record, { phase, position, idKind });
    try {
      for await (const step of steps) {
        if (job.signal.aborted) throw stopOf(job.signal);
        if (step.kind === 'opened') await this.#describe(job, step);
        else {
          // What only adds to an outcome of the file must come after it, as in the file.
          const alone = step.batch.outcomes.some(({ isAddition }) => isAddition);
          await window.send(step.batch, { alone });
        }
      }
    } finally {
      await window.settle();
    }
    await window.finish();
  }

  async #describe(job: Job, step: Extract<ReadStep, { kind: 'opened' }>): Promise<void> {
    if (job.phase === 'commit') return;
    await this.database.transaction(async (tx) => {
      await this.store.describeFile(tx, job.key, step.facts);
      await this.store.expectRows(tx, job.key, step.expectedRows);
    });
  }

  async #answer(
    { record, phase, signal }: Job,
    outcomes: ReadBatch['outcomes'],
  ): Promise<Answer[]> {
    const batches = [...slices(outcomes)].map((some) => ({
      institutionId: record.institutionId,
      importId: record.id,
      actor: record.actor,
      drafts: some.map((outcome) => outcome.draft),
    }));
    if (signal.aborted) throw stopOf(signal);
    const answers: Answer[] = [];
    if (phase === 'check') {
      for (const batch of batches) answers.push(...(await this.completions.checkBatch(batch)));
      return answers;
    }
    return this.database.transaction(async (tx) => {
      answers.length = 0;
      for (const batch of batches) answers.push(...(await this.completions.postWithin(tx, batch)));
      return answers;
    });
  }

  /**
   * Writes what became of a batch together with the new position. Should the process die between
   * the posting and this, the batch is posted again and answers that this import has posted it.
   */
  async #conclude(job: Job, batch: ReadBatch, answers: Answer[]): Promise<void> {
    const { key, phase, counts: before, record } = job;
    const { counts, faults } = judgeBatch(before, batch, answers, record.id);
    const write = async (tx: EntityManager): Promise<void> => {
      const isHeld = await this.store.advance(tx, key, { phase, position: batch.step, counts });
      if (!isHeld) throw new Superseded();
      await this.faults.add(tx, key, phase, { firstSeq: before.faults + 1, faults });
    };
    if (faults.length === 0) await this.database.statement(write);
    else await this.database.transaction(write);
    job.counts = counts;
    job.position = batch.step;
    if (phase === 'check') job.oldestNewOn = oldestOf(job.oldestNewOn, batch.outcomes, answers);
  }

  async #end(job: Job, refused: FileRefused | null): Promise<void> {
    const { key, phase, position, counts: before, record } = job;
    const state: ImportState = refused ? 'failed' : phase === 'check' ? 'checked' : 'committed';
    const ended = refused
      ? judgeBatch(before, refusedBatch(job, refused), [], record.id)
      : { counts: withSilentRows(before), faults: [] };
    await this.database.transaction(async (tx) => {
      const { counts, faults } = ended;
      if (!(await this.store.advance(tx, key, { phase, position, counts }))) throw new Superseded();
      await this.faults.add(tx, key, phase, { firstSeq: before.faults + 1, faults });
      await this.store.endPhase(tx, key, { phase, state, problem: refused?.problem ?? null });
      if (state === 'checked') await this.store.noteOldest(tx, key, job.oldestNewOn);
      await this.events.announce(tx, {
        type: 'import.finished',
        institutionId: record.institutionId,
        data: { import: record.id, state, rows: counts.rowsRead, faults: counts.faults },
      });
    });
  }
}

/** The earlier of a day and the last possible days of what would be posted. */
function oldestOf(
  before: string | null,
  outcomes: readonly PreparedOutcome[],
  answers: readonly Answer[],
): string | null {
  let oldest = before;
  outcomes.forEach(({ draft }, index) => {
    if (answers[index]?.status !== 'fit') return;
    const day = lastDay(draft.completedOn);
    if (oldest === null || day < oldest) oldest = day;
  });
  return oldest;
}

function stopOf(signal: AbortSignal): Error {
  return signal.reason instanceof Superseded ? signal.reason : new Stopped();
}

/** One record may hold thousands of outcomes; a statement should not. */
function* slices(outcomes: readonly PreparedOutcome[]): Generator<readonly PreparedOutcome[]> {
  for (let at = 0; at < outcomes.length; at += BATCH_OUTCOMES) {
    yield outcomes.slice(at, at + BATCH_OUTCOMES);
  }
}

/** The line that cannot be read counts as a row of its own. */
function refusedBatch({ counts, position }: Job, refused: FileRefused): ReadBatch {
  return { outcomes: [], faults: refused.faults, rowsRead: counts.rowsRead, step: position };
}
