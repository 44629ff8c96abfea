import { IsOptional, IsString, Length } from 'class-validator';
import { IsDay, IsPlainText } from '../platform/http/index.js';

/** The end of a published version, as one person proposes it. */
export class RuleRetirementDto {
  /**
   * The last day on which the version governs, not before today.
   * @example "2027-08-31"
   */
  @IsDay()
  endsOn: string;

  /**
   * Why; everybody who asks about the rule reads it.
   * @example "该专业停止招生 / the programme is closed"
   */
  @IsString()
  @IsPlainText()
  @Length(1, 300)
  reason: string;
}

export class RuleRetirementApprovalDto {
  /**
   * The day that was read; another is not agreed to.
   * @example "2027-08-31"
   */
  @IsOptional()
  @IsDay()
  endsOn?: string;

  /** @example "已核对 / checked" */
  @IsOptional()
  @IsString()
  @IsPlainText()
  @Length(1, 300)
  note?: string;
}

/** What was last said about the end of a version. */
export class RetirementDto {
  /** @example "district/logistics-3y" */
  rule: string;

  /** @example 1 */
  version: number;

  /**
   * A proposal changes nothing until another person agrees.
   * @example "proposed"
   */
  state: 'proposed' | 'rejected' | 'retired';

  /**
   * The last day; null when the proposal was rejected.
   * @example "2027-08-31"
   */
  endsOn: string | null;

  /** @example "该专业停止招生 / the programme is closed" */
  reason: string;

  /**
   * Account or key that said it.
   * @example "0198c5a2-7a10-7123-8f00-0123456789ab"
   */
  by: string;

  /** @example "2026-11-23T09:30:00.000Z" */
  at: string;
}
