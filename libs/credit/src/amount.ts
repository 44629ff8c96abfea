import assert from 'node:assert';
import { parseDecimal } from './rational.js';

/** An amount of credit in thousandths of a credit (学分). Exact; never a float. */
export type Millicredits = bigint & { readonly __unit: 'millicredits' };

/** Contact or notional time in minutes. One 学时 is counted as 60 minutes unless a scheme says otherwise. */
export type Minutes = bigint & { readonly __unit: 'minutes' };

/** The largest amount one posting may carry: 10,000 credits. */
export const MAX_POSTING_MILLICREDITS = 10_000_000n as Millicredits;

export const ZERO_CREDITS = 0n as Millicredits;

export type AmountFault = 'not-a-decimal' | 'too-precise' | 'negative' | 'too-large';

export type ParsedAmount =
  | { readonly ok: true; readonly amount: Millicredits }
  | { readonly ok: false; readonly fault: AmountFault };

/** Names an integer as thousandths of a credit. */
export function millicredits(value: bigint | number): Millicredits {
  assert(typeof value === 'bigint' || Number.isSafeInteger(value), 'millicredits are integers');
  return BigInt(value) as Millicredits;
}

/**
 * Reads a decimal string of credits, at most three decimals (trailing zeros beyond that are harmless).
 * Zero is a valid amount here; whether it may be posted is the ledger's question.
 */
export function parseCredits(text: string): ParsedAmount {
  const value = parseDecimal(text);
  if (!value) return { ok: false, fault: 'not-a-decimal' };
  const scaled = value.num * 1000n;
  if (scaled % value.den !== 0n) return { ok: false, fault: 'too-precise' };
  const amount = scaled / value.den;
  if (amount < 0n) return { ok: false, fault: 'negative' };
  if (amount > MAX_POSTING_MILLICREDITS) return { ok: false, fault: 'too-large' };
  return { ok: true, amount: amount as Millicredits };
}

/** Writes an amount as the shortest exact decimal string: `4000n` is `"4"`, `1500n` is `"1.5"`. */
export function formatCredits(amount: bigint): string {
  const sign = amount < 0n ? '-' : '';
  const absolute = amount < 0n ? -amount : amount;
  const fraction = (absolute % 1000n).toString().padStart(3, '0').replace(/0+$/, '');
  return `${sign}${absolute / 1000n}${fraction ? `.${fraction}` : ''}`;
}

/** Reads hours (学时) as a decimal string into minutes; undefined when it is not a whole number of minutes. */
export function parseHours(text: string): Minutes | undefined {
  const value = parseDecimal(text);
  if (!value || value.num < 0n || (value.num * 60n) % value.den !== 0n) return undefined;
  return ((value.num * 60n) / value.den) as Minutes;
}

/** Writes minutes as hours with at most three decimals, rounded down. */
export function formatHours(minutes: bigint): string {
  return formatCredits((minutes * 1000n) / 60n);
}
