import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsString, Length, Matches } from 'class-validator';
import { COEFFICIENT_CODES } from '#libs/workload';
import { IsDay, IsPlainText, NamesNobody, TextDto } from '../platform/http/index.js';

export class CoefficientDto {
  /** @example "01a2e7c0-5b7e-7000-8000-000000000095" */
  id: string;

  /** @example "2026-01-01" */
  from: string;

  /** @example "1.2" */
  value: string;

  /** @example "渝教职成〔2026〕8号 第三条" */
  source: string;

  /** @example "2026-01-08T02:00:00.000Z" */
  recordedAt: string;
}

export class CoefficientOfDto {
  @ApiProperty({ enum: COEFFICIENT_CODES, example: 'mode-evening' })
  code: string;

  /** @example "mode" */
  aspect: 'kind' | 'level' | 'mode';

  /** @example "evening" */
  of: string;

  /**
   * What counts today.
   * @example "1.2"
   */
  now: string;

  /** The newest first. */
  laidDown: CoefficientDto[];
}

export class CoefficientOtherwiseDto {
  /** @example "1" */
  value: string;

  source: TextDto;
}

export class CoefficientListDto {
  /** What counts as long as nobody laid anything down. */
  otherwise: CoefficientOtherwiseDto;

  items: CoefficientOfDto[];
}

export class NewCoefficientDto {
  @ApiProperty({ enum: COEFFICIENT_CODES, example: 'mode-evening' })
  @IsIn(COEFFICIENT_CODES)
  code: string;

  /**
   * The first day on which a training is weighed so.
   * @example "2026-01-01"
   */
  @IsDay()
  from: string;

  /**
   * A decimal string with at most three decimals.
   * @example "1.2"
   */
  @IsString()
  @Matches(/^\d{1,3}(\.\d{1,3})?$/, { message: 'use a decimal such as 1.2' })
  value: string;

  /**
   * The document that lays it down.
   * @example "渝教职成〔2026〕8号 第三条"
   */
  @IsString()
  @IsPlainText()
  @NamesNobody()
  @Length(1, 300)
  source: string;
}
