import type { Millicredits } from '#libs/credit';
import type { Entry, LotAccount } from '#libs/double-entry';

/** Who writes a set of entries, and why. */
export interface PostingHead {
  /** Id of the account, key or service that acts. */
  readonly actor: string;
  readonly institutionId: string | null;
  /** SHA-256 of the rule version that decided, when a rule did. */
  readonly ruleHash?: Buffer | null;
  readonly reason?: string | null;
}

/** A posting about to be written. */
export interface NewPosting extends Required<PostingHead> {
  readonly postingId: string;
  readonly recordedAt: Date;
}

/** Who deposits: the institution is the issuer of every lot of the posting. */
export interface DepositHead extends PostingHead {
  readonly institutionId: string;
}

/** A lot to open. */
export interface DepositLine {
  readonly learnerId: string;
  readonly lotId: string;
  readonly categoryId: number;
  /** Null claims the lot without credit: the outcome is registered, and its id is taken. */
  readonly amount: Millicredits | null;
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

/** What deposits wrote. */
export interface Deposited extends Omit<Posted, 'entries'> {
  /** Lots that somebody owned before, of which nothing was written; all others were opened. */
  readonly known: ReadonlySet<string>;
}

/** Who owns a lot. `lotId` differs from the id asked for when that only leads to the lot. */
export interface Claim {
  readonly lotId: string;
  readonly learnerId: string;
}

/** The entries of one lot, and whether each follows from those before it. */
export interface CheckedLot {
  readonly lotId: string;
  readonly entries: readonly EntryRecord[];
  readonly isSound: boolean;
}

/**
 * Credit by where it stands. Available, held, used, expired and revoked add up to what was
 * deposited; pledged and counted is what programmes hold and count without consuming it.
 */
export type Balances = Readonly<Record<LotAccount, Millicredits>>;

/** Where the credit of one lot stands on a given day. */
export interface LotView extends Balances {
  readonly lotId: string;
  readonly categoryId: number;
  readonly issuerId: string;
  readonly depositedAt: Date;
  readonly expiresOn: string | null;
  readonly deposited: Millicredits;
}

/** What one programme holds and counts of a lot without consuming it. */
export interface ProgrammeCount {
  readonly lotId: string;
  readonly categoryId: number;
  readonly programme: string;
  readonly pledged: Millicredits;
  readonly counted: Millicredits;
}

/** The public id of an entry: lot and number. */
export function entryId(entry: { readonly lotId: string; readonly lotSeq: number }): string {
  return `${entry.lotId}.${entry.lotSeq}`;
}
