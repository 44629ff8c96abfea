import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Catalogue } from '../catalogue/index.js';
import { Institutions } from '../institutions/index.js';
import { type OutcomeScope, OutcomeRevocations } from '../outcomes/index.js';
import type { Principal } from '../platform/auth/index.js';
import { Database } from '../platform/database/index.js';
import { Refusal, notFound, refusal } from '../platform/http/index.js';
import { hashId, isUuid, newId } from '../platform/ids/index.js';
import { Tasks } from '../platform/queue/index.js';
import { NOTHING, type RevocationBatch, addTallies, tallyOf } from './batch.js';
import { BatchesStore, END } from './batches.store.js';
import { REVOKE, type RevokeTask } from './batches.worker.js';
import type {
  NewRevocationBatchDto,
  RevocationBatchDto,
  RevocationPreviewDto,
} from './revocations.dto.js';
import { toBatchDto, toCountsDto } from './revocations.views.js';

/** More learners than one request can wait for are counted, not looked at. */
const MOST_SURVEYED = 1_000;
const STEP = 64;
const PROBLEMS_SHOWN = 100;

/** Provider-wide revocations, for example when an institution loses its accreditation. */
@Injectable()
export class Revocations {
  constructor(
    private readonly database: Database,
    private readonly store: BatchesStore,
    private readonly revocations: OutcomeRevocations,
    private readonly institutions: Institutions,
    private readonly catalogue: Catalogue,
    private readonly tasks: Tasks,
  ) {}

  /** What an order would reach. Changes nothing. */
  preview(wanted: NewRevocationBatchDto): Promise<RevocationPreviewDto> {
    return this.database.read(async (tx) => {
      const scope = await this.#scopeOf(tx, wanted);
      const { learners, items, undecided } = await this.revocations.countInScope(tx, scope);
      const { surveyed, tally } = await this.#survey(tx, scope);
      const counts = toCountsDto(tally, learners);
      return { ...counts, items, preview: true, undecided, learnersSurveyed: surveyed };
    });
  }

  /** Accepts an order; the queue carries it out. The same key gives the first order again. */
  async order(
    principal: Principal,
    wanted: NewRevocationBatchDto,
    key: string | null,
  ): Promise<{ batch: RevocationBatchDto; isReplay: boolean }> {
    const id = key === null ? newId() : hashId('revocation-batch', principal.id, key);
    return this.database.transaction(async (tx) => {
      const order = {
        ...(await this.#scopeOf(tx, wanted)),
        id,
        reason: wanted.reason,
        orderedBy: principal.institutionId,
        actor: principal.id,
      };
      const isNew = await this.store.insert(tx, order);
      if (isNew) await this.tasks.add(tx, REVOKE, { batchId: id } satisfies RevokeTask);
      const stored = await this.#find(tx, id);
      if (!isSame(stored, order)) throw refusal('idempotency-conflict');
      return { batch: await this.#view(tx, stored), isReplay: !isNew };
    });
  }

  show(id: string): Promise<RevocationBatchDto> {
    return this.database.read(async (tx) => this.#view(tx, await this.#find(tx, id)));
  }

  /** Only an order that nobody has begun to carry out can be cancelled. */
  cancel(id: string): Promise<RevocationBatchDto> {
    return this.database.transaction(async (tx) => {
      const { state } = await this.#find(tx, id);
      if (!(await this.store.cancel(tx, id)) && state !== 'cancelled') {
        throw refusal('revocation-started', { state: (await this.#find(tx, id)).state });
      }
      return this.#view(tx, await this.#find(tx, id));
    });
  }

  async #survey(
    tx: EntityManager,
    scope: OutcomeScope,
  ): Promise<{ surveyed: number; tally: typeof NOTHING }> {
    let [surveyed, tally] = [0, NOTHING];
    for (let from = 0; from < END; from += STEP) {
      const range = { fromBucket: from, toBucket: from + STEP - 1, batchId: null };
      for (const { learnerId, lotIds } of await this.revocations.listInScope(tx, scope, range)) {
        if (surveyed === MOST_SURVEYED) return { surveyed, tally };
        const effects = await this.revocations.survey(tx, learnerId, lotIds);
        tally = addTallies(tally, tallyOf(effects));
        surveyed += 1;
      }
    }
    return { surveyed, tally };
  }

  async #scopeOf(tx: EntityManager, wanted: NewRevocationBatchDto): Promise<OutcomeScope> {
    const { institution: code, from = null, to = null, outcome } = wanted;
    if (from !== null && to !== null && to < from) throw refusal('period-reversed', { from, to });
    const institution = (await this.institutions.list(tx)).find((one) => one.code === code);
    if (!institution) throw refusal('unknown-institution', { code });
    return {
      institutionId: institution.id,
      completedFrom: from,
      completedTo: to,
      definitionId: outcome === undefined ? null : await this.#definitionId(tx, outcome),
    };
  }

  async #definitionId(tx: EntityManager, code: string): Promise<string> {
    const match = (await this.catalogue.matcher(tx)).byCode(code);
    if (!match.ok) throw new Refusal(match.problem);
    return match.definition.id;
  }

  async #find(tx: EntityManager, id: string): Promise<RevocationBatch> {
    const batch = isUuid(id) ? await this.store.find(tx, id) : undefined;
    if (!batch) throw notFound();
    return batch;
  }

  async #view(tx: EntityManager, batch: RevocationBatch): Promise<RevocationBatchDto> {
    const { definitionId, institutionId } = batch;
    const matcher = await this.catalogue.matcher(tx);
    return toBatchDto(batch, {
      institution: (await this.institutions.getById(tx, institutionId)).code,
      outcome: definitionId === null ? null : (matcher.byId(definitionId)?.code ?? null),
      problems: await this.store.listProblems(tx, batch.id, PROBLEMS_SHOWN),
    });
  }
}

type Order = OutcomeScope & Pick<RevocationBatch, 'reason'>;

function isSame(a: Order, b: Order): boolean {
  return (
    a.institutionId === b.institutionId &&
    a.completedFrom === b.completedFrom &&
    a.completedTo === b.completedTo &&
    a.definitionId === b.definitionId &&
    a.reason === b.reason
  );
}
