import { IsOptional } from 'class-validator';
import { IsDay, IsMoment, PageQuery, TextDto } from '../platform/http/index.js';

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

/** What one programme counts without using it up; the same credit may count in others. */
export class CountedDto {
  /** @example "YC-LOG-2026" */
  programme: string;

  /** @example "skill" */
  category: string;

  /**
   * Put aside for an application that is not decided yet.
   * @example "0"
   */
  pledged: string;

  /** @example "12" */
  counted: string;
}

/** The two times of a reading: when things happened, and when the ledger had learned of them. */
export class ReadingQuery {
  /**
   * What had happened by the end of this day; without it the day of `knownAt`. A completion counts
   * from the last day that its date can mean, but no later than the day it was recorded.
   * @example "2026-06-30"
   */
  @IsOptional()
  @IsDay()
  asOf?: string;

  /**
   * As far as the ledger knew at this moment; without it now.
   * @example "2026-11-23T09:30:00Z"
   */
  @IsOptional()
  @IsMoment()
  knownAt?: string;
}

/** What a learner holds. */
export class BalanceDto {
  /** @example "0198c5a2-7a10-7123-8f00-0123456789ab" */
  learnerId: string;

  /**
   * The day of the reading: what had happened by then, and expired by then.
   * @example "2026-11-23"
   */
  asOf: string;

  /**
   * The moment of the reading: what the ledger had learned by then.
   * @example "2026-11-23T09:30:00.000Z"
   */
  knownAt: string;

  total: BalancesDto;
  categories: CategoryBalanceDto[];

  /** Credit that programmes count without using it up; it is available or used all the same. */
  counted: CountedDto[];

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

  /**
   * Institution that issued the outcome.
   * @example "01a2e7c0-5b7e-7000-8000-000000000001"
   */
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

  /**
   * The application behind the line, if one is.
   * @example "01a2e7c0-5b7e-7000-8000-000000000021"
   */
  reference: string | null;

  /**
   * The programme that counts the credit without using it up; null for all other lines.
   * @example "YC-LOG-2026"
   */
  programme: string | null;

  /**
   * The line of the same lot that this one settles or corrects.
   * @example "5f6b2a1e-0c4d-8a3b-9e7f-1a2b3c4d5e6f.0"
   */
  settles: string | null;

  /**
   * SHA-256 of the rule version that decided, in hex.
   * @example "78d8d3f62f3db816b173c478bcb4997a3ff8e9b827b235c28822c9f111b7ab18"
   */
  ruleHash: string | null;

  /** @example "0199c2a4-5b1e-7c33-8d21-6f0a9b3c4d5e" */
  postingId: string;

  /**
   * SHA-256 that commits to what the line says without telling it, in hex.
   * @example "3f79bb7b435b05321651daefd374cdc681dc06faa65e374e38337b88ca046dea"
   */
  commitment: string;

  /** @example "成绩登记有误 / grade entered by mistake" */
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

  /**
   * Only what had happened by the end of this day; without it the day of `knownAt`.
   * @example "2026-06-30"
   */
  @IsOptional()
  @IsDay()
  asOf?: string;

  /**
   * Only what the ledger knew at this moment; without it now, or the moment of the first page.
   * @example "2026-11-23T09:30:00Z"
   */
  @IsOptional()
  @IsMoment()
  knownAt?: string;
}

export class CategoryStatementDto {
  /** @example "skill" */
  code: string;

  title: TextDto;
  opening: BalancesDto;
  closing: BalancesDto;
}

/**
 * Entries newest first between an opening and a closing balance. The period is by when the ledger
 * learned of them. It tells what is booked: credit expires here on the day its expiry is booked.
 */
export class StatementDto {
  /** @example "01a2e7c0-5b7e-7123-8000-000000000003" */
  learnerId: string;

  /** @example "2026-11-23" */
  asOf: string;

  /**
   * The pages that follow read as of the same moment, so that the balances stay those of page one.
   * @example "2026-11-23T09:30:00.000Z"
   */
  knownAt: string;

  opening: BalancesDto;
  closing: BalancesDto;

  /** The same by category of credit. */
  categories: CategoryStatementDto[];
  items: EntryDto[];

  /**
   * Cursor of the next page; null on the last.
   * @example "WyIyMDI2LTExLTIzVDA5OjMwOjAwLjAwMFoiLCI1ZjZiMmExZS0wYzRkLThhM2ItOWU3Zi0xYTJiM2M0ZDVlNmYiLCIwIiwiMjAyNi0xMS0yNFQwMjoxMDowMC4wMDBaIl0"
   */
  next: string | null;
}
