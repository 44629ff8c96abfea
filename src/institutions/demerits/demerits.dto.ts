import { IsIn, IsOptional, IsString, Length, Matches } from 'class-validator';
import { IsDay, IsPlainText } from '../../platform/http/index.js';
import { PenaltySpanDto } from '../institutions.dto.js';
import { type Demerit, REVERSAL_KINDS, type ReversalKind } from './demerit.js';

export class NewDemeritDto {
  /**
   * One that the scheme knows; the first, second and third of them add more and more points.
   * @example "breach"
   */
  @IsString()
  @Length(1, 80)
  @IsPlainText()
  offence: string;

  /**
   * Code of the outcome that it is about; leave out for everything of the institution.
   * @example "SVS-LOG-BASE"
   */
  @IsOptional()
  @Matches(/^[A-Za-z0-9][A-Za-z0-9._/-]{0,79}$/, { message: 'use the code of an outcome' })
  outcome?: string;

  /**
   * The first day on which the points count; today when left out.
   * @example "2026-12-01"
   */
  @IsOptional()
  @IsDay()
  countsFrom?: string;

  /**
   * What happened. The institution reads it.
   * @example "虚报出勤记录 / attendance was made up"
   */
  @IsString()
  @Length(1, 1000)
  @IsPlainText()
  reason: string;
}

export class DemeritReversalDto {
  /**
   * `appeal-upheld`: the institution was right. `lapsed`: the time of the points is over.
   * @example "appeal-upheld"
   */
  @IsIn(REVERSAL_KINDS)
  kind: ReversalKind;

  /**
   * The first day on which the points count no more; today when left out.
   * @example "2026-12-15"
   */
  @IsOptional()
  @IsDay()
  countsFrom?: string;

  /** @example "申诉成立 / the appeal was upheld" */
  @IsString()
  @Length(1, 1000)
  @IsPlainText()
  reason: string;
}

/** One entry; entries are added and never changed. */
export class DemeritDto {
  /** @example "01a2e7c0-5b7e-7000-8000-000000000051" */
  id: string;

  /** @example "SVS-LOG-BASE" */
  outcome: string | null;

  /** @example "offence" */
  kind: Demerit['kind'];

  /** @example "breach" */
  offence: string;

  /**
   * Below zero for what takes points back.
   * @example 5
   */
  points: number;

  /**
   * The entry whose points are taken back.
   * @example "01a2e7c0-5b7e-7000-8000-000000000050"
   */
  reverses: string | null;

  /** @example "2026-12-01" */
  countsFrom: string;

  /** @example "虚报出勤记录 / attendance was made up" */
  reason: string;

  /**
   * SHA-256 of the scheme that said how many points, in hex.
   * @example "78d8d3f62f3db816b173c478bcb4997a3ff8e9b827b235c28822c9f111b7ab18"
   */
  schemeHash: string;

  /** @example "2026-11-26T09:30:00.000Z" */
  recordedAt: Date;
}

/** Everything that stands against an institution, and what it comes to. */
export class DemeritsDto {
  /** The oldest first. */
  items: DemeritDto[];

  /** Span by span of days, past ones too. */
  standings: PenaltySpanDto[];
}
