import type { IdentityKind } from '#libs/identity';

/** The name of the format; a later one that is not readable by readers of this one has another. */
export const EXCHANGE_FORMAT = 'credit-bank-exchange/1';

/** Something with a code and a name in two languages. */
export interface NamedCode {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
}

export interface ExchangeLearner {
  /** Id at the bank that issued the document. */
  readonly id: string;
  readonly name: string | null;
  /** Whole numbers; empty when the holder keeps them to itself. */
  readonly documents: readonly { readonly kind: IdentityKind; readonly number: string }[];
  /** `yyyy-MM-dd` */
  readonly birthDate: string | null;
}

/** One outcome as its institution stated it. Null: not known; nothing has a default. */
export interface ExchangeRecord {
  /** The institution's own key: with the institution the identity of the outcome, for ever. */
  readonly externalId: string;
  readonly institution: NamedCode;
  readonly outcome: NamedCode & { readonly kind: string; readonly category: string };
  /** `yyyy-MM-dd` */
  readonly startedOn: string | null;
  /** `yyyy`, `yyyy-MM` or `yyyy-MM-dd` */
  readonly completedOn: string;
  readonly grade: string | null;
  readonly gradeScale: string | null;
  readonly level: string | null;
  readonly levelScale: string | null;
  /** Decimal strings. */
  readonly hours: string | null;
  readonly credits: string | null;
  readonly attendancePercent: string | null;
  readonly state: 'available' | 'held' | 'used' | 'expired' | 'registered';
  /** Why no credit was given; null when some was, or when none is stated. */
  readonly noCreditReason: string | null;
}

/** A learner's record on its way from one credit bank to another. */
export interface ExchangeDocument {
  readonly format: typeof EXCHANGE_FORMAT;
  readonly issuedAt: string;
  readonly source: NamedCode;
  readonly learner: ExchangeLearner;
  readonly records: readonly ExchangeRecord[];
}
