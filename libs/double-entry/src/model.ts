import type { Millicredits } from '#libs/credit';

/** Where credit of a lot can be. `issuer` is the source; the other five are the learner's. */
export const ACCOUNTS = ['issuer', 'available', 'held', 'used', 'expired', 'revoked'] as const;

export type Account = (typeof ACCOUNTS)[number];

/**
 * What an entry does.
 * deposit: issuer → available · hold: available → held · release: held → available ·
 * use: held → used, irrevocable for the learner (India ABC cl. 8.7) · expiry: available → expired ·
 * revocation: available, held or used → revoked · reversal: used → available, names the use.
 */
export const ENTRY_KINDS = [
  'deposit',
  'hold',
  'release',
  'use',
  'expiry',
  'revocation',
  'reversal',
] as const;

export type EntryKind = (typeof ENTRY_KINDS)[number];

/** One immutable line of the ledger: `amount` leaves `debit` and enters `credit`. */
export interface Entry {
  readonly lotId: string;
  /** 0 is the deposit; each later movement of the lot takes the next number. */
  readonly lotSeq: number;
  readonly kind: EntryKind;
  readonly debit: Account;
  readonly credit: Account;
  readonly amount: Millicredits;
  /** The lot's available and held credit once this entry is booked. */
  readonly availableAfter: Millicredits;
  readonly heldAfter: Millicredits;
  /** The entry that this one settles or corrects: a hold, or for a reversal a use. */
  readonly settlesSeq: number | null;
  /** What caused the movement, for example an application. */
  readonly reference: string | null;
}

/** Credit that an earlier hold or use put aside and that is not settled yet. */
export interface OpenMovement {
  readonly seq: number;
  readonly remaining: Millicredits;
  readonly reference: string | null;
}

/** The state of one lot: the sum of its entries. The five balances always add up to the deposit. */
export interface LotState {
  readonly lotId: string;
  readonly nextSeq: number;
  readonly available: Millicredits;
  readonly held: Millicredits;
  readonly used: Millicredits;
  readonly expired: Millicredits;
  readonly revoked: Millicredits;
  readonly holds: readonly OpenMovement[];
  readonly uses: readonly OpenMovement[];
}

/** What can be asked of a lot. Amounts are thousandths of a credit. */
export type Command =
  | { readonly kind: 'deposit'; readonly lotId: string; readonly amount: Millicredits }
  | {
      readonly kind: 'hold';
      readonly lotId: string;
      readonly amount: Millicredits;
      readonly reference: string;
    }
  | { readonly kind: 'release'; readonly lotId: string; readonly reference: string }
  | { readonly kind: 'use'; readonly lotId: string; readonly reference: string }
  | { readonly kind: 'reverse'; readonly lotId: string; readonly reference: string }
  | { readonly kind: 'expire'; readonly lotId: string }
  | { readonly kind: 'revoke'; readonly lotId: string };
