import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, IsString, Length, Matches } from 'class-validator';
import { IsMoment, IsPlainText, PageQuery, TextDto } from '../platform/http/index.js';

/** For which time, and as known when. */
export class FiguresQuery {
  /**
   * A calendar year `2026` or a school year `2025-2026` (1 September to 31 August). Left out: this
   * calendar year.
   * @example "2026"
   */
  @IsOptional()
  @IsString()
  @Matches(/^\d{4}(-\d{4})?$/, { message: 'use a year, 2026, or a school year, 2025-2026' })
  period?: string;

  /**
   * As the bank knew it at this moment, for the authority only: two moments around one record would
   * tell the public about one person. Left out: now.
   * @example "2026-11-23T09:30:00Z"
   */
  @IsOptional()
  @IsMoment()
  knownAt?: string;
}

export class SourcesQuery extends PageQuery {
  /** @example "2026" */
  @IsOptional()
  @IsString()
  @Matches(/^\d{4}(-\d{4})?$/, { message: 'use a year, 2026, or a school year, 2025-2026' })
  period?: string;

  /**
   * As the bank knew it at this moment. Left out: now.
   * @example "2026-11-23T09:30:00Z"
   */
  @IsOptional()
  @IsMoment()
  knownAt?: string;

  /**
   * Only what this institution posted, by its code. Schools see their own only.
   * @example "qingshan-vocational"
   */
  @IsOptional()
  @IsString()
  @IsPlainText()
  @Length(1, 60)
  institution?: string;
}

export class PeriodDto {
  /** @example "2026" */
  id: string;

  /** @example "year" */
  kind: 'year' | 'school-year';

  /** @example "2026-01-01" */
  from: string;

  /** @example "2026-12-31" */
  to: string;

  /**
   * The last day that is looked at: the end of the period, or today.
   * @example "2026-11-26"
   */
  countedTo: string;
}

export class TargetDto {
  /** @example "60" */
  atLeast: string;

  /** Where the target stands. */
  source: TextDto;
}

export class IndicatorPartDto {
  /** @example "way:transfer" */
  key: string;

  title: TextDto;

  /**
   * Key of the part that it is a part of; null for a whole.
   * @example "onward"
   */
  partOf: string | null;

  /**
   * A number of people or person-times as a decimal string; null when it is not told.
   * @example "112"
   */
  value: string | null;

  /**
   * Fewer than ten people, or a number that would give so few away: not told to the public.
   * @example false
   */
  suppressed: boolean;
}

export class IndicatorAmountDto {
  /** @example "hours" */
  key: string;

  title: TextDto;

  /** @example "18240.5" */
  value: string | null;
}

export class UsedInputDto {
  /** @example "employed-population" */
  code: string;

  title: TextDto;

  /** @example "412000" */
  value: string;

  /**
   * The newest day that it is about; null for what counts until the authority enters something.
   * @example "2026-06-30"
   */
  on: string | null;

  sources: TextDto[];
}

export class MissingInputDto {
  /** @example "employed-population" */
  code: string;

  title: TextDto;
}

/** What a figure says. */
export class FigureDto {
  /**
   * Cut to the decimals of the indicator, so that it shows as reached only when it is. Null: see
   * `absence`.
   * @example "63.41"
   */
  value: string | null;

  /**
   * Why there is no value: nobody entered a figure from outside, nobody was counted, or it is not
   * told because it would give fewer than ten people away.
   * @example "input-missing"
   */
  @ApiProperty({
    type: String,
    enum: ['input-missing', 'nobody-counted', 'suppressed'],
    nullable: true,
  })
  absence: 'input-missing' | 'nobody-counted' | 'suppressed' | null;

  /**
   * Whether the target is reached, by the exact value; null without a value or a target.
   * @example true
   */
  met: boolean | null;

  parts: IndicatorPartDto[];

  amounts: IndicatorAmountDto[];

  /** What nobody stated, beside the figure. */
  unknown: IndicatorPartDto[];

  inputs: UsedInputDto[];

  missing: MissingInputDto[];
}

export class IndicatorDto extends FigureDto {
  /** @example "secondary-onward" */
  id: string;

  /**
   * Counts up when the way of counting changes.
   * @example 1
   */
  version: number;

  title: TextDto;

  definition: TextDto;

  /** @example "percent" */
  unit: 'ratio' | 'percent' | 'persons' | 'person-times' | 'fte';

  /** @example 2 */
  decimals: number;

  /** Null: the plan names no number. */
  target: TargetDto | null;

  owner: TextDto;
}

export class IndicatorListDto {
  period: PeriodDto;

  /**
   * Everything that was recorded up to this moment is in the figures.
   * @example "2026-11-26T09:30:00.000Z"
   */
  dataTime: string;

  /**
   * When the cohort of graduates was frozen; null while it is open.
   * @example "2026-10-15T02:00:00.000Z"
   */
  cohortFrozenAt: string | null;

  items: IndicatorDto[];
}

export class SeriesPointDto {
  /** @example "2025" */
  period: string;

  /** @example "58.20" */
  value: string | null;

  /** @example false */
  met: boolean | null;

  /** @example false */
  suppressed: boolean;
}

export class InstitutionFigureDto {
  /** @example "qingshan-vocational" */
  code: string;

  name: TextDto;

  /** @example "63.41" */
  value: string | null;

  /** @example true */
  met: boolean | null;

  /** @example false */
  suppressed: boolean;
}

export class IndicatorDetailDto {
  period: PeriodDto;

  /** @example "2026-11-26T09:30:00.000Z" */
  dataTime: string;

  /** @example "2026-10-15T02:00:00.000Z" */
  cohortFrozenAt: string | null;

  indicator: IndicatorDto;

  /** The same indicator in this period and the four of its kind before it. */
  series: SeriesPointDto[];

  institutions: InstitutionFigureDto[];
}

export class SourceOutcomeDto {
  /** @example "SK-CARE-3" */
  code: string;

  title: TextDto;
}

export class SourceDto {
  /** @example "01a2e7c0-5b7e-8123-8000-000000000005" */
  outcomeId: string;

  /**
   * The first ledger entry of the outcome; null when it earned no credit and the ledger has none.
   * @example "01a2e7c0-5b7e-8123-8000-000000000005.0"
   */
  entryId: string | null;

  /** @example "01a2e7c0-5b7e-7123-8000-000000000003" */
  learnerId: string;

  /** @example "qingshan-vocational" */
  institution: string;

  outcome: SourceOutcomeDto;

  /**
   * The day on which it counts.
   * @example "2026-06-30"
   */
  day: string;

  /**
   * As what it counts: the words of the measure, parted by `|`.
   * @example "transfer"
   */
  category: string;

  /**
   * Since when the bank knows it so.
   * @example "2026-07-02T08:15:00.000Z"
   */
  knownFrom: string;
}

export class SourcePageDto {
  items: SourceDto[];

  /** @example "WyIyMDI2LTA2LTMwIiwiMDFhMmU3YzAiXQ" */
  next: string | null;
}
