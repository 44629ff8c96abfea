import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { lastDay } from '#libs/credit';
import type { CompletionDraft } from '#libs/exchange';
import { Learners } from '../learners/index.js';
import { type EntryRecord, Ledger, LedgerReads, PostingsStore, entryId } from '../ledger/index.js';
import { type Principal, isSelf } from '../platform/auth/index.js';
import { Database } from '../platform/database/index.js';
import { DomainEvents } from '../platform/events/index.js';
import {
  type PageQuery,
  Refusal,
  decodeCursor,
  encodeCursor,
  isMoment,
  orThrow,
  refusal,
  toPage,
} from '../platform/http/index.js';
import { isUuid } from '../platform/ids/index.js';
import { TwoPeople } from '../proposals/index.js';
import { Completions } from './completions.js';
import { draftOf } from './completion.draft.js';
import type {
  CompletionDto,
  OutcomePageDto,
  PostedCompletionDto,
  ReceiptDto,
} from './outcomes.dto.js';
import { toOutcomeDto, toOutcomeDtoFor } from './outcome.view.js';
import { Outcomes, newestFirst } from './outcomes.js';
import { OutcomesStore, type StoredOutcome } from './outcomes.store.js';

/** Use cases of learning outcomes: post one, list a learner's. */
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
    private readonly postings: PostingsStore,
    private readonly events: DomainEvents,
    private readonly twoPeople: TwoPeople,
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
      if (result.status === 'created') {
        this.#assertRecent(draft);
        const data = { outcome: result.outcomeId, definition: held.definition.code };
        await this.events.announce(tx, { type: 'outcome.posted', institutionId, data });
      }
      // The answer tells more than the caller sent: how much the learner has in all.
      await this.learners.admitBy(tx, principal, result.learnerId, {
        purpose: 'completion',
        fields: ['balance'],
        right: { ground: 'roster', reference: null },
      });
      const entry = await this.ledger.findDeposit(tx, result.learnerId, result.outcomeId);
      return {
        status: result.status,
        outcome: toOutcomeDto(held),
        entry: entry ? await this.reads.toDto(tx, entry) : null,
        balance: await this.reads.balanceOf(tx, result.learnerId),
        receipt: entry ? await this.#receipt(tx, entry) : null,
      };
    });
  }

  /** What a learner has learned, newest record first. */
  list(principal: Principal, idOrMe: string, query: PageQuery): Promise<OutcomePageDto> {
    return this.database.read(async (tx) => {
      const learnerId = await this.learners.requireReadable(tx, principal, idOrMe, {
        purpose: 'outcomes',
        fields: ['outcomes'],
      });
      const after = query.after
        ? (decodeCursor(query.after, 2, isCursorPart) as [string, string])
        : null;
      const selves = await this.learners.selvesOf(tx, learnerId);
      const rows: StoredOutcome[] = [];
      for (const id of selves) {
        rows.push(...(await this.store.listOf(tx, id, { after, limit: query.limit + 1 })));
      }
      if (selves.length > 1) rows.sort(newestFirst);
      const page = toPage(rows.slice(0, query.limit + 1), query.limit, (last) =>
        encodeCursor(last.recordedAt.toISOString(), last.lotId),
      );
      const all = await this.outcomes.withLots(tx, selves, page.items);
      const held = isSelf(principal, learnerId) ? all : await this.outcomes.shown(tx, all);
      return { items: held.map((one) => toOutcomeDtoFor(principal, one)), next: page.next };
    });
  }

  /** What was posted before is answered as it was, however old; here somebody posts it alone. */
  #assertRecent({ completedOn }: CompletionDraft): void {
    const day = this.twoPeople.oldToPostBefore;
    if (lastDay(completedOn) < day) throw refusal('old-posting', { day });
  }

  /** The leaf was booked with the entry, so a receipt asked for again is the same. */
  async #receipt(tx: EntityManager, entry: EntryRecord): Promise<ReceiptDto> {
    const leaf = await this.postings.findLeaf(tx, entry);
    const id = entryId(entry);
    return {
      postingId: entry.postingId,
      entryId: id,
      commitment: entry.commitment.toString('hex'),
      leaf: leaf?.toString('hex') ?? '',
      proof: `/v1/entries/${id}/proof`,
      file: `/v1/entries/${id}/receipt`,
      recordedAt: entry.recordedAt.toISOString(),
    };
  }
}

/** Moment and id of the last outcome of a page. */
function isCursorPart(part: string, place: number): boolean {
  return place === 0 ? isMoment(part) : isUuid(part);
}
