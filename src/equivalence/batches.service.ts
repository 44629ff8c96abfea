import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { EntityManager } from 'typeorm';
import { parsePartialDate } from '#libs/credit';
import { type UploadedFile, readForm } from '../imports/index.js';
import { Learners } from '../learners/index.js';
import type { Principal } from '../platform/auth/index.js';
import { Clock } from '../platform/clock/index.js';
import { Database } from '../platform/database/index.js';
import {
  Refusal,
  decodeCursor,
  encodeCursor,
  idCursor,
  isPlainText,
  networkOf,
  notFound,
  refusal,
  toPage,
} from '../platform/http/index.js';
import { isUuid, newId } from '../platform/ids/index.js';
import { Tasks } from '../platform/queue/index.js';
import { Rulebook } from '../rulebook/index.js';
import { READING } from './answers.js';
import { type Batch, toBatchDto } from './batch.js';
import { type AnsweredStoredRow, BatchesStore } from './batches.store.js';
import { ANSWER, type AnswerTask } from './batches.worker.js';
import type { BatchRowDto, BatchRowPageDto, BatchRowsQuery } from './batch-rows.dto.js';
import type {
  EquivalenceBatchDto,
  EquivalenceBatchPageDto,
  EquivalenceBatchesQuery,
} from './equivalence.dto.js';
import { officeOf } from './office.js';
import { toRowDto } from './rows.views.js';
import { Sealing } from './sealing.js';

const MIB = 1024 * 1024;
/** Five thousand rows of a workbook take a tenth of it. */
const MOST_BYTES = 4 * MIB;
/** So long the result can be fetched. */
const KEPT_MS = 7 * 24 * 60 * 60 * 1000;

/** Lists of an office: sent, watched, and fetched with their answers. Another office's do not exist. */
@Injectable()
export class Batches {
  constructor(
    private readonly database: Database,
    private readonly store: BatchesStore,
    private readonly sealing: Sealing,
    private readonly rulebook: Rulebook,
    private readonly learners: Learners,
    private readonly tasks: Tasks,
    private readonly clock: Clock,
  ) {}

  /** Takes a list from a form. */
  async receive(principal: Principal, request: FastifyRequest): Promise<EquivalenceBatchDto> {
    officeOf(principal);
    const files: { name: string; bytes: Buffer }[] = [];
    const fields = await readForm(request, ['programme', 'on'], async (file) => {
      files.push({ name: file.name, bytes: await wholeOf(file) });
    });
    const [file] = files as [{ name: string; bytes: Buffer }];
    return this.accept(principal, file, {
      ...checked(fields, this.clock.today()),
      address: request.ip,
    });
  }

  /**
   * Stores a list sealed and queues it; its rows are read by the queue.
   *
   * @param asked against what, for rows that do not say it themselves; and from where it came
   */
  async accept(
    principal: Principal,
    file: { readonly name: string; readonly bytes: Buffer },
    asked: { readonly programme: string | null; readonly on: string; readonly address: string },
  ): Promise<EquivalenceBatchDto> {
    const institutionId = officeOf(principal);
    const { programme, on, address } = asked;
    if (programme !== null) {
      await this.database.read((tx) => this.rulebook.compiledFor(tx, programme, on));
    }
    const { key, wrapped } = this.sealing.newKey();
    const id = newId();
    const createdAt = this.clock.now();
    await this.database.transaction(async (tx) => {
      await this.store.insert(tx, {
        id,
        institutionId,
        actor: principal.id,
        roles: principal.roles,
        network: networkOf(address),
        fileName: file.name,
        programme,
        on,
        wrappedKey: wrapped,
        fileSealed: this.sealing.seal(key, id, 'file', file.bytes),
        createdAt,
        destroyAt: new Date(createdAt.getTime() + KEPT_MS),
      });
      await this.tasks.add(tx, ANSWER, { batchId: id } satisfies AnswerTask);
    });
    return this.show(principal, id);
  }

