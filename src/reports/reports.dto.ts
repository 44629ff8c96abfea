import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsIn, IsOptional, IsString, Matches } from 'class-validator';
import { IndicatorDto, PeriodDto } from '../indicators/index.js';
import { TextDto } from '../platform/http/index.js';
import {
  AssessedConditionDto,
  SchoolConditionsDto,
  SchoolRefDto,
  WarningDto,
} from './conditions/conditions.dto.js';

/** A day of every year, `mm-dd`: 29 February is none. */
const DAY_OF_YEAR =
  /^((0[13578]|1[02])-(0[1-9]|[12]\d|3[01])|(0[469]|11)-(0[1-9]|[12]\d|30)|02-(0[1-9]|1\d|2[0-8]))$/;

export class NewReportDto {
  /**
   * A calendar year `2026` or a school year `2025-2026` that has begun.
   * @example "2026"
   */
  @IsString()
  @Matches(/^\d{4}(-\d{4})?$/, { message: 'use a year, 2026, or a school year, 2025-2026' })
  period: string;
}

export class NewScheduleDto {
  /**
   * Days of the year on which a report appears, `mm-dd`; none: no report appears by itself.
   * @example ["01-15", "07-15"]
   */
  @IsArray()
  @ArrayMaxSize(24)
  @IsString({ each: true })
  @Matches(DAY_OF_YEAR, {
    each: true,
    message: 'use days of the year as mm-dd, for example 01-15',
  })
  days: string[];

  /**
   * Whether reports are about calendar years or school years. A report is about the one in which
   * the last day of the month before lies.
   * @example "year"
   */
  @IsIn(['year', 'school-year'])
  periodKind: 'year' | 'school-year';
}

export class NextReportDto {
  /** @example "2027-01-15" */
  day: string;

  /** @example "2026" */
  period: string;
}

export class ScheduleDto {
  /** @example ["01-15", "07-15"] */
  days: string[];

  /** @example "year" */
  periodKind: 'year' | 'school-year';

  /** @example "2026-11-26T02:00:00.000Z" */
  setAt: string | null;

  /** @example "示范区教育委员会" */
  setBy: string | null;

  next: NextReportDto | null;
}

export class PaperQuery {
  /** @example "en" */
  @IsOptional()
  @IsIn(['zh-CN', 'en'])
  language?: 'zh-CN' | 'en';
}

export class PublisherDto {
  /** @example "did:web:bank.example:institutions:district-education" */
  did: string;

  name: TextDto;
}

export class ReportHeadDto {
  /** @example "01a2e7c0-5b7e-7123-8000-000000000043" */
  id: string;

  /**
   * Its place in the log of reports, from 0.
   * @example 0
   */
  number: number;

  title: TextDto;

  period: PeriodDto;

  /** @example "2026-11-26T02:00:00.000Z" */
  publishedAt: string;

  /**
   * Everything that was recorded up to this moment is in the figures; nothing later is.
   * @example "2026-11-26T01:59:59.000Z"
   */
  dataTime: string;

  /**
   * The day of the schedule on which it was due; null when somebody published it.
   * @example "2026-07-15"
   */
  scheduledFor: string | null;

  publisher: PublisherDto;

  /**
   * SHA-256 of the signed report (RFC 8785) in hex: the log of reports holds it.
   * @example "7d9f0e3c0f5b7d0f9a6c0c5cf2d7c1f2f4d5f6e7a8b9c0d1e2f3a4b5c6d7e8f9"
   */
  hash: string;

  /**
   * Targets that were reached, of all that the plan sets a number for.
   * @example 5
   */
  reached: number;

  /** @example 8 */
  targets: number;
}

export class ReportPageDto {
  items: ReportHeadDto[];

  /** @example "WyI0MiJd" */
  next: string | null;
}

export class StandardSourceDto {
  /** @example "secondary-general" */
  id: string;

  /** @example "2022-10" */
  version: string;

  title: TextDto;

  source: TextDto;
}

export class ReportDto extends ReportHeadDto {
  /** @example "2026-10-15T02:00:00.000Z" */
  cohortFrozenAt: string | null;

  indicators: IndicatorDto[];

  standards: StandardSourceDto[];

  schools: SchoolConditionsDto[];

  warnings: WarningDto[];
}

export class ComparedFigureDto {
  /** @example 1 */
  version: number;

  /** @example "63.41" */
  value: string | null;

  /** @example "suppressed" */
  @ApiProperty({
    type: String,
    enum: ['input-missing', 'nobody-counted', 'suppressed'],
    nullable: true,
  })
  absence: 'input-missing' | 'nobody-counted' | 'suppressed' | null;

  /** @example true */
  met: boolean | null;
}

export class ComparedTargetDto {
  /** @example "60" */
  atLeast: string;

  source: TextDto;
}

export class ComparedIndicatorDto {
  /** @example "secondary-onward" */
  id: string;

  title: TextDto;

  /** @example "percent" */
  unit: 'ratio' | 'percent' | 'persons' | 'person-times' | 'fte';

  target: ComparedTargetDto | null;

  before: ComparedFigureDto | null;

  after: ComparedFigureDto | null;

  /**
   * After less before; null where it says nothing.
   * @example "-1.25"
   */
  difference: string | null;

  /**
   * Whether it was counted in another way, so that the two cannot be compared.
   * @example false
   */
  isRedefined: boolean;

  /** @example true */
  isChanged: boolean;
}

export class ComparedConditionSideDto {
  /** @example "35.4" */
  value: string | null;

  /** @example "met" */
  @ApiProperty({ enum: ['met', 'short', 'not-stated'] })
  state: AssessedConditionDto['state'];
}

export class ComparedConditionDto {
  school: SchoolRefDto;

  /** @example "campus-area-each" */
  code: string;

  title: TextDto;

  unit: TextDto;

  before: ComparedConditionSideDto | null;

  after: ComparedConditionSideDto | null;
}

export class ComparedSideDto {
  /**
   * Null: the live figures of now.
   * @example "01a2e7c0-5b7e-7123-8000-000000000043"
   */
  reportId: string | null;

  /** Null of the live figures. */
  title: TextDto | null;

  period: PeriodDto;

  /** @example "2026-11-26T01:59:59.000Z" */
  dataTime: string;
}

export class ReportComparisonDto {
  before: ComparedSideDto;

  after: ComparedSideDto;

  indicators: ComparedIndicatorDto[];

  /** Conditions of schools that differ. */
  conditions: ComparedConditionDto[];

  /**
   * How many indicators and conditions differ.
   * @example 2
   */
  changed: number;
}

export class CheckLineDto {
  /** @example "signature" */
  check: string;

  /** @example "holds" */
  @ApiProperty({ enum: ['holds', 'fails', 'open', 'none'] })
  verdict: 'holds' | 'fails' | 'open' | 'none';

  /** @example "signed by did:web:bank.example, whom you trust" */
  detail: string;
}

export class ReportCheckDto {
  /** @example "holds" */
  @ApiProperty({ enum: ['holds', 'fails', 'open'] })
  verdict: 'holds' | 'fails' | 'open';

  lines: CheckLineDto[];
}
