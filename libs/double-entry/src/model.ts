import type { Millicredits } from '#libs/credit';

/**
 * Where credit of a lot can be. `issuer` and `programme` are sources outside the learner's books;
 * the others are the learner's. `pledged` and `counted` are credit that a programme holds or uses
 * without consuming it, once per programme. Positions are stored and never change.
 */
export const ACCOUNTS = [
  'issuer',
  'available',
  'held',
  'used',
  'expired',
  'revoked',
  'programme',
  'pledged',
  'counted',
] as const;

export type Account = (typeof ACCOUNTS)[number];

/** The accounts whose balances make up a lot; the other two may go below zero. */
export type LotAccount = Exclude<Account, 'issuer' | 'programme'>;

/**
 * What an entry does.
 * deposit: issuer → available · hold: available → held · release: held → available ·
 * use: held → used, irrevocable for the learner (India ABC cl. 8.7) · expiry: available → expired ·
 * revocation: anything of the learner's → revoked · reversal: used → available, names the use ·
 * redeposit: revoked → available after a won appeal, names the revocation.
 * In the scope of one programme: hold: programme → pledged · release: pledged → programme ·
 * use: pledged → counted · reversal and revocation: back to programme.
 * Positions are stored and never change.
 */
export const ENTRY_KINDS = [
  'deposit',
  'hold',
  'release',
  'use',
  'expiry',
  'revocation',
  'reversal',
  'redeposit',
] as const;

export type EntryKind = (typeof ENTRY_KINDS)[number];

/**
 * How often a regulation lets one credit count: once anywhere (India ABC), or once in each
 * programme.
 */
export type Scope = 'single-use' | 'per-programme';

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
  /** The entry that this one settles or corrects: a hold, a use, or a revocation. */
  readonly settlesSeq: number | null;
  /** What caused the movement, for example an application. */
  readonly reference: string | null;
  /** The programme in whose scope the credit moves; null when the movement counts anywhere. */
  readonly programme: string | null;
}

/** Credit that an earlier hold, use or revocation moved and that nothing has settled yet. */
export interface OpenMovement {
  readonly seq: number;
  readonly remaining: Millicredits;
  readonly reference: string | null;
  readonly programme: string | null;
}

/**
 * The state of one lot: the sum of its entries. Available, held, used, expired and revoked always
 * add up to the deposit; pledged and counted stand beside them.
 */
export interface LotState extends Readonly<Record<LotAccount, Millicredits>> {
  readonly lotId: string;
  readonly nextSeq: number;
  readonly holds: readonly OpenMovement[];
  readonly uses: readonly OpenMovement[];
  readonly revocations: readonly OpenMovement[];
}

/** What can be asked of a lot. Amounts are thousandths of a credit. */
export type Command =
  | { readonly kind: 'deposit'; readonly lotId: string; readonly amount: Millicredits }
  | {
      readonly kind: 'hold';
      readonly lotId: string;
      readonly amount: Millicredits;
      readonly reference: string;
      /** Who asks: what this programme has counted of the lot, it cannot count again. */
      readonly programme: string | null;
      readonly scope: Scope;
    }
  | { readonly kind: 'release'; readonly lotId: string; readonly reference: string }
  | { readonly kind: 'use'; readonly lotId: string; readonly reference: string }
  | { readonly kind: 'reverse'; readonly lotId: string; readonly reference: string }
  | { readonly kind: 'expire'; readonly lotId: string }
  | { readonly kind: 'revoke'; readonly lotId: string }
  | { readonly kind: 'redeposit'; readonly lotId: string; readonly reference: string | null };
