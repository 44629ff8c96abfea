import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import type { Problem } from '#libs/problems';
import { FileRefused, type OutputCell, readSheet, writeXlsx } from '../imports/index.js';
import type { Principal } from '../platform/auth/index.js';
import { Clock } from '../platform/clock/index.js';
import { type DataKey, KeyHolders } from '../platform/crypto/index.js';
import { Database } from '../platform/database/index.js';
import { Refusal } from '../platform/http/index.js';
import { DailyTasks, LongWork, inSteps } from '../platform/queue/index.js';
import { Rulebook } from '../rulebook/index.js';
import { Answers } from './answers.js';
import { BatchesStore, type SentBatch, type StoredRow } from './batches.store.js';
import { Quotas } from './quotas.service.js';
import { Sealing } from './sealing.js';
import { type AskedRow, RESULT_HEADERS, askedRows, headFaults, resultCells } from './sheet.js';

/** The kind of task that answers a list. */
export const ANSWER = 'equivalence.answer';
/** The kind of daily task that destroys lists whose time is over. */
export const DESTROY = 'equivalence.destroy';

export interface AnswerTask {
  readonly batchId: string;
}

/** No quota is larger. */
const MOST_ROWS = 5_000;
const MOST_COLUMNS = 60;
/** Rows that one look fetches. */
const STEP = 25;

/**
 * Answers lists on the queue, row by row, each in a transaction of its own with its answer. Killed
 * anywhere it goes on where it was: a row that has its answer is not asked again.
 */
@Injectable()
export class BatchesWorker implements OnModuleInit {
  readonly #logger = new Logger('equivalence');

  constructor(
    private readonly longWork: LongWork,
    private readonly daily: DailyTasks,
    private readonly holders: KeyHolders,
    private readonly database: Database,
    private readonly store: BatchesStore,
    private readonly sealing: Sealing,
    private readonly answers: Answers,
    private readonly quotas: Quotas,
    private readonly rulebook: Rulebook,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.holders.registerTable({ table: 'equivalence_batch', key: ['id'] });
    this.longWork.register<AnswerTask>(ANSWER, {
      run: ({ batchId }, signal) => this.run(batchId, signal),
      listOpen: async (tx) => (await this.store.listOpen(tx)).map((batchId) => ({ batchId })),
    });
    this.daily.register(DESTROY, (_day, signal) => this.destroyOver(signal));
  }

  async run(batchId: string, signal: AbortSignal): Promise<void> {
    try {
      await this.#begin(batchId);
    } catch (error) {
      const problem = problemOf(error);
      if (!problem) throw error;
      await this.#fail(batchId, problem);
    }
    await inSteps(signal, () => this.#step(batchId, signal));
  }

  /** What an office was told is its to keep for a week, and then nobody's. */
  async destroyOver(signal: AbortSignal): Promise<void> {
    await inSteps(signal, async () => {
      const now = this.clock.now();
      const destroyed = await this.database.transaction((tx) => this.store.destroyOver(tx, now));
      return destroyed > 0;
    });
  }

  /** Reads the file, takes the quota and stores the rows: all or none, and once. */
  async #begin(batchId: string): Promise<void> {
    const sent = await this.database.transaction((tx) => this.store.findSent(tx, batchId));
    if (sent?.state !== 'queued' || sent.fileSealed === null) return;
    const key = this.sealing.unwrap(sent.wrappedKey);
    const bytes = this.sealing.open(key, batchId, 'file', sent.fileSealed);
    const rows = await this.#readRows(sent, bytes);
    const askedSealed = rows.map((row, i) => this.sealing.sealAsked(key, batchId, i, row));
    await this.database.transaction(async (tx) => {
      const still = await this.store.findSent(tx, batchId);
      if (still?.state !== 'queued') return;
      await this.quotas.take(tx, sent.institutionId, rows.length);
      await this.store.begin(tx, batchId, { askedSealed, at: this.clock.now() });
    });
  }

