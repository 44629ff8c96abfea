import assert from 'node:assert';
import { type Millicredits, ZERO_CREDITS, formatCredits } from '#libs/credit';
import {
  ACCOUNTS,
  type BookedEntry,
  type Entry,
  type LotAccount,
  type LotState,
  replay,
} from '#libs/double-entry';
import * as check from './checks.js';

/** Where credit stands, as it is booked; decimal strings of credits. */
export type BalanceFile = Readonly<Record<LotAccount, string>>;

/** The balance of one category. */
export interface CategoryBalanceFile extends BalanceFile {
  readonly categoryId: number;
}

const LOT_ACCOUNTS = ACCOUNTS.filter(
  (account): account is LotAccount => account !== 'issuer' && account !== 'programme',
);

const total = check.text('an amount of credits', (value) => /^\d{1,15}(\.\d{1,3})?$/.test(value));

const BALANCE_FIELDS = Object.fromEntries(LOT_ACCOUNTS.map((account) => [account, total]));

export const BALANCES: check.Check = check.list(
  check.record({ categoryId: check.count, ...BALANCE_FIELDS }),
  10_000,
);

/** The lots of some entries, each with the sum of its entries and its last day. */
export interface ReplayedLot {
  readonly categoryId: number;
  readonly expiresOn: string | null;
  readonly state: LotState;
}

/** What is wrong with the books of a learner, in one sentence. */
export type Replayed =
  | { readonly ok: true; readonly lots: readonly ReplayedLot[] }
  | { readonly ok: false; readonly fault: string };

/**
 * Books all entries of a learner anew: each lot's numbers without a gap, every movement one that the
 * ledger allows, and every stored balance the machine's own.
 */
export function replayLots(entries: readonly BookedEntry[]): Replayed {
  const byLot = new Map<string, BookedEntry[]>();
  for (const entry of entries) {
    const own = byLot.get(entry.lotId);
    if (own) own.push(entry);
    else byLot.set(entry.lotId, [entry]);
  }
  const lots: ReplayedLot[] = [];
  for (const [lotId, own] of byLot) {
    const sorted = own.toSorted((a, b) => a.lotSeq - b.lotSeq);
    const [deposit] = sorted as [BookedEntry];
    try {
      const state = replay(lotId, sorted.map(toEntry));
      lots.push({ categoryId: deposit.categoryId, expiresOn: deposit.expiresOn, state });
    } catch (error) {
      if (!(error instanceof assert.AssertionError)) throw error;
      return { ok: false, fault: `lot ${lotId} is not what its entries make: ${error.message}` };
    }
  }
  return { ok: true, lots };
}

/** The balances of all categories, as they are booked. */
export function balancesOf(lots: readonly ReplayedLot[]): CategoryBalanceFile[] {
  const categories = [...new Set(lots.map(({ categoryId }) => categoryId))].sort((a, b) => a - b);
  return categories.map((categoryId) => ({
    categoryId,
    ...sumOf(lots.filter((lot) => lot.categoryId === categoryId)),
  }));
}

/** The balance over all categories. */
export function sumOf(lots: readonly ReplayedLot[]): BalanceFile {
  const sum = (account: LotAccount): string =>
    formatCredits(lots.reduce((all, { state }) => all + state[account], 0n));
  return Object.fromEntries(LOT_ACCOUNTS.map((account) => [account, sum(account)])) as BalanceFile;
}

/** Available credit that is past its last day, whether or not its expiry is booked. */
export function overdueOf(lots: readonly ReplayedLot[], today: string): Millicredits {
  return lots.reduce(
    (sum, { expiresOn, state }) =>
      expiresOn !== null && expiresOn < today ? ((sum + state.available) as Millicredits) : sum,
    ZERO_CREDITS,
  );
}

function toEntry(booked: BookedEntry): Entry {
  const { lotId, lotSeq, kind, debit, credit, amount } = booked;
  const { availableAfter, heldAfter, settlesSeq, reference, programme } = booked;
  return {
    lotId,
    lotSeq,
    kind,
    debit,
    credit,
    amount,
    availableAfter,
    heldAfter,
    settlesSeq,
    reference,
    programme,
  };
}
