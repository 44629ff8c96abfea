import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { EntityManager } from 'typeorm';
import { documentsIn } from '#libs/exchange';
import { Persons } from '../access/index.js';
import { Learners } from '../learners/index.js';
import type { Principal } from '../platform/auth/index.js';
import { Clock } from '../platform/clock/index.js';
import { Database } from '../platform/database/index.js';
import {
  type Page,
  type PageQuery,
  decodeCursor,
  encodeCursor,
  idCursor,
  notFound,
  refusal,
  toPage,
} from '../platform/http/index.js';
import { isUuid } from '../platform/ids/index.js';
import { Tasks } from '../platform/queue/index.js';
import { TwoPeople } from '../proposals/index.js';
import { type ShownRows, writeCorrections } from './corrections.js';
import { FaultsStore } from './faults.store.js';
import { openFile } from './files/open-file.js';
import { ImportFiles, type StoredUpload } from './import.files.js';
import { type ImportRecord, type StoredFault, phaseOfFaults } from './import.js';
import type { ImportDto, RowFaultDto, RowFaultsQuery } from './imports.dto.js';
import { ImportsStore } from './imports.store.js';
import { TASK_OF_PHASE } from './imports.worker.js';
import { readUpload } from './upload.js';
import { toImportDto, toRowFaultDto } from './view.js';

const EVENT_POLL_MS = 500;
/** Proxies close a silent connection; the same news again keeps it open. */
const EVENT_REPEAT_MS = 10_000;
const FAULTS_A_QUERY = 1_000;

export interface ImportEvent {
  readonly type: 'progress' | 'done';
  readonly data: ImportDto;
}

/** What can be asked of imports over HTTP. An import of another institution does not exist. */
@Injectable()
export class ImportsService implements OnModuleDestroy {
  readonly #stop = new AbortController();

  constructor(
    private readonly database: Database,
    private readonly store: ImportsStore,
    private readonly faults: FaultsStore,
    private readonly files: ImportFiles,
    private readonly tasks: Tasks,
    private readonly learners: Learners,
    private readonly clock: Clock,
    private readonly persons: Persons,
    private readonly twoPeople: TwoPeople,
  ) {}

  onModuleDestroy(): void {
    this.#stop.abort();
  }

  /** Stores the file while it arrives and queues its check, in one transaction with its receipt. */
  async receive(principal: Principal, request: FastifyRequest): Promise<ImportDto> {
    const owner = { institutionId: institutionOf(principal), actor: principal.id };
    const stored: StoredUpload[] = [];
    try {
      const fields = await readUpload(request, async (file) => {
        stored.push(await this.files.keep(file, owner));
      });
      const [upload] = stored as [StoredUpload];
      const { importId, fileName, byteLength, digest } = upload;
      await this.database.transaction(async (tx) => {
        const { format: askedFormat, encoding: askedEncoding } = fields;
        const file = { fileName, byteLength, digest, askedFormat, askedEncoding };
        await this.store.receive(tx, importId, file);
        await this.tasks.add(tx, TASK_OF_PHASE.check, { importId });
      });
      return await this.get(principal, importId);
    } catch (error) {
      for (const { importId } of stored) await this.files.discard(importId);
      throw error;
    }
  }

