import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { addMonths } from '#libs/credit';
import { Catalogue } from '../catalogue/index.js';
import { Learners } from '../learners/index.js';
import type { Principal } from '../platform/auth/index.js';
import { Clock, dayOf, startOfDay } from '../platform/clock/index.js';
import { Database } from '../platform/database/index.js';
import {
  decodeCursor,
  encodeCursor,
  isMoment,
  notFound,
  parseMoment,
  refusal,
  toPage,
} from '../platform/http/index.js';
import { isUuid } from '../platform/ids/index.js';
import { type Reading, countsOf, entriesAt, lotsOf } from './as-of.js';
import type {
  BalanceDto,
  EntryDto,
  ReadingQuery,
  StatementDto,
  StatementQuery,
} from './ledger.dto.js';
import { Ledger } from './ledger.js';
import { LedgerStore } from './ledger.store.js';
import type { EntryRecord, LotView, ProgrammeCount } from './ledger.types.js';
import {
  balancesOf,
  categoryBalances,
  categoryStatements,
  expiringSoon,
  sumBalances,
  toBalancesDto,
  toCountedDto,
  toEntryDto,
} from './ledger.views.js';

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
  balance(principal: Principal, idOrMe: string, query: ReadingQuery): Promise<BalanceDto> {
    return this.database.read(async (tx) => {
      const learnerId = await this.learners.requireReadable(tx, principal, idOrMe, {
        purpose: 'balance',
        fields: ['balance'],
      });
      const isNow = query.asOf === undefined && query.knownAt === undefined;
      if (isNow) return this.balanceOf(tx, learnerId);
      const reading = this.#reading(query);
      const selves = await this.learners.selvesOf(tx, learnerId);
      const entries = entriesAt(await this.ledger.entriesOfAll(tx, selves), reading);
      const lots = lotsOf(entries, reading.asOf);
      return this.#toBalance(tx, learnerId, { reading, lots, counts: countsOf(entries) });
    });
  }

  /** A learner's balance now, inside a transaction whose caller has checked access. */
  async balanceOf(tx: EntityManager, learnerId: string): Promise<BalanceDto> {
    const reading = this.#reading({});
    const selves = await this.learners.selvesOf(tx, learnerId);
    const lots = await this.ledger.lots(tx, selves, reading.asOf);
    const isCounted = lots.some((lot) => lot.pledged + lot.counted > 0n);
    const counts = isCounted ? await this.ledger.counts(tx, selves) : [];
    return this.#toBalance(tx, selves[0], { reading, lots, counts });
  }

  /** Entries newest first between the balance before and the balance after the period. */
  statement(principal: Principal, idOrMe: string, query: StatementQuery): Promise<StatementDto> {
    return this.database.read(async (tx) => {
      const learnerId = await this.learners.requireReadable(tx, principal, idOrMe, {
        purpose: 'statement',
        fields: ['statement'],
      });
      const after = query.after === undefined ? null : toCursor(query.after);
      const reading = this.#reading(query, after?.knownAt);
      const { before, within } = periodOf(query);
      const selves = await this.learners.selvesOf(tx, learnerId);
      const entries = entriesAt(await this.ledger.entriesOfAll(tx, selves), reading);
      const opening = entries.filter((entry) => entry.recordedAt < before);
      const items = entries.filter((entry) => entry.recordedAt >= before && within(entry));
      const closing = [...opening, ...items];
      const rows = items.sort(newestFirst).filter((entry) => !after || isBehind(entry, after));
      const page = toPage(rows.slice(0, query.limit + 1), query.limit, (last) =>
        cursorOf(last, reading),
      );
      return {
        learnerId,
        asOf: reading.asOf,
        knownAt: reading.knownAt.toISOString(),
        opening: toBalancesDto(balancesOf(opening)),
        closing: toBalancesDto(balancesOf(closing)),
        categories: categoryStatements(await this.catalogue.categories(tx), opening, closing),
        items: await this.toDtos(tx, page.items),
        next: page.next,
      };
    });
  }

  /** One line of the ledger; another's line answers like one that does not exist. */
  entry(principal: Principal, id: string): Promise<EntryDto> {
    return this.database.read(async (tx) =>
      this.toDto(tx, await this.requireEntry(tx, principal, id, 'entry')),
    );
  }

  /** The entry of an id, for whoever may read it. */
  async requireEntry(
    tx: EntityManager,
    principal: Principal,
    id: string,
    purpose: 'entry' | 'entry-proof',
  ): Promise<EntryRecord> {
    const [lotId, seq] = id.split('.') as [string, string | undefined];
    if (!isUuid(lotId) || !seq || !/^\d{1,9}$/.test(seq)) throw notFound();
    const learnerId = (await this.store.ownersOf(tx, [lotId])).get(lotId);
    if (!learnerId) throw notFound();
    const reading = { purpose, fields: ['statement'] } as const;
    await this.learners.requireReadable(tx, principal, learnerId, reading);
    const entry = await this.store.findEntry(tx, learnerId, lotId, Number(seq));
    if (!entry) throw notFound();
    return entry;
  }

  /**
   * The posting of an entry by its public id, for whoever asks only whether the log holds it; undefined
   * when there is no such entry. Shows nothing of it.
   */
  async postingOf(tx: EntityManager, id: string): Promise<string | undefined> {
    const [lotId, seq] = id.split('.') as [string, string | undefined];
    if (!isUuid(lotId) || !seq || !/^\d{1,9}$/.test(seq)) return undefined;
    const learnerId = (await this.store.ownersOf(tx, [lotId])).get(lotId);
    const entry = learnerId && (await this.store.findEntry(tx, learnerId, lotId, Number(seq)));
    return entry ? entry.postingId : undefined;
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

  /**
   * Both times of a reading; neither may lie in the future.
   *
   * @param first the moment that the first page of a list read, when this is a later one
   */
  #reading(query: ReadingQuery, first?: Date): Reading {
    const now = this.clock.now();
    const asked = query.knownAt === undefined ? first : parseMoment(query.knownAt);
    const knownAt = asked ?? now;
    const asOf = query.asOf ?? dayOf(knownAt);
    const today = dayOf(now);
    if (knownAt > now || asOf > today) {
      throw refusal('as-of-in-future', { today, now: now.toISOString() });
    }
    return { asOf, knownAt };
  }

  async #toBalance(
    tx: EntityManager,
    learnerId: string,
    read: { reading: Reading; lots: readonly LotView[]; counts: readonly ProgrammeCount[] },
  ): Promise<BalanceDto> {
    const { reading, lots, counts } = read;
    const categories = await this.catalogue.categories(tx);
    return {
      learnerId,
      asOf: reading.asOf,
      knownAt: reading.knownAt.toISOString(),
      total: toBalancesDto(sumBalances(lots)),
      categories: categoryBalances(categories, lots),
      counted: toCountedDto(categories, counts),
      expiringSoon: expiringSoon(lots, addMonths(reading.asOf, SOON_MONTHS)),
    };
  }
}

