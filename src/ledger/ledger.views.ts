import { type Millicredits, ZERO_CREDITS, formatCredits } from '#libs/credit';
import type { Category } from '../catalogue/index.js';
import { lotsOf } from './as-of.js';
import type {
  BalancesDto,
  CategoryBalanceDto,
  CategoryStatementDto,
  CountedDto,
  EntryDto,
  ExpiringDto,
} from './ledger.dto.js';
import {
  type Balances,
  type EntryRecord,
  type LotView,
  type ProgrammeCount,
  entryId,
} from './ledger.types.js';

/** Before anything expired. */
const FIRST_DAY = '0000-01-01';

const NOTHING: Balances = {
  available: ZERO_CREDITS,
  held: ZERO_CREDITS,
  used: ZERO_CREDITS,
  expired: ZERO_CREDITS,
  revoked: ZERO_CREDITS,
  pledged: ZERO_CREDITS,
  counted: ZERO_CREDITS,
};

/** Adds up the balances of lots. */
export function sumBalances(lots: readonly Balances[]): Balances {
  return lots.reduce(
    (sum, lot) => ({
      available: (sum.available + lot.available) as Millicredits,
      held: (sum.held + lot.held) as Millicredits,
      used: (sum.used + lot.used) as Millicredits,
      expired: (sum.expired + lot.expired) as Millicredits,
      revoked: (sum.revoked + lot.revoked) as Millicredits,
      pledged: (sum.pledged + lot.pledged) as Millicredits,
      counted: (sum.counted + lot.counted) as Millicredits,
    }),
    NOTHING,
  );
}

/** Where credit stands by some entries alone: what nobody booked has not happened. */
export function balancesOf(entries: readonly EntryRecord[]): Balances {
  return sumBalances(lotsOf(entries, FIRST_DAY));
}

/** Each category that a learner has credit in. */
export function categoryBalances(
  categories: readonly Category[],
  lots: readonly LotView[],
): CategoryBalanceDto[] {
  return categories.flatMap(({ id, code, title }) => {
    const own = lots.filter((lot) => lot.categoryId === id);
    return own.length === 0 ? [] : [{ code, title, ...toBalancesDto(sumBalances(own)) }];
  });
}

/** Each category that moved before the end of a period, with its balances around the period. */
export function categoryStatements(
  categories: readonly Category[],
  opening: readonly EntryRecord[],
  closing: readonly EntryRecord[],
): CategoryStatementDto[] {
  return categories.flatMap(({ id, code, title }) => {
    const isOwn = (entry: EntryRecord): boolean => entry.categoryId === id;
    const own = closing.filter(isOwn);
    if (own.length === 0) return [];
    return [
      {
        code,
        title,
        opening: toBalancesDto(balancesOf(opening.filter(isOwn))),
        closing: toBalancesDto(balancesOf(own)),
      },
    ];
  });
}

/** What each programme counts, by category; what was given back again is not told. */
export function toCountedDto(
  categories: readonly Category[],
  counts: readonly ProgrammeCount[],
): CountedDto[] {
  const programmes = [...new Set(counts.map(({ programme }) => programme))];
  return programmes.flatMap((programme) =>
    categories.flatMap(({ id, code }) => {
      const own = counts.filter((one) => one.programme === programme && one.categoryId === id);
      const pledged = own.reduce((sum, one) => sum + one.pledged, 0n);
      const counted = own.reduce((sum, one) => sum + one.counted, 0n);
      if (pledged + counted === 0n) return [];
      const amounts = { pledged: formatCredits(pledged), counted: formatCredits(counted) };
      return [{ programme, category: code, ...amounts }];
    }),
  );
}

/** Available credit that expires by a day, soonest first. */
export function expiringSoon(lots: readonly LotView[], until: string): ExpiringDto[] {
  return lots
    .flatMap(({ lotId, available, expiresOn }) =>
      expiresOn !== null && available > 0n && expiresOn <= until
        ? [{ outcomeId: lotId, amount: formatCredits(available), expiresOn }]
        : [],
    )
    .sort((a, b) => (a.expiresOn < b.expiresOn ? -1 : 1));
}

export function toBalancesDto(balances: Balances): BalancesDto {
  return {
    available: formatCredits(balances.available),
    held: formatCredits(balances.held),
    used: formatCredits(balances.used),
    expired: formatCredits(balances.expired),
    revoked: formatCredits(balances.revoked),
  };
}

/** An entry as the API shows it. */
export function toEntryDto(entry: EntryRecord, categoryCode: string): EntryDto {
  return {
    id: entryId(entry),
    learnerId: entry.learnerId,
    outcomeId: entry.lotId,
    kind: entry.kind,
    from: entry.debit,
    to: entry.credit,
    amount: formatCredits(entry.amount),
    availableAfter: formatCredits(entry.availableAfter),
    category: categoryCode,
    institutionId: entry.issuerId,
    occurredOn: entry.occurredOn,
    recordedAt: entry.recordedAt.toISOString(),
    expiresOn: entry.expiresOn,
    reference: entry.reference,
    programme: entry.programme,
    settles:
      entry.settlesSeq === null ? null : entryId({ lotId: entry.lotId, lotSeq: entry.settlesSeq }),
    ruleHash: entry.ruleHash?.toString('hex') ?? null,
    postingId: entry.postingId,
    commitment: entry.commitment.toString('hex'),
    reason: entry.reason,
  };
}
