import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { formatCredits, formatHours } from '#libs/credit';
import { Learners } from '../learners/index.js';
import { type EntryRecord, Ledger, LedgerReads, entryId } from '../ledger/index.js';
import type { Principal } from '../platform/auth/index.js';
import { Clock } from '../platform/clock/index.js';
import { Database } from '../platform/database/index.js';
import {
  type PageQuery,
  Refusal,
  decodeCursor,
  encodeCursor,
  isMoment,
  notFound,
  orThrow,
  refusal,
  toPage,
} from '../platform/http/index.js';
import { isUuid } from '../platform/ids/index.js';
import { Completions } from './completions.js';
import { draftOf } from './completion.draft.js';
import type {
  CompletionDto,
  OutcomeDto,
  OutcomePageDto,
  PostedCompletionDto,
  ReceiptDto,
  RevokedOutcomeDto,
} from './outcomes.dto.js';
import { type HeldOutcome, Outcomes } from './outcomes.js';
import { OutcomesStore } from './outcomes.store.js';

/** Use cases of learning outcomes: post one, list a learner's, take one back. */
@Injectable()
export class OutcomesService {
  constructor(
    private readonly database: Database,
    private readonly store: OutcomesStore,
    private readonly outcomes: Outcomes,
    private readonly completions: Completions,
    private readonly learners: Learners,
    private readonly ledger: Ledger,
    private readonly reads: LedgerReads,
    private readonly clock: Clock,
  ) {}

  /** Books one completion and answers with entry, balance and receipt. */
  async post(principal: Principal, dto: CompletionDto): Promise<PostedCompletionDto> {
    const { institutionId } = principal;
    if (!institutionId) throw refusal('no-institution');
    const draft = orThrow(draftOf(dto));
    return this.database.transaction(async (tx) => {
      const [result] = await this.completions.postWithin(tx, {
        institutionId,
        importId: null,
        actor: principal.id,
        drafts: [draft],
      });
      if (!result || 'problem' in result) {
        throw new Refusal(result?.problem ?? { code: 'internal-error' });
      }
      const held = await this.outcomes.find(tx, result.learnerId, result.outcomeId);
      if (!held) throw new Error(`outcome ${result.outcomeId} is not there after posting`);
      const entry = await this.ledger.findDeposit(tx, result.learnerId, result.outcomeId);
      return {
        status: result.status,
        outcome: toOutcomeDto(held),
        entry: entry ? await this.reads.toDto(tx, entry) : null,
        balance: await this.reads.balanceOf(tx, result.learnerId),
        receipt: entry ? toReceipt(entry) : null,
      };
    });
  }

  /** What a learner has learned, newest record first. */
  list(principal: Principal, idOrMe: string, query: PageQuery): Promise<OutcomePageDto> {
    return this.database.read(async (tx) => {
      const learnerId = await this.learners.requireReadable(tx, principal, idOrMe);
      const after = query.after
        ? (decodeCursor(query.after, 2, isCursorPart) as [string, string])
        : null;
      const rows = await this.store.listOf(tx, learnerId, { after, limit: query.limit + 1 });
      const page = toPage(rows, query.limit, (last) =>
        encodeCursor(last.recordedAt.toISOString(), last.lotId),
      );
      const held = await this.outcomes.withLots(tx, learnerId, page.items);
      return { items: held.map(toOutcomeDto), next: page.next };
    });
  }

  /**
   * Takes an outcome back. Only the institution that posted it may; credit that is held or used
   * stops it, because what rests on it would have to be reversed with it.
   */
  revoke(principal: Principal, outcomeId: string, reason: string): Promise<RevokedOutcomeDto> {
    return this.database.transaction(async (tx) => {
      const held = await this.#requireOwn(tx, principal, outcomeId);
      const { learnerId } = held.outcome;
      if (held.lot && (held.lot.held > 0n || held.lot.used > 0n)) {
        const { held: onHold, used } = held.lot;
        throw refusal('outcome-in-use', { held: formatCredits(onHold), used: formatCredits(used) });
      }
      const head = { actor: principal.id, institutionId: principal.institutionId, reason };
      const moved = await this.ledger.move(tx, head, {
        learnerId,
        today: this.clock.today(),
        commands: [{ kind: 'revoke', lotId: outcomeId }],
      });
      const entries = orThrow(moved).entries;
      const after = await this.outcomes.find(tx, learnerId, outcomeId);
      return {
        outcome: toOutcomeDto(after as HeldOutcome),
        entries: await this.reads.toDtos(tx, entries),
      };
    });
  }

  async #requireOwn(
    tx: EntityManager,
    principal: Principal,
    outcomeId: string,
  ): Promise<HeldOutcome> {
    if (!isUuid(outcomeId)) throw notFound();
    const learnerId = (await this.ledger.ownersOf(tx, [outcomeId])).get(outcomeId);
    const held = learnerId ? await this.outcomes.find(tx, learnerId, outcomeId) : undefined;
    if (!held || held.outcome.institutionId !== principal.institutionId) throw notFound();
    if (!held.lot) throw refusal('already-revoked');
    return held;
  }
}

/** Moment and id of the last outcome of a page. */
function isCursorPart(part: string, place: number): boolean {
  return place === 0 ? isMoment(part) : isUuid(part);
}

/** An outcome as the API shows it. */
export function toOutcomeDto({ outcome, definition, lot, state }: HeldOutcome): OutcomeDto {
  return {
    id: outcome.lotId,
    learnerId: outcome.learnerId,
    code: definition.code,
    title: definition.title,
    kind: definition.kind,
    category: definition.category.code,
    institutionId: outcome.institutionId,
    institution: definition.institution,
    externalId: outcome.externalId,
    startedOn: outcome.startedOn,
    completedOn: outcome.completedOn,
    grade: outcome.grade,
    level: outcome.level,
    hours: outcome.minutes === null ? null : formatHours(outcome.minutes),
    attendancePercent: outcome.attendancePercent,
    credits: lot ? formatCredits(lot.deposited) : null,
    available: formatCredits(lot?.available ?? 0n),
    held: formatCredits(lot?.held ?? 0n),
    used: formatCredits(lot?.used ?? 0n),
    noCreditReason: outcome.noCreditReason,
    state,
    expiresOn: lot?.expiresOn ?? null,
    recordedAt: outcome.recordedAt.toISOString(),
  };
}

function toReceipt(entry: EntryRecord): ReceiptDto {
  return {
    postingId: entry.postingId,
    entryId: entryId(entry),
    commitment: entry.commitment.toString('hex'),
    recordedAt: entry.recordedAt.toISOString(),
  };
}
