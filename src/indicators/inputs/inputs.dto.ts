import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Length, Matches } from 'class-validator';
import { INPUTS } from '#libs/indicators';
import { IsDay, IsPlainText, NamesNobody, PageQuery, TextDto } from '../../platform/http/index.js';

const CODES = INPUTS.map(({ code }) => code);

export class InputsQuery extends PageQuery {
  /**
   * Only inputs of this code.
   * @example "employed-population"
   */
  @IsOptional()
  @IsIn(CODES)
  code?: string;
}

/** A figure from outside the ledger. */
export class NewInputDto {
  /**
   * Which figure; `GET /v1/indicators/inputs` lists all.
   * @example "employed-population"
   */
  @IsIn(CODES)
  code: string;

  /**
   * Code of the institution that it is about; left out for the whole district.
   * @example "qingshan-vocational"
   */
  @IsOptional()
  @IsString()
  @IsPlainText()
  @Length(1, 60)
  institution?: string;

  /**
   * The day that it is about: the census, or the day from which a coefficient counts.
   * @example "2026-06-30"
   */
  @IsDay()
  on: string;

  /**
   * A decimal string; whole for people and programmes.
   * @example "412000"
   */
  @IsString()
  @Matches(/^\d{1,12}(\.\d{1,6})?$/, { message: 'use a decimal number, for example 412000 or 0.3' })
  value: string;

  /**
   * Who published it and where.
   * @example "区统计局《2026年上半年就业统计》表2"
   */
  @IsString()
  @IsPlainText()
  @NamesNobody()
  @Length(1, 300)
  source: string;
}

export class InputDto {
  /** @example "01a2e7c0-5b7e-7123-8000-000000000007" */
  id: string;

  /** @example "employed-population" */
  code: string;

  title: TextDto;

  /** @example "qingshan-vocational" */
  institution: string | null;

  /** @example "2026-06-30" */
  on: string;

  /** @example "412000" */
  value: string;

  /** @example "区统计局《2026年上半年就业统计》表2" */
  source: string;

  /** @example "2026-07-20T02:00:00.000Z" */
  recordedAt: string;
}

export class InputPageDto {
  items: InputDto[];

  /** @example "WyIyMDI2LTA2LTMwIiwiMDFhMmU3YzAiXQ" */
  next: string | null;
}

/** An input that can be entered. */
export class InputKindDto {
  @ApiProperty({ enum: CODES, example: 'employed-population' })
  code: string;

  title: TextDto;

  /** @example "district" */
  scope: 'district' | 'institution';

  /** @example true */
  whole: boolean;
}
