import { IsOptional } from 'class-validator';
import { IsDay, PageQuery, TextDto } from '../platform/http/index.js';

/** Credit by where it stands; decimal strings of credits. The five add up to all deposits. */
export class BalancesDto {
  /**
   * Can be used now.
   * @example "40.5"
   */
  available: string;

  /**
   * Put aside for an application that is not decided yet.
   * @example "3"
   */
  held: string;

  /**
   * Spent on a programme; comes back only when what rests on it is reversed.
   * @example "12"
   */
  used: string;

  /**
   * Past its last day.
   * @example "0"
   */
  expired: string;

  /**
   * Taken back by its institution.
   * @example "0"
   */
  revoked: string;
}

export class CategoryBalanceDto extends BalancesDto {
  /** @example "skill" */
  code: string;

  title: TextDto;
}

export class ExpiringDto {
  /**
   * The outcome whose credit expires.
   * @example "5f6b2a1e-0c4d-8a3b-9e7f-1a2b3c4d5e6f"
   */
  outcomeId: string;

  /** @example "2" */
  amount: string;

  /**
   * The last day on which it can be used.
   * @example "2027-01-31"
   */
  expiresOn: string;
}

/** What a learner holds. */
export class BalanceDto {
  /** @example "0198c5a2-7a10-7123-8f00-0123456789ab" */
  learnerId: string;

  /**
   * The day of the reading.
   * @example "2026-11-23"
   */
  asOf: string;

  total: BalancesDto;
  categories: CategoryBalanceDto[];

  /** Credit that expires within a year, soonest first. */
  expiringSoon: ExpiringDto[];
}

/** One line of the ledger. */
export class EntryDto {
  /**
   * Lot and number of the line.
   * @example "5f6b2a1e-0c4d-8a3b-9e7f-1a2b3c4d5e6f.0"
   */
  id: string;

  /** @example "0198c5a2-7a10-7123-8f00-0123456789ab" */
  learnerId: string;

  /** @example "5f6b2a1e-0c4d-8a3b-9e7f-1a2b3c4d5e6f" */
  outcomeId: string;

  /** @example "deposit" */
  kind: 'deposit' | 'hold' | 'release' | 'use' | 'expiry' | 'revocation' | 'reversal' | 'redeposit';

  /**
   * The account the amount leaves.
   * @example "issuer"
   */
  from: string;

  /**
   * The account the amount enters.
   * @example "available"
   */
  to: string;

  /** @example "4" */
  amount: string;

  /**
   * What of this lot is available after the line.
   * @example "4"
   */
  availableAfter: string;

  /** @example "skill" */
  category: string;

  /** Institution that issued the outcome. */
  institutionId: string;

  /**
   * When it happened, as precisely as the source knows.
   * @example "2026-06"
   */
  occurredOn: string;

  /**
   * When the ledger learned of it.
   * @example "2026-11-23T09:30:00.000Z"
   */
  recordedAt: string;

  /** @example "2033-06-30" */
  expiresOn: string | null;

  /** The application behind the line, if one is. */
  reference: string | null;

  /** The line of the same lot that this one settles or corrects. */
  settles: string | null;

  /** SHA-256 of the rule version that decided, in hex. */
  ruleHash: string | null;

  postingId: string;

  /** SHA-256 that commits to what the line says without telling it, in hex. */
  commitment: string;

  reason: string | null;
}

export class StatementQuery extends PageQuery {
  /**
   * First day, inclusive; without it from the beginning.
   * @example "2026-01-01"
   */
  @IsOptional()
  @IsDay()
  from?: string;

  /**
   * Last day, inclusive; without it until now.
   * @example "2026-12-31"
   */
  @IsOptional()
  @IsDay()
  to?: string;
}

/** Entries newest first between an opening and a closing balance. */
export class StatementDto {
  learnerId: string;
  opening: BalancesDto;
  closing: BalancesDto;
  items: EntryDto[];

  /** Cursor of the next page; null on the last. */
  next: string | null;
}