/** Where a page of a statement ended, and the moment that its first page read. */
interface StatementCursor {
  readonly recordedAt: Date;
  readonly lotId: string;
  readonly lotSeq: number;
  readonly knownAt: Date;
}

function toCursor(text: string): StatementCursor {
  const [recordedAt, lotId, lotSeq, knownAt] = decodeCursor(text, 4, isCursorPart) as [
    string,
    string,
    string,
    string,
  ];
  return {
    recordedAt: new Date(recordedAt),
    lotId,
    lotSeq: Number(lotSeq),
    knownAt: new Date(knownAt),
  };
}

function isCursorPart(part: string, place: number): boolean {
  if (place === 0 || place === 3) return isMoment(part);
  return place === 1 ? isUuid(part) : /^\d{1,9}$/.test(part);
}

function cursorOf(entry: EntryRecord, { knownAt }: Reading): string {
  const { recordedAt, lotId, lotSeq } = entry;
  return encodeCursor(recordedAt.toISOString(), lotId, String(lotSeq), knownAt.toISOString());
}

type Place = Pick<EntryRecord, 'recordedAt' | 'lotId' | 'lotSeq'>;

function newestFirst(a: Place, b: Place): number {
  const byTime = b.recordedAt.getTime() - a.recordedAt.getTime();
  if (byTime !== 0) return byTime;
  return a.lotId === b.lotId ? b.lotSeq - a.lotSeq : a.lotId < b.lotId ? 1 : -1;
}

function isBehind(entry: EntryRecord, cursor: Place): boolean {
  return newestFirst(cursor, entry) < 0;
}

/** The days of a statement, by when things were recorded. */
function periodOf({ from, to }: StatementQuery): {
  before: Date;
  within: (entry: EntryRecord) => boolean;
} {
  if (from !== undefined && to !== undefined && to < from) {
    throw refusal('period-reversed', { from, to });
  }
  const end = to === undefined ? null : new Date(startOfDay(to).getTime() + DAY_MS);
  return {
    before: from === undefined ? new Date(0) : startOfDay(from),
    within: (entry) => end === null || entry.recordedAt < end,
  };
}
