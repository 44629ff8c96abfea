import { ArrayMaxSize, IsArray, IsString, Length } from 'class-validator';
import { IsDay, IsPlainText } from '../platform/http/index.js';

/** More days than any year has off. */
const MOST_DAYS = 200;

/** The days of a year that are worked or not against the usual week. */
export class NewHolidayNoticeDto {
  /**
   * Who published it and where.
   * @example "国务院办公厅关于2026年部分节假日安排的通知（2025-11-04）"
   */
  @IsString()
  @IsPlainText()
  @Length(1, 300)
  source: string;

  /**
   * Every day off, weekends within a holiday included or not.
   * @example ["2026-10-01", "2026-10-02", "2026-10-05", "2026-10-06", "2026-10-07"]
   */
  @IsArray()
  @ArrayMaxSize(MOST_DAYS)
  @IsDay({ each: true })
  daysOff: string[];

  /**
   * Saturdays and Sundays that are worked instead (调休).
   * @example ["2026-09-20", "2026-10-10"]
   */
  @IsArray()
  @ArrayMaxSize(MOST_DAYS)
  @IsDay({ each: true })
  workingDays: string[];
}

export class HolidayNoticeDto extends NewHolidayNoticeDto {
  /** @example 2026 */
  year: number;

  /**
   * When it was written down; promises that were made before stay as they are.
   * @example "2026-11-23T09:30:00.000Z"
   */
  recordedAt: string;
}
