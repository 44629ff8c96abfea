import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Length, Matches, ValidateIf } from 'class-validator';
import { CONDITION_INPUTS, STANDARDS } from '#libs/reports';
import { IsDay, IsPlainText, NamesNobody, PageQuery, TextDto } from '../../platform/http/index.js';

const CODES = CONDITION_INPUTS.map(({ code }) => code);
const STANDARD_IDS = STANDARDS.map(({ id }) => id);

/** One condition of a standard. */
export class StandardConditionDto {
  /** @example "campus-area-each" */
  code: string;

  title: TextDto;

  unit: TextDto;

  /** @example "at-least" */
  bound: 'at-least' | 'at-most';

  /** @example "33" */
  value: string;
}

/** A figure that a school can state. */
export class ConditionKindDto {
  @ApiProperty({ enum: CODES, example: 'campus-area' })
  code: string;

  title: TextDto;

  /** @example false */
  whole: boolean;
}

export class StandardDto {
  /** @example "secondary-general" */
  id: string;

  /**
   * The day or month of the document that sets it.
   * @example "2022-10"
   */
  version: string;

  title: TextDto;

  source: TextDto;

  conditions: StandardConditionDto[];

  /** What a school states so that every condition can be looked at. */
  inputs: ConditionKindDto[];
}

export class StandardListDto {
  items: StandardDto[];
}

export class ConditionsQuery {
  /**
   * As it counts on this day. Left out: today.
   * @example "2026-11-26"
   */
  @IsOptional()
  @IsDay()
  on?: string;
}

export class StandardRefDto {
  /** @example "secondary-general" */
  id: string;

  /** @example "2022-10" */
  version: string;

  title: TextDto;
}

export class AssessedConditionDto {
  /** @example "campus-area-each" */
  code: string;

  title: TextDto;

  unit: TextDto;

  /**
   * Null: not everything that it is counted from was stated.
   * @example "35.4"
   */
  value: string | null;

  /** @example "at-least" */
  bound: 'at-least' | 'at-most';

  /** @example "33" */
  required: string;

  /** @example "met" */
  @ApiProperty({ enum: ['met', 'short', 'not-stated'] })
  state: 'met' | 'short' | 'not-stated';

  /**
   * The oldest day of what it is counted from.
   * @example "2026-09-01"
   */
  on: string | null;
}

export class StatedInputDto {
  /** @example "campus-area" */
  code: string;

  title: TextDto;

  /** @example "52000" */
  value: string;

  /** @example "2026-09-01" */
  on: string;

  /** @example "高等教育学校（机构）统计报表 2026" */
  source: string;
}

export class SchoolConditionsDto {
  /** @example "qingshan-vocational" */
  code: string;

  name: TextDto;

  /** Null: the authority has not said which standard counts. */
  standard: StandardRefDto | null;

  conditions: AssessedConditionDto[];

  inputs: StatedInputDto[];
}

export class SchoolRefDto {
  /** @example "qingshan-vocational" */
  code: string;

  name: TextDto;
}

export class WarningDto {
  /** @example "conditions-short" */
  kind: string;

  /** @example "urgent" */
  @ApiProperty({ enum: ['urgent', 'watch'] })
  level: 'urgent' | 'watch';

  school: SchoolRefDto;

  text: TextDto;

  /** Where the bound comes from. */
  basis: TextDto;
}

export class SchoolConditionsListDto {
  /** @example "2026-11-26" */
  on: string;

  items: SchoolConditionsDto[];

  /** Early warnings (预警) about these schools, the urgent ones first. */
  warnings: WarningDto[];
}

/** A figure that a school states. */
export class NewConditionDto {
  /**
   * Code of the school; left out by a school itself.
   * @example "qingshan-vocational"
   */
  @IsOptional()
  @IsString()
  @IsPlainText()
  @Length(1, 60)
  institution?: string;

  /** @example "campus-area" */
  @IsIn(CODES)
  code: string;

  /**
   * The day that it is about.
   * @example "2026-09-01"
   */
  @IsDay()
  on: string;

  /**
   * A decimal string; whole for people and books.
   * @example "52000"
   */
  @IsString()
  @Matches(/^\d{1,12}(\.\d{1,6})?$/, { message: 'use a decimal number, for example 52000 or 35.4' })
  value: string;

  /**
   * From which return or register.
   * @example "中等职业学校（机构）统计报表 2026"
   */
  @IsString()
  @IsPlainText()
  @NamesNobody()
  @Length(1, 300)
  source: string;
}

export class ConditionInputsQuery extends PageQuery {
  /**
   * Only what this school stated. Schools see their own only.
   * @example "qingshan-vocational"
   */
  @IsOptional()
  @IsString()
  @IsPlainText()
  @Length(1, 60)
  institution?: string;
}

export class ConditionInputDto extends StatedInputDto {
  /** @example "01a2e7c0-5b7e-7123-8000-000000000007" */
  id: string;

  /** @example "qingshan-vocational" */
  institution: string;

  /** @example "2026-09-20T02:00:00.000Z" */
  recordedAt: string;
}

export class ConditionInputPageDto {
  items: ConditionInputDto[];

  /** @example "WyIyMDI2LTA2LTMwIiwiMDFhMmU3YzAiXQ" */
  next: string | null;
}

/** Which standard counts for a school from a day on. */
export class NewSchoolStandardDto {
  /** @example "qingshan-vocational" */
  @IsString()
  @IsPlainText()
  @Length(1, 60)
  institution: string;

  /**
   * Null: none any more.
   * @example "secondary-general"
   */
  @ApiProperty({ type: String, enum: STANDARD_IDS, nullable: true })
  @ValidateIf((_, value) => value !== null)
  @IsIn(STANDARD_IDS)
  standard: string | null;

  /** @example "2026-01-01" */
  @IsDay()
  from: string;
}
