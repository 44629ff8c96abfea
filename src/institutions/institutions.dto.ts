import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, IsUUID } from 'class-validator';
import { PageQuery, TextDto } from '../platform/http/index.js';
import {
  INSTITUTION_KINDS,
  type InstitutionKind,
  OUTCOME_FORMS,
  type OutcomeForm,
  type Penalty,
  TIERS,
  type Tier,
} from './institution.js';

/** A span of days on which demerits have a consequence (R49). */
export class PenaltySpanDto {
  /**
   * Code of the outcome that it is about; null for everything of the institution.
   * @example "SVS-LOG-BASE"
   */
  outcome: string | null;

  /**
   * `may-not-apply`: nothing new is awarded. `suspended`, `withdrawn`: nothing is posted.
   * @example "suspended"
   */
  penalty: Penalty;

  /** @example 40 */
  points: number;

  /** @example "2026-12-01" */
  from: string;

  /**
   * The last day; null while no entry ends it.
   * @example "2027-05-31"
   */
  to: string | null;
}

/** An institution as everybody may see it. */
export class InstitutionDto {
  /** @example "01a2e7c0-5b7e-7000-8000-000000000001" */
  id: string;

  /** @example "SPB-VEC" */
  code: string;

  /**
   * What the institution does in the district.
   * @example "school"
   */
  kind: InstitutionKind;

  /**
   * Where it stands in the bank.
   * @example "member-unit"
   */
  tier: Tier;

  /**
   * The centre or sub-centre to which it belongs.
   * @example "01a2e7c0-5b7e-7000-8000-000000000009"
   */
  parentId: string | null;

  name: TextDto;

  /** @example "重庆市沙坪坝区" */
  region: string;

  /**
   * `suspended`: its keys and accounts are refused.
   * @example "active"
   */
  status: 'active' | 'suspended';

  /** Forms of outcomes that it gives itself. */
  @ApiProperty({ enum: OUTCOME_FORMS, isArray: true, example: ['course', 'training'] })
  awards: readonly OutcomeForm[];

  /** Forms of outcomes of others that it may register. */
  @ApiProperty({ enum: OUTCOME_FORMS, isArray: true, example: ['x-certificate'] })
  registers: readonly OutcomeForm[];

  /**
   * Programmes for which it decides; null: all that rules give to it, an empty list: none.
   * @example ["LOGISTICS-3Y"]
   */
  @ApiProperty({ type: [String], nullable: true, example: ['LOGISTICS-3Y'] })
  recognises: readonly string[] | null;

  /** Which of these were laid down for this one institution; the others are as for its kind. */
  @ApiProperty({ enum: ['awards', 'registers'], isArray: true, example: ['awards'] })
  laidDown: ('awards' | 'registers')[];

  /** Present and coming consequences of demerits. */
  standings: PenaltySpanDto[];
}

export class InstitutionPageDto {
  items: InstitutionDto[];

  /**
   * Send it as `after` for the next page; null when this is the last.
   * @example "WyJTUEItVkVDIl0"
   */
  next: string | null;
}

export class InstitutionsQuery extends PageQuery {
  /**
   * Only institutions of this kind.
   * @example "school"
   */
  @IsOptional()
  @IsIn(INSTITUTION_KINDS)
  kind?: InstitutionKind;

  /**
   * Only institutions of this tier.
   * @example "sub-centre"
   */
  @IsOptional()
  @IsIn(TIERS)
  tier?: Tier;

  /**
   * Only institutions that belong to this one.
   * @example "01a2e7c0-5b7e-7000-8000-000000000009"
   */
  @IsOptional()
  @IsUUID('all')
  parent?: string;
}