  async list(principal: Principal, query: PageQuery): Promise<Page<ImportDto>> {
    const institutionId = institutionOf(principal);
    const before = idCursor(query.after);
    const records = await this.database.read((tx) =>
      this.store.list(tx, institutionId, { before, limit: query.limit + 1 }),
    );
    return toPage(
      records.map((one) => this.#view(one)),
      query.limit,
      (last) => encodeCursor(last.id),
    );
  }

  async get(principal: Principal, importId: string): Promise<ImportDto> {
    return this.#view(await this.#find(principal, importId));
  }

  async listRows(
    principal: Principal,
    importId: string,
    query: RowFaultsQuery,
  ): Promise<Page<RowFaultDto>> {
    const record = await this.#find(principal, importId);
    const afterSeq = query.after === undefined ? 0 : seqOf(query.after);
    const faults = await this.database.read((tx) =>
      this.faults.list(tx, importId, {
        phase: phaseOfFaults(record.state),
        code: query.code ?? null,
        afterSeq,
        limit: query.limit + 1,
      }),
    );
    const page = toPage(faults, query.limit, (last) => encodeCursor(String(last.seq)));
    return { items: page.items.map(toRowFaultDto), next: page.next };
  }

  /**
   * Starts the commit of a checked import. Asking again changes nothing while a worker is on it, and
   * gets it going again when none is; what is posted stays posted once. Whoever sent a file with
   * completions of an old period cannot commit it as well (`committer-is-sender`).
   */
  async commit(principal: Principal, importId: string): Promise<ImportDto> {
    const record = await this.#find(principal, importId);
    const { state } = record;
    await this.database.transaction(async (tx) => {
      if (state === 'checked') await this.#assertMayCommit(tx, principal, record);
      const isBegun = await this.store.beginCommit(tx, importId, principal.id);
      if (!isBegun && state !== 'committing' && state !== 'committed') {
        throw refusal('import-not-checked', { state });
      }
      const isAbandoned = state === 'committing' && !(await this.store.isLeased(tx, importId));
      if (isBegun || isAbandoned) await this.tasks.add(tx, TASK_OF_PHASE.commit, { importId });
    });
    return this.get(principal, importId);
  }

  /** The state of an import whenever it changes, and once more, as `done`, when it rests. */
  async *watch(principal: Principal, importId: string): AsyncGenerator<ImportEvent> {
    let last = '';
    let sentAt = 0;
    while (!this.#stop.signal.aborted) {
      const data = await this.get(principal, importId);
      if (!isMoving(data)) {
        yield { type: 'done', data };
        return;
      }
      const { rowsDone, phase } = data.progress;
      const news = `${data.state} ${phase} ${rowsDone}`;
      if (news !== last || Date.now() - sentAt > EVENT_REPEAT_MS) {
        yield { type: 'progress', data };
        [last, sentAt] = [news, Date.now()];
      }
      const { signal } = this.#stop;
      await sleep(EVENT_POLL_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Reads the stored file again and writes its faulty rows. Throws before the first byte or not at all. */
  async corrections(
    principal: Principal,
    importId: string,
  ): Promise<{ fileName: string; bytes: AsyncGenerator<Buffer> }> {
    const record = await this.#find(principal, importId);
    const { format, encoding } = record;
    const file = await openFile(this.files.open(record), { format, encoding });
    const corrections = writeCorrections(
      file,
      this.#faultsByRow(record),
      this.#noteReads(principal, importId),
    );
    const bytes = closing(corrections, () => file.close());
    const base = record.fileName.replace(/\.[a-z0-9]{1,6}$/i, '');
    return { fileName: `${base}-corrections.xlsx`, bytes };
  }

  /** Tells everybody in the rows who has an account that this office is shown the row, once each. */
  #noteReads(principal: Principal, importId: string): ShownRows {
    const told = new Set<string>();
    return async (rows) => {
      const today = this.clock.today();
      const documents = rows.flatMap((texts) => documentsIn(texts, today));
      if (documents.length === 0) return;
      const fresh = await this.learners.noteFile(principal, importId, { documents, told });
      for (const learnerId of fresh) told.add(learnerId);
    };
  }

  async *#faultsByRow(record: ImportRecord): AsyncGenerator<StoredFault> {
    const phase = phaseOfFaults(record.state);
    let [afterRow, afterSeq] = [0, 0];
    for (;;) {
      const query = { phase, afterRow, afterSeq, limit: FAULTS_A_QUERY };
      const faults = await this.database.read((tx) => this.faults.listByRow(tx, record.id, query));
      yield* faults;
      const last = faults.at(-1);
      if (!last || faults.length < FAULTS_A_QUERY) return;
      [afterRow, afterSeq] = [last.row, last.seq];
    }
  }

  #view(record: ImportRecord): ImportDto {
    return toImportDto(record, this.twoPeople.oldToPostBefore);
  }

  async #assertMayCommit(
    tx: EntityManager,
    principal: Principal,
    { oldestNewOn, actor }: ImportRecord,
  ): Promise<void> {
    const day = this.twoPeople.oldToPostBefore;
    if (oldestNewOn === null || oldestNewOn >= day) return;
    if (!(await this.persons.isAmong(tx, principal, [actor]))) return;
    throw refusal('committer-is-sender', { day });
  }

  async #find(principal: Principal, importId: string): Promise<ImportRecord> {
    const record = isUuid(importId)
      ? await this.database.read((tx) => this.store.find(tx, importId))
      : undefined;
    if (!record || record.institutionId !== principal.institutionId) throw notFound();
    return record;
  }
}

async function* closing<T>(items: AsyncGenerator<T>, close: () => void): AsyncGenerator<T> {
  try {
    yield* items;
  } finally {
    close();
  }
}

function institutionOf(principal: Principal): string {
  if (principal.institutionId === null) throw refusal('no-institution');
  return principal.institutionId;
}

function isMoving({ state }: ImportDto): boolean {
  return state === 'received' || state === 'checking' || state === 'committing';
}

function seqOf(after: string): number {
  const [text] = decodeCursor(after, 1, (part) => /^\d{1,9}$/.test(part)) as [string];
  return Number(text);
}
