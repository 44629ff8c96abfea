import { Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type MappingContext, SeenKeys } from '#libs/exchange';
import { Completions } from '../outcomes/index.js';
import { Clock } from '../platform/clock/index.js';
import { Keyring } from '../platform/crypto/index.js';
import { Database } from '../platform/database/index.js';
import { FaultsStore } from './faults.store.js';
import { ImportFiles } from './import.files.js';
import { type OpenedFile, openFile } from './files/open-file.js';
import type { ImportRecord, ImportState, Phase, PhaseCounts } from './import.js';
import { ImportsStore, type RunKey, type TakenUp } from './imports.store.js';
import { FileRefused, asFileRefused, openMapping } from './mapping.js';
import { Preparer, type PreparedOutcome } from './prepare.js';
import { type Answer, type Batch, judgeBatch, withSilentRows } from './verdict.js';

/** A commit's batch is one transaction; the checks cost the same per row from here on up. */
const BATCH_OUTCOMES = 500;
/** Rows without an outcome must move the progress too. */
const BATCH_ROWS = 2_000;

/** The process is to stop; the rest is for the next worker. */
export class Stopped extends Error {}

/** Another worker has taken the import up; what this one would write is no longer wanted. */
export class Superseded extends Error {}

interface Job {
  readonly record: ImportRecord;
  readonly key: RunKey;
  readonly phase: Phase;
  readonly signal: AbortSignal;
}

/** Reads a file from its first to its last row, once to check it and once to commit it. */
@Injectable()
export class ImportRun {
  readonly #logger = new Logger('imports');

  constructor(
    private readonly database: Database,
    private readonly store: ImportsStore,
    private readonly faults: FaultsStore,
    private readonly files: ImportFiles,
    private readonly completions: Completions,
    private readonly keyring: Keyring,
    private readonly clock: Clock,
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
    const job: Job = { record, key: taken.key, phase, signal };
    const pass = new Pass(taken, (batch, counts, position) =>
      this.#flush(job, batch, counts, position),
    );
    try {
      await this.#walk(job, pass);
      await this.#end(job, pass, null);
    } catch (error) {
      if (!(error instanceof FileRefused)) throw error;
      this.#logger.log(`import ${record.id} refused: ${error.problem.code}`);
      await this.#end(job, pass, error);
    }
  }

  async #walk(job: Job, pass: Pass): Promise<void> {
    const { record, key, phase, signal } = job;
    const source = this.files.open(record);
    const file = await asFileRefused(() =>
      openFile(source, {
        format: record.format ?? record.askedFormat,
        encoding: record.encoding ?? record.askedEncoding,
      }),
    );
    try {
      const context: MappingContext = { today: this.clock.today() };
      const mapping = await openMapping(file, context);
      if (phase === 'check') {
        await this.database.transaction((tx) => this.store.describeFile(tx, key, mapping.facts));
      }
      await this.#expect(job, file);
      const preparer = new Preparer((naturalKey) => this.#keyOf(record, naturalKey));
      for await (const step of mapping.rows()) {
        if (signal.aborted) throw new Stopped();
        const { outcomes, faults } = preparer.prepare(step);
        await pass.take({ outcomes, faults, rowsRead: step.rowsRead }, step.step);
      }
    } finally {
      await pass.settle();
      file.close();
    }
    await pass.finish();
  }

  async #expect({ key, phase }: Job, file: OpenedFile): Promise<void> {
    if (phase === 'commit') return;
    await this.database.transaction((tx) => this.store.expectRows(tx, key, file.expectedRows()));
  }

  /** Keyed: a natural key holds an identity number, and a plain hash of one can be guessed. */
  #keyOf(record: ImportRecord, naturalKey: readonly string[]): string {
    const text = JSON.stringify(['exchange-key', record.institutionId, ...naturalKey]);
    return this.keyring.blindIndex(text).toString('base64url');
  }

  /** Judges one batch and writes the result together with the new position. */
  async #flush(
    job: Job,
    batch: Batch & { isOfThisFile: (outcome: PreparedOutcome) => boolean },
    before: PhaseCounts,
    position: number,
  ): Promise<{ counts: PhaseCounts; answers: readonly Answer[] }> {
    const checked = job.phase === 'check' ? await this.#ask(job, batch.outcomes) : null;
    return this.database.transaction(async (tx) => {
      if (!(await this.store.hold(tx, job.key))) throw new Superseded();
      const answers = checked ?? (await this.#post(tx, job, batch.outcomes));
      const verdict = judgeBatch(before, batch, answers, batch.isOfThisFile);
      const { counts, faults } = verdict;
      await this.store.advance(tx, job.key, { phase: job.phase, position, counts });
      await this.faults.add(tx, job.key, job.phase, { firstSeq: before.faults + 1, faults });
      return { counts, answers };
    });
  }

  async #ask({ record }: Job, outcomes: readonly PreparedOutcome[]): Promise<Answer[]> {
    const answers: Answer[] = [];
    for (const some of slices(outcomes)) {
      answers.push(...(await this.completions.checkBatch(batchOf(record, some))));
    }
    return answers;
  }

  async #post(
    tx: EntityManager,
    { record }: Job,
    outcomes: readonly PreparedOutcome[],
  ): Promise<Answer[]> {
    const answers: Answer[] = [];
    for (const some of slices(outcomes)) {
      answers.push(...(await this.completions.postWithin(tx, batchOf(record, some))));
    }
    return answers;
  }

  async #end({ key, phase }: Job, pass: Pass, refused: FileRefused | null): Promise<void> {
    const state: ImportState = refused ? 'failed' : phase === 'check' ? 'checked' : 'committed';
    await this.database.transaction(async (tx) => {
      if (!(await this.store.hold(tx, key))) throw new Superseded();
      const ended = refused
        ? judgeBatch(pass.counts, refusedBatch(pass, refused), [], () => false)
        : { counts: withSilentRows(pass.counts), faults: [] };
      const { counts, faults } = ended;
      await this.store.advance(tx, key, { phase, position: pass.position, counts });
      await this.faults.add(tx, key, phase, { firstSeq: pass.counts.faults + 1, faults });
      await this.store.endPhase(tx, key, { phase, state, problem: refused?.problem ?? null });
    });
  }
}

