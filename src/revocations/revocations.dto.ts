import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, IsString, Length, Matches } from 'class-validator';
import { IsDay, IsPlainText, NamesNobody, TextDto } from '../platform/http/index.js';
import { DIGEST, REASONS_FOR_TWO, type ReasonForTwo } from '../proposals/index.js';

/** An order to take back what one institution posted. */
export class NewRevocationBatchDto {
  /**
   * Code of the institution whose outcomes are taken back.
   * @example "qingshan-vocational"
   */
  @IsString()
  @IsPlainText()
  @Length(1, 100)
  institution: string;

  /**
   * First day of completion; every day before it stands. Left out: from the beginning.
   * @example "2026-01-01"
   */
  @IsOptional()
  @IsDay()
  from?: string;

  /**
   * Last day of completion. An outcome whose completion is known to the month or year is taken only
   * when all of it lies within.
   * @example "2026-06-30"
   */
  @IsOptional()
  @IsDay()
  to?: string;

  /**
   * Only this outcome of the catalogue.
   * @example "SVS-LOG-BASE"
   */
  @IsOptional()
  @IsString()
  @IsPlainText()
  @Length(1, 60)
  outcome?: string;

  /**
   * Why; every learner reads it.
   * @example "该机构办学资格被撤销 / the accreditation of this provider was withdrawn"
   */
  @IsString()
  @IsPlainText()
  @NamesNobody()
  @Length(1, 300)
  reason: string;

  /**
   * The `digest` of the preview that was seen. What takes two people is then proposed; something else
   * than was seen is refused.
   * @example "9f2c7d3a51b84e60a7c1d2e3f4051627384950a1b2c3d4e5f60718293a4b5c6d"
   */
  @IsOptional()
  @Matches(DIGEST)
  digest?: string;
}

export class RevocationCountsDto {
  /** @example 207 */
  learners: number;

  /**
   * Outcomes.
   * @example 522
   */
  items: number;

  /**
   * Credit that was available, held, used or expired.
   * @example "1502"
   */
  credits: string;

  /**
   * Booked conversions that are reversed.
   * @example 131
   */
  conversions: number;

  /**
   * Programmes whose completion is lost: degrees and diplomas.
   * @example 114
   */
  awards: number;

  /**
   * Rights that are lost, for example to sit an exam.
   * @example 9
   */
  rights: number;

  /**
   * Applications under review that are evaluated again.
   * @example 4
   */
  reconsidered: number;
}

/** What an order would reach. Nothing is changed. */
export class RevocationPreviewDto extends RevocationCountsDto {
  preview: true;

  /**
   * Outcomes of which it is not known whether they were completed within the days; they stand.
   * @example 3
   */
  undecided: number;

  /**
   * Learners whose dependent records were looked at. When it is less than `learners`, credits,
   * conversions, awards and rights are those of the learners looked at.
   * @example 207
   */
  learnersSurveyed: number;

  /**
   * Of every outcome in scope, and of all that rests on those of the learners looked at.
   * @example "9f2c7d3a51b84e60a7c1d2e3f4051627384950a1b2c3d4e5f60718293a4b5c6d"
   */
  digest: string;

  /** Why one person may not order it alone; empty when one is enough. */
  @ApiProperty({ enum: REASONS_FOR_TWO, isArray: true, example: ['reach'] })
  needsSecondPerson: ReasonForTwo[];
}

export class RevocationProgressDto {
  /**
   * What was in scope when it started; null before.
   * @example 522
   */
  itemsTotal: number | null;

  /** @example 207 */
  learnersTotal: number | null;

  /**
   * 1 for the first pass over all learners; another follows until one finds nothing.
   * @example 1
   */
  sweep: number;

  /**
   * Outcomes a second.
   * @example 260
   */
  itemsPerSecond: number;

  /**
   * 0 when nothing is under way; null while nothing can be said.
   * @example 2
   */
  secondsLeft: number | null;
}

/** A learner whose outcomes could not be taken back yet. */
export class RevocationProblemDto {
  /** @example "01a2e7c0-5b7e-7123-8000-000000000003" */
  learnerId: string;

  /** @example "internal-error" */
  code: string;

  title: TextDto;
}

/** An order and how far it has come. */
export class RevocationBatchDto {
  /** @example "0198c5a2-7a10-7123-8f00-0123456789ab" */
  id: string;

  /** @example "qingshan-vocational" */
  institution: string;

  /** @example "2026-01-01" */
  from: string | null;

  /** @example "2026-06-30" */
  to: string | null;

  /**
   * Code of the outcome; null for all of them.
   * @example "SVS-LOG-BASE"
   */
  outcome: string | null;

  /** @example "该机构办学资格被撤销 / the accreditation of this provider was withdrawn" */
  reason: string;

  /** `queued` can be cancelled; `running` always ends as `done`. */
  state: 'queued' | 'running' | 'done' | 'cancelled';

  /** What was taken back so far. */
  counts: RevocationCountsDto;

  progress: RevocationProgressDto;

  /** The first hundred; when `done`, order again to try these once more. */
  problems: RevocationProblemDto[];

  /** @example "2026-11-23T09:30:00.000Z" */
  createdAt: string;

  /** @example "2026-11-23T09:30:01.000Z" */
  startedAt: string | null;

  /** @example "2026-11-23T09:30:04.000Z" */
  endedAt: string | null;
}

export class RevocationBatchPageDto {
  items: RevocationBatchDto[];

  /**
   * Send it as `after` for the next page; null when this is the last.
   * @example "WyIwMWEyZTdjMC01YjdlLTcwMDAtODAwMC0wMDAwMDAwMDAwMDEiXQ"
   */
  next: string | null;
}
