import { type Millicredits, ZERO_CREDITS, formatCredits } from '#libs/credit';
import { ACCOUNTS } from '#libs/double-entry';
import type { BalancesDto, EntryDto } from './ledger.dto.js';
import { type Balances, type EntryRecord, entryId } from './ledger.types.js';

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

/** Turns sums per pair of accounts into balances. */
export function balancesOfSums(
  sums: readonly { debit: number; credit: number; amount: bigint }[],
): Balances {
  const totals = ACCOUNTS.map(() => 0n);
  for (const { debit, credit, amount } of sums) {
    totals[debit] = (totals[debit] as bigint) - amount;
    totals[credit] = (totals[credit] as bigint) + amount;
  }
  const [, available, held, used, expired, revoked, , pledged, counted] = totals as Millicredits[];
  return { available, held, used, expired, revoked, pledged, counted } as Balances;
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
    settles:
      entry.settlesSeq === null ? null : entryId({ lotId: entry.lotId, lotSeq: entry.settlesSeq }),
    ruleHash: entry.ruleHash?.toString('hex') ?? null,
    postingId: entry.postingId,
    commitment: entry.commitment.toString('hex'),
    reason: entry.reason,
  };
}