  async show(principal: Principal, id: string): Promise<EquivalenceBatchDto> {
    return toBatchDto(await this.#find(principal, id), this.clock.now());
  }

  async list(
    principal: Principal,
    query: EquivalenceBatchesQuery,
  ): Promise<EquivalenceBatchPageDto> {
    const institutionId = officeOf(principal);
    const before = idCursor(query.after);
    const batches = await this.database.read((tx) =>
      this.store.list(tx, institutionId, { before, limit: query.limit + 1 }),
    );
    const page = toPage(batches, query.limit, (last) => encodeCursor(last.id));
    const now = this.clock.now();
    return { items: page.items.map((batch) => toBatchDto(batch, now)), next: page.next };
  }

  /** The answers as a workbook. Refuses while there are none, and when they are destroyed. */
  async result(principal: Principal, id: string): Promise<{ fileName: string; bytes: Buffer }> {
    const { state, fileName } = await this.#find(principal, id);
    if (state !== 'done') throw refusal('equivalence-result-not-there', { state });
    const kept = await this.database.read((tx) => this.store.findResult(tx, id));
    if (!kept) throw notFound();
    const key = this.sealing.unwrap(kept.wrappedKey);
    const bytes = this.sealing.open(key, id, 'result', kept.sealed);
    return { fileName: `${fileName.replace(/\.[a-z0-9]{1,6}$/i, '')}-answers.xlsx`, bytes };
  }

  /** The answers so far, row by row. Refuses while there are none, and when they are destroyed. */
  async rows(principal: Principal, id: string, query: BatchRowsQuery): Promise<BatchRowPageDto> {
    const { state } = await this.#find(principal, id);
    const [after = '-1'] =
      query.after === undefined ? [] : decodeCursor(query.after, 1, isPosition);
    const { status = null, limit } = query;
    return this.database.read(async (tx) => {
      const wrapped = await this.store.findKey(tx, id);
      if (!wrapped) throw refusal('equivalence-result-not-there', { state });
      const key = this.sealing.unwrap(wrapped);
      const wanted = { status, after: Number(after), limit: limit + 1 };
      const rows = await this.store.listAnswered(tx, id, wanted);
      const page = toPage(rows, limit, ({ position }) => encodeCursor(String(position)));
      const items: BatchRowDto[] = [];
      for (const row of page.items) {
        const asked = this.sealing.openAsked(key, id, row.position, row.askedSealed);
        const answer = this.sealing.openAnswer(key, id, row.position, row.answerSealed);
        const isShown = answer !== null && (await this.#admit(tx, principal, id, row));
        items.push(toRowDto({ ...asked, answer: isShown ? answer : null }));
      }
      return { items, next: page.next };
    });
  }

  /** Looking at an answer once more is a look; false once the person has asked for erasure. */
  async #admit(
    tx: EntityManager,
    principal: Principal,
    batchId: string,
    { learnerId }: AnsweredStoredRow,
  ): Promise<boolean> {
    if (learnerId === null) return false;
    const right = { ground: 'file', reference: batchId } as const;
    const reading = { ...READING, right };
    return (await this.learners.admitBy(tx, principal, learnerId, reading)) !== null;
  }

  async #find(principal: Principal, id: string): Promise<Batch> {
    const institutionId = officeOf(principal);
    const batch = isUuid(id)
      ? await this.database.read((tx) => this.store.find(tx, id))
      : undefined;
    if (!batch || batch.institutionId !== institutionId) throw notFound();
    return batch;
  }
}

/** A row of a list by its place, counted from 0. */
function isPosition(part: string): boolean {
  return /^\d{1,6}$/.test(part);
}

async function wholeOf(file: UploadedFile): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of file.stream) {
    length += piece.length;
    if (length > MOST_BYTES) throw tooLarge();
    pieces.push(piece);
  }
  if (!file.isWhole()) throw tooLarge();
  return Buffer.concat(pieces);
}

function tooLarge(): Refusal {
  return refusal('payload-too-large', { limit: `${MOST_BYTES / MIB} MiB` });
}

function checked(
  fields: ReadonlyMap<string, string>,
  today: string,
): { programme: string | null; on: string } {
  const programme = (fields.get('programme') ?? '').trim();
  const on = (fields.get('on') ?? '').trim() || today;
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(on) && parsePartialDate(on) !== undefined;
  const at = (pointer: string) => ({ pointer, code: 'value-malformed' as const });
  const faults = [
    ...(isPlainText(programme) && programme.length <= 100 ? [] : [at('/programme')]),
    ...(isDay ? [] : [at('/on')]),
  ];
  if (faults.length > 0) throw new Refusal({ code: 'invalid-fields', faults });
  return { programme: programme === '' ? null : programme, on };
}
