import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Catalogue } from '../catalogue/index.js';
import { History } from '../history/index.js';
import { Institutions } from '../institutions/index.js';
import type { OutcomeScope } from '../outcomes/index.js';
import type { Principal } from '../platform/auth/index.js';
import { Database } from '../platform/database/index.js';
import {
  type PageQuery,
  Refusal,
  encodeCursor,
  idCursor,
  notFound,
  refusal,
  toPage,
} from '../platform/http/index.js';
import { hashId, isUuid, newId } from '../platform/ids/index.js';
import { Tasks } from '../platform/queue/index.js';
import {
  type Confirmed,
  Proposables,
  type ProposalDto,
  Proposals,
  secondPersonNeeded,
} from '../proposals/index.js';
import type { RevocationBatch } from './batch.js';
import { BatchesStore } from './batches.store.js';
import { REVOKE, type RevokeTask } from './batches.worker.js';
import type {
  NewRevocationBatchDto,
  RevocationBatchDto,
  RevocationBatchPageDto,
  RevocationPreviewDto,
} from './revocations.dto.js';
import { RevocationSurveys } from './surveys.js';
import { toBatchDto, toCountsDto } from './revocations.views.js';

const PROBLEMS_SHOWN = 100;
const PROPOSAL = 'revocation-order';

/** An order that the queue carries out; a replay is the answer to a key that came before. */
export interface OrderAnswer {
  readonly batch: RevocationBatchDto;
  readonly isReplay: boolean;
}

/** Provider-wide revocations, for example when an institution loses its accreditation. */
@Injectable()
export class Revocations implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly store: BatchesStore,
    private readonly surveys: RevocationSurveys,
    private readonly institutions: Institutions,
    private readonly catalogue: Catalogue,
    private readonly tasks: Tasks,
    private readonly history: History,
    private readonly proposals: Proposals,
    private readonly proposables: Proposables,
  ) {}

  onModuleInit(): void {
    this.proposables.register<NewRevocationBatchDto>({
      kind: PROPOSAL,
      roles: ['authority'],
      carryOut: (tx, confirmed) => this.#carryOut(tx, confirmed),
    });
  }

  /** What an order would reach. Changes nothing. */
  preview(wanted: NewRevocationBatchDto): Promise<RevocationPreviewDto> {
    return this.database.read(async (tx) => {
      const survey = await this.surveys.take(tx, await this.#scopeOf(tx, wanted));
      return {
        ...toCountsDto(survey.tally, survey.learners),
        items: survey.items,
        preview: true,
        undecided: survey.undecided,
        learnersSurveyed: survey.surveyed,
        digest: survey.digest.toString('hex'),
        needsSecondPerson: survey.why,
      };
    });
  }

  /**
   * Accepts an order; the queue carries it out. The same key gives the first order again. What takes
   * two people is proposed when the digest of its preview is sent along, and otherwise refused.
   */
  async order(
    principal: Principal,
    wanted: NewRevocationBatchDto,
    key: string | null,
  ): Promise<OrderAnswer | ProposalDto> {
    const id = key === null ? newId() : hashId('revocation-batch', principal.id, key);
    return this.database.transaction(async (tx) => {
      const scope = await this.#scopeOf(tx, wanted);
      const isReplay = (await this.store.find(tx, id)) !== undefined;
      const proposed = isReplay ? null : await this.#propose(tx, principal, { wanted, scope });
      if (proposed) return proposed;
      return this.#accept(tx, principal, { id, scope, reason: wanted.reason });
    });
  }

  /** Null when one person is enough. */
  async #propose(
    tx: EntityManager,
    principal: Principal,
    { wanted, scope }: { wanted: NewRevocationBatchDto; scope: OutcomeScope },
  ): Promise<ProposalDto | null> {
    const { digest: seen, ...content } = wanted;
    const survey = await this.surveys.take(tx, scope);
    const { why, digest, tally, learners, items, undecided } = survey;
    if (seen !== undefined && seen !== digest.toString('hex')) throw refusal('preview-differs');
    if (why.length === 0) return null;
    if (seen === undefined) throw new Refusal(secondPersonNeeded(why));
    return this.proposals.propose(tx, principal, {
      institutionId: principal.institutionId,
      kind: PROPOSAL,
      subjectId: scope.institutionId,
      content: { ...content },
      summary: { ...toCountsDto(tally, learners), items, undecided },
      why,
      digest,
      reason: wanted.reason,
    });
  }

  /** Orders what a second person confirmed; what the institution posts meanwhile is taken as well. */
  async #carryOut(
    tx: EntityManager,
    { content, digest, principal }: Confirmed<NewRevocationBatchDto>,
  ): Promise<string> {
    const scope = await this.#scopeOf(tx, content);
    if (!(await this.surveys.take(tx, scope)).digest.equals(digest)) {
      throw refusal('proposal-differs');
    }
    const id = newId();
    await this.#accept(tx, principal, { id, scope, reason: content.reason });
    return id;
  }

  async #accept(
    tx: EntityManager,
    principal: Principal,
    { id, scope, reason }: { id: string; scope: OutcomeScope; reason: string },
  ): Promise<OrderAnswer> {
    const { institutionId: orderedBy, id: actor } = principal;
    const order = { ...scope, id, reason, orderedBy, actor };
    const isNew = await this.store.insert(tx, order);
    if (isNew) {
      await this.tasks.add(tx, REVOKE, { batchId: id } satisfies RevokeTask);
      await this.#note(tx, principal, order, { action: 'ordered', after: { state: 'queued' } });
    }
    const stored = await this.#find(tx, id);
    if (!isSame(stored, order)) throw refusal('idempotency-conflict');
    return { batch: await this.#view(tx, stored), isReplay: !isNew };
  }

  /** Every order, the newest first. */
  list({ after, limit }: PageQuery): Promise<RevocationBatchPageDto> {
    const before = idCursor(after);
    return this.database.read(async (tx) => {
      const batches = await this.store.list(tx, { before, limit: limit + 1 });
      const views: RevocationBatchDto[] = [];
      for (const batch of batches) views.push(await this.#view(tx, batch));
      return toPage(views, limit, (last) => encodeCursor(last.id));
    });
  }

  show(id: string): Promise<RevocationBatchDto> {
    return this.database.read(async (tx) => this.#view(tx, await this.#find(tx, id)));
  }

  /** Only an order that nobody has begun to carry out can be cancelled. */
  cancel(principal: Principal, id: string): Promise<RevocationBatchDto> {
    return this.database.transaction(async (tx) => {
      const batch = await this.#find(tx, id);
      if (await this.store.cancel(tx, id)) {
        const [before, after] = [{ state: 'queued' }, { state: 'cancelled' }];
        await this.#note(tx, principal, batch, { action: 'cancelled', before, after });
      } else if (batch.state !== 'cancelled') {
        throw refusal('revocation-started', { state: (await this.#find(tx, id)).state });
      }
      return this.#view(tx, await this.#find(tx, id));
    });
  }

  #note(
    tx: EntityManager,
    principal: Principal,
    { id, institutionId, completedFrom, completedTo, definitionId }: OutcomeScope & { id: string },
    { action, before, after }: { action: string; before?: object; after: object },
  ): Promise<void> {
    const scope = { institutionId, completedFrom, completedTo, definitionId };
    return this.history.record(tx, principal, {
      institutionId: principal.institutionId,
      subject: { kind: 'revocation-order', id },
      action,
      ...(before && { before: { ...before, ...scope } }),
      after: { ...after, ...scope },
    });
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
