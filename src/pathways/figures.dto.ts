import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { TextDto } from '../platform/http/index.js';

export class PathwayFiguresQuery {
  /**
   * Only gates whose examination was in this calendar year.
   * @example 2026
   */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(2000)
  @Max(2200)
  year?: number;
}

export class GateFiguresDto {
  /**
   * Learners whose examination was passed.
   * @example 9
   */
  passed: number;

  /** @example 1 */
  failed: number;

  /**
   * Judged, and their evidence was taken back since: neither passed nor failed.
   * @example 0
   */
  toLookAgain: number;

  /**
   * Percent of those who passed or failed, cut to two decimals; null when there are none.
   * @example "90.00"
   */
  passRate: string | null;
}

export class StateCountDto {
  /** @example "college" */
  state: string;

  title: TextDto;

  /** @example 9 */
  learners: number;
}

export class IntakeFiguresDto extends GateFiguresDto {
  /** @example 2023 */
  year: number;

  /** @example 40 */
  places: number;

  /** @example 12 */
  joined: number;

  states: StateCountDto[];
}

export class PairingFiguresDto extends GateFiguresDto {
  /** @example "xingyang-technician" */
  sender: string;

  /** @example "qingshan-polytechnic" */
  receiver: string;
}

/** How many pass, by intake and for the pairing of the institutions over all its pathways. */
export class PathwayFiguresDto extends GateFiguresDto {
  /** @example "01a2e7c0-5b7e-7000-8000-000000000071" */
  pathway: string;

  @ApiProperty({ type: Number, nullable: true, example: 2026 })
  year: number | null;

  intakes: IntakeFiguresDto[];

  pairing: PairingFiguresDto;
}
