import type { Millicredits } from '#libs/credit';
import type { Entry } from '#libs/double-entry';

/** Who writes a set of entries, and why. */
export interface PostingHead {
  /** Id of the account, key or service that acts. */
  readonly actor: string;
  readonly institutionId: string | null;
  /** SHA-256 of the rule version that decided, when a rule did. */
  readonly ruleHash?: Buffer | null;
  readonly reason?: string | null;
}

/** The first entry of a new lot. The caller has claimed the lot before. */
export interface DepositLine {
  readonly learnerId: string;
  readonly lotId: string;
  readonly categoryId: number;
  readonly amount: Millicredits;
  readonly issuerId: string;
  /** Partial date of completion. */
  readonly occurredOn: string;
  /** Last day on which the credit can be used; null when it never expires. */
  readonly expiresOn: string | null;
  /** SHA-256 over salt and content of the outcome; says nothing about the person. */
  readonly commitment: Buffer;
}

/** One stored entry: what the machine decided, and where, when and by which rule it was booked. */
export interface EntryRecord extends Entry {
  readonly learnerId: string;
  readonly categoryId: number;
  readonly issuerId: string;
  /** Partial date of what happened; `recordedAt` is when the ledger learned of it. */
  readonly occurredOn: string;
  readonly expiresOn: string | null;
  readonly postingId: string;
  readonly postingPos: number;
  readonly recordedAt: Date;
  readonly ruleHash: Buffer | null;
  readonly commitment: Buffer;
  readonly reason: string | null;
}

/** What a posting wrote. */
export interface Posted {
  readonly postingId: string;
  readonly recordedAt: Date;
  readonly entries: readonly EntryRecord[];
}

/** The entries of one lot, and whether each follows from those before it. */
export interface CheckedLot {
  readonly lotId: string;
  readonly entries: readonly EntryRecord[];
  readonly isSound: boolean;
}

/** Where the credit of one lot stands on a given day. */
export interface LotView {
  readonly lotId: string;
  readonly categoryId: number;
  readonly issuerId: string;
  readonly depositedAt: Date;
  readonly expiresOn: string | null;
  readonly deposited: Millicredits;
  readonly available: Millicredits;
  readonly held: Millicredits;
  readonly used: Millicredits;
  readonly expired: Millicredits;
  readonly revoked: Millicredits;
}

/** Sums over lots; the five always add up to what was deposited. */
export interface Balances {
  readonly available: Millicredits;
  readonly held: Millicredits;
  readonly used: Millicredits;
  readonly expired: Millicredits;
  readonly revoked: Millicredits;
}

/** The public id of an entry: lot and number. */
export function entryId(entry: { readonly lotId: string; readonly lotSeq: number }): string {
  return `${entry.lotId}.${entry.lotSeq}`;
}
