import { type Millicredits, type PartialDate, ZERO_CREDITS, lastDay } from '#libs/credit';
import type { Account, LotAccount } from '#libs/double-entry';
import { dayOf } from '../platform/clock/index.js';
import type { EntryRecord, LotView, ProgrammeCount } from './ledger.types.js';

/** The two times of a reading: what had happened by a day, as far as the ledger knew at a moment. */
export interface Reading {
  /** `yyyy-mm-dd`; what happened later does not count yet, and credit expires by this day. */
  readonly asOf: string;
  readonly knownAt: Date;
}

/**
 * The entries that count in a reading: of each lot its first so many, so that what remains is a
 * state in which the lot really was. An entry counts from the day it happened: the last day that its
 * date can mean, but no later than the day it was recorded. It is known from the moment it was
 * recorded. No entry is earlier than the one it follows, whatever the clocks of two servers said.
 *
 * @param entries all entries of a learner, oldest first within each lot
 */
export function entriesAt(entries: readonly EntryRecord[], reading: Reading): EntryRecord[] {
  const closed = new Set<string>();
  return entries.filter((entry) => {
    const counts = happenedOn(entry) <= reading.asOf && entry.recordedAt <= reading.knownAt;
    if (!counts) closed.add(entry.lotId);
    return !closed.has(entry.lotId);
  });
}

/** The day an entry happened: a date known to the month lies at its end, but not in the future. */
export function happenedOn(entry: Pick<EntryRecord, 'occurredOn' | 'recordedAt'>): string {
  const recorded = dayOf(entry.recordedAt);
  const last = lastDay(entry.occurredOn as PartialDate);
  return last < recorded ? last : recorded;
}

/** The lots that some entries make, as they stand on a day: what is past its last day expired. */
export function lotsOf(entries: readonly EntryRecord[], day: string): LotView[] {
  const lots = new Map<string, LotView>();
  for (const entry of entries) {
    lots.set(entry.lotId, withEntry(lots.get(entry.lotId) ?? openedBy(entry), entry));
  }
  return [...lots.values()].map((lot) => onDay(lot, day));
}

/** What programmes hold and count of lots, by some entries; in the order of programme and lot. */
export function countsOf(entries: readonly EntryRecord[]): ProgrammeCount[] {
  const counts = new Map<string, ProgrammeCount>();
  for (const entry of entries) {
    const { lotId, categoryId, programme } = entry;
    if (programme === null) continue;
    const key = `${programme} ${lotId}`;
    const nothing = { pledged: ZERO_CREDITS, counted: ZERO_CREDITS };
    const before = counts.get(key) ?? { lotId, categoryId, programme, ...nothing };
    counts.set(key, {
      ...before,
      pledged: moved(before.pledged, 'pledged', entry),
      counted: moved(before.counted, 'counted', entry),
    });
  }
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, count]) => count);
}

/** Credit past its last day has expired, whether or not the expiry is booked yet. */
export function onDay(lot: LotView, day: string): LotView {
  if (!isOverdue(lot.expiresOn, day)) return lot;
  return {
    ...lot,
    available: ZERO_CREDITS,
    expired: (lot.expired + lot.available) as Millicredits,
  };
}

export function isOverdue(expiresOn: string | null, day: string): boolean {
  return expiresOn !== null && expiresOn < day;
}

function openedBy(deposit: EntryRecord): LotView {
  return {
    lotId: deposit.lotId,
    categoryId: deposit.categoryId,
    issuerId: deposit.issuerId,
    depositedAt: deposit.recordedAt,
    expiresOn: deposit.expiresOn,
    deposited: deposit.amount,
    available: ZERO_CREDITS,
    held: ZERO_CREDITS,
    used: ZERO_CREDITS,
    expired: ZERO_CREDITS,
    revoked: ZERO_CREDITS,
    pledged: ZERO_CREDITS,
    counted: ZERO_CREDITS,
  };
}

function withEntry(lot: LotView, entry: EntryRecord): LotView {
  return {
    ...lot,
    available: moved(lot.available, 'available', entry),
    held: moved(lot.held, 'held', entry),
    used: moved(lot.used, 'used', entry),
    expired: moved(lot.expired, 'expired', entry),
    revoked: moved(lot.revoked, 'revoked', entry),
    pledged: moved(lot.pledged, 'pledged', entry),
    counted: moved(lot.counted, 'counted', entry),
  };
}

function moved(
  balance: Millicredits,
  account: LotAccount,
  { debit, credit, amount }: { debit: Account; credit: Account; amount: Millicredits },
): Millicredits {
  const added = credit === account ? amount : ZERO_CREDITS;
  const taken = debit === account ? amount : ZERO_CREDITS;
  return (balance + added - taken) as Millicredits;
}