type FlushBatch = (
  batch: Batch & { isOfThisFile: (outcome: PreparedOutcome) => boolean },
  counts: PhaseCounts,
  position: number,
) => Promise<{ counts: PhaseCounts; answers: readonly Answer[] }>;

/**
 * One walk through a file in batches. While one batch is in the database the next one is read;
 * never more than one is on its way, so counts and position always grow in file order.
 */
class Pass {
  counts: PhaseCounts;
  position: number;
  #outcomes: PreparedOutcome[] = [];
  #faults: Batch['faults'][number][] = [];
  #rowsRead: number;
  #step: number;
  #onItsWay: Promise<void> = Promise.resolve();
  /** Outcomes this file has posted that rows further down may add to. */
  readonly #posted = new SeenKeys();

  constructor(
    taken: TakenUp,
    private readonly flush: FlushBatch,
  ) {
    this.counts = taken.counts;
    this.position = taken.position;
    this.#rowsRead = taken.counts.rowsRead;
    this.#step = taken.position;
  }

  /** Takes the next step; those that an earlier worker has done are passed over. */
  async take(batch: Batch, step: number): Promise<void> {
    if (step <= this.position) return;
    this.#outcomes.push(...batch.outcomes);
    this.#faults.push(...batch.faults);
    this.#rowsRead = batch.rowsRead;
    this.#step = step;
    const isFull =
      this.#outcomes.length >= BATCH_OUTCOMES ||
      batch.rowsRead - this.counts.rowsRead >= BATCH_ROWS;
    if (isFull) await this.#send();
  }

  /** Waits until nothing is on its way, whatever came of it. */
  async settle(): Promise<void> {
    await this.#onItsWay.catch(() => undefined);
  }

  async finish(): Promise<void> {
    await this.#send();
    await this.#onItsWay;
  }

  async #send(): Promise<void> {
    await this.#onItsWay;
    const [outcomes, faults, step] = [this.#outcomes, this.#faults, this.#step];
    const batch = { outcomes, faults, rowsRead: this.#rowsRead, isOfThisFile: this.#isOfThisFile };
    [this.#outcomes, this.#faults] = [[], []];
    this.#onItsWay = this.flush(batch, this.counts, step).then(({ counts, answers }) => {
      this.counts = counts;
      this.position = step;
      outcomes.forEach((outcome, i) => {
        const isNew = answers[i]?.status === 'created' || answers[i]?.status === 'fit';
        if (outcome.isGrouped && isNew) this.#posted.add(outcome.draft.externalId, 1);
      });
    });
    // A failure is met at the next `send` or `finish`; until then nobody waits for it.
    this.#onItsWay.catch(() => undefined);
  }

  readonly #isOfThisFile = (outcome: PreparedOutcome): boolean =>
    outcome.isAddition && this.#posted.has(outcome.draft.externalId);
}

function batchOf(
  record: ImportRecord,
  outcomes: readonly PreparedOutcome[],
): Parameters<Completions['postBatch']>[0] {
  return {
    institutionId: record.institutionId,
    importId: record.id,
    actor: record.actor,
    drafts: outcomes.map((outcome) => outcome.draft),
  };
}

/** One record may hold thousands of outcomes; a statement should not. */
function* slices(outcomes: readonly PreparedOutcome[]): Generator<readonly PreparedOutcome[]> {
  for (let at = 0; at < outcomes.length; at += BATCH_OUTCOMES) {
    yield outcomes.slice(at, at + BATCH_OUTCOMES);
  }
}

/** The line that cannot be read counts as a row of its own. */
function refusedBatch(pass: Pass, refused: FileRefused): Batch {
  return { outcomes: [], faults: refused.faults, rowsRead: pass.counts.rowsRead };
}
