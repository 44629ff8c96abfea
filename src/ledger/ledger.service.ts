import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { addMonths, formatCredits } from '#libs/credit';
import { Catalogue, type Category } from '../catalogue/index.js';
import { Learners } from '../learners/index.js';
import type { Principal } from '../platform/auth/index.js';
import { Clock, startOfDay } from '../platform/clock/index.js';
import { Database } from '../platform/database/index.js';
import { decodeCursor, encodeCursor, isMoment, notFound, toPage } from '../platform/http/index.js';
import { isUuid } from '../platform/ids/index.js';
import type { BalanceDto, EntryDto, StatementDto, StatementQuery } from './ledger.dto.js';
import { Ledger } from './ledger.js';
import { LedgerStore } from './ledger.store.js';
import type { EntryRecord, LotView } from './ledger.types.js';
import { balancesOfSums, sumBalances, toBalancesDto, toEntryDto } from './ledger.views.js';

const SOON_MONTHS = 12;
const DAY_MS = 24 * 60 * 60 * 1000;

/** What the books say to the people who may read them. */
@Injectable()
export class LedgerReads {
  constructor(
    private readonly database: Database,
    private readonly store: LedgerStore,
    private readonly ledger: Ledger,
    private readonly catalogue: Catalogue,
    private readonly learners: Learners,
    private readonly clock: Clock,
  ) {}

  /** A learner's balance for somebody; `me` is the signed-in learner. */
  balance(principal: Principal, idOrMe: string): Promise<BalanceDto> {
    return this.database.read(async (tx) =>
      this.balanceOf(tx, await this.learners.requireReadable(tx, principal, idOrMe)),
    );
  }

  /** A learner's balance inside a transaction whose caller has checked access. */
  async balanceOf(tx: EntityManager, learnerId: string): Promise<BalanceDto> {
    const today = this.clock.today();
    const lots = await this.ledger.lots(tx, learnerId, today);
    const categories = await this.catalogue.categories(tx);
    return {
      learnerId,
      asOf: today,
      total: toBalancesDto(sumBalances(lots)),
      categories: categories.flatMap((category) => categoryBalance(category, lots)),
      expiringSoon: expiringSoon(lots, addMonths(today, SOON_MONTHS)),
    };
  }

  /** Entries newest first between the balance before and the balance after the period. */
  statement(principal: Principal, idOrMe: string, query: StatementQuery): Promise<StatementDto> {
    return this.database.read(async (tx) => {
      const learnerId = await this.learners.requireReadable(tx, principal, idOrMe);
      const from = query.from ? startOfDay(query.from) : null;
      const to = query.to ? new Date(startOfDay(query.to).getTime() + DAY_MS) : null;
      const rows = await this.store.listStatement(tx, learnerId, {
        from,
        to,
        after: query.after
          ? (decodeCursor(query.after, 3, isCursorPart) as [string, string, string])
          : null,
        limit: query.limit + 1,
      });
      const page = toPage(rows, query.limit, cursorOf);
      const opening = from ? await this.store.sumsBefore(tx, learnerId, from) : [];
      const closing = await this.store.sumsBefore(tx, learnerId, to);
      return {
        learnerId,
        opening: toBalancesDto(balancesOfSums(opening)),
        closing: toBalancesDto(balancesOfSums(closing)),
        items: await this.toDtos(tx, page.items),
        next: page.next,
      };
    });
  }

  /** One line of the ledger; another's line answers like one that does not exist. */
  entry(principal: Principal, id: string): Promise<EntryDto> {
    return this.database.read(async (tx) => {
      const [lotId, seq] = id.split('.') as [string, string | undefined];
      if (!isUuid(lotId) || !seq || !/^\d{1,9}$/.test(seq)) throw notFound();
      const learnerId = (await this.store.ownersOf(tx, [lotId])).get(lotId);
      if (!learnerId) throw notFound();
      await this.learners.requireReadable(tx, principal, learnerId);
      const entry = await this.store.findEntry(tx, learnerId, lotId, Number(seq));
      if (!entry) throw notFound();
      return this.toDto(tx, entry);
    });
  }

  /** One entry as the API shows it, for a caller that has checked access. */
  async toDto(tx: EntityManager, entry: EntryRecord): Promise<EntryDto> {
    return (await this.toDtos(tx, [entry]))[0] as EntryDto;
  }

  /** {@link toDto} for many, with one look at the categories. */
  async toDtos(tx: EntityManager, entries: readonly EntryRecord[]): Promise<EntryDto[]> {
    const categories = await this.catalogue.categories(tx);
    const codeOf = new Map(categories.map((category) => [category.id, category.code]));
    return entries.map((entry) => toEntryDto(entry, codeOf.get(entry.categoryId) ?? 'unknown'));
  }
}

/** Moment, lot and number of the last entry of a page. */
function isCursorPart(part: string, place: number): boolean {
  if (place === 0) return isMoment(part);
  return place === 1 ? isUuid(part) : /^\d{1,9}$/.test(part);
}

function cursorOf(entry: EntryRecord): string {
  return encodeCursor(entry.recordedAt.toISOString(), entry.lotId, String(entry.lotSeq));
}

function categoryBalance(category: Category, lots: readonly LotView[]): BalanceDto['categories'] {
  const own = lots.filter((lot) => lot.categoryId === category.id);
  if (own.length === 0) return [];
  return [{ code: category.code, title: category.title, ...toBalancesDto(sumBalances(own)) }];
}

function expiringSoon(lots: readonly LotView[], until: string): BalanceDto['expiringSoon'] {
  return lots
    .flatMap((lot) =>
      lot.expiresOn !== null && lot.available > 0n && lot.expiresOn <= until
        ? [
            {
              outcomeId: lot.lotId,
              amount: formatCredits(lot.available),
              expiresOn: lot.expiresOn,
            },
          ]
        : [],
    )
    .sort((a, b) => (a.expiresOn < b.expiresOn ? -1 : 1));
}