  async #readRows({ programme, on }: SentBatch, bytes: Buffer): Promise<AskedRow[]> {
    const sheet = await readSheet(bytes, { rows: MOST_ROWS, columns: MOST_COLUMNS });
    const faults = headFaults(sheet.headers);
    if (faults.length > 0) throw new FileRefused(faults);
    const rows = askedRows(sheet, { programme, on, today: this.clock.today() });
    if (rows.length === 0) throw new Refusal({ code: 'file-empty' });
    const governed = await this.#governed(rows);
    return rows.map((row) => {
      const { programme, on, fault } = row;
      if (fault !== null || programme === null || governed.has(keyOf(row))) return row;
      const params = { programme, on };
      return { ...row, asked: null, fault: 'rulebook-not-in-force', params };
    });
  }

  /** Which of the programmes and days that a list names have rules: asked of nobody in particular. */
  async #governed(rows: readonly AskedRow[]): Promise<Set<string>> {
    const governed = new Set<string>();
    for (const [key, { programme, on }] of new Map(rows.map((row) => [keyOf(row), row]))) {
      if (programme === null) continue;
      const hash = await this.database.read((tx) => this.rulebook.hashFor(tx, programme, on));
      if (hash !== undefined) governed.add(key);
    }
    return governed;
  }

  /** @returns whether there is more to do */
  async #step(batchId: string, signal: AbortSignal): Promise<boolean> {
    const sent = await this.database.transaction((tx) => this.store.findSent(tx, batchId));
    if (sent?.state !== 'running') return false;
    const key = this.sealing.unwrap(sent.wrappedKey);
    const rows = await this.database.read((tx) => this.store.listUnanswered(tx, batchId, STEP));
    for (const row of rows) {
      signal.throwIfAborted();
      await this.#answer(sent, key, row);
    }
    if (rows.length > 0) return true;
    await this.#end(batchId, key);
    return false;
  }

  async #answer(sent: SentBatch, key: DataKey, { position, askedSealed }: StoredRow) {
    const { id: batchId, network, institutionId } = sent;
    const row = this.sealing.openAsked(key, batchId, position, askedSealed);
    const keep: Parameters<Answers['answer']>[2] = (tx, { answer, learnerId }) =>
      this.store.putAnswer(
        tx,
        { batchId, position },
        {
          sealed: this.sealing.sealAnswer(key, batchId, position, answer),
          status: answer?.status ?? 'not-checked',
          learnerId,
        },
      );
    const { programme, on, asked } = row;
    if (asked === null || programme === null) {
      await this.database.transaction((tx) => keep(tx, { answer: null, learnerId: null }));
      return;
    }
    const principal: Principal = {
      id: sent.actor,
      name: '',
      roles: sent.roles,
      institutionId,
      learnerId: null,
    };
    await this.answers.answer({ principal, network, programme, on, batchId }, asked, keep);
  }

  async #end(batchId: string, key: DataKey): Promise<void> {
    const rows = await this.database.read((tx) => this.store.listRows(tx, batchId));
    const cells = rows.map(({ position, askedSealed, answerSealed }) =>
      resultCells({
        ...this.sealing.openAsked(key, batchId, position, askedSealed),
        answer: answerSealed && this.sealing.openAnswer(key, batchId, position, answerSealed),
      }).map((text): OutputCell => ({ text })),
    );
    const pieces: Buffer[] = [];
    const sheet = { name: '核对结果', headers: RESULT_HEADERS, rows: inOrder(cells) };
    for await (const piece of writeXlsx(sheet)) pieces.push(piece);
    const sealed = this.sealing.seal(key, batchId, 'result', Buffer.concat(pieces));
    await this.database.transaction((tx) =>
      this.store.end(tx, batchId, { sealed, at: this.clock.now() }),
    );
  }

  async #fail(batchId: string, problem: Problem): Promise<void> {
    this.#logger.log(`list ${batchId} is refused: ${problem.code}`);
    await this.database.transaction((tx) =>
      this.store.fail(tx, batchId, { problem, at: this.clock.now() }),
    );
  }
}

function keyOf({ programme, on }: AskedRow): string {
  return `${on} ${programme ?? ''}`;
}

/** A refusal that no retry can mend; undefined for everything else. */
function problemOf(error: unknown): Problem | undefined {
  if (error instanceof FileRefused) return error.problem;
  if (!(error instanceof Refusal) || error.problem.code === 'try-again-later') return undefined;
  return error.problem;
}

async function* inOrder<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}
