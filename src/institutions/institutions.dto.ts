import { IsIn, IsOptional } from 'class-validator';
import { PageQuery, TextDto } from '../platform/http/index.js';
import { INSTITUTION_KINDS, type InstitutionKind } from './institution.js';

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

  name: TextDto;

  /** @example "重庆市沙坪坝区" */
  region: string;

  /**
   * `suspended`: its keys and accounts are refused.
   * @example "active"
   */
  status: 'active' | 'suspended';
}

export class InstitutionPageDto {
  items: InstitutionDto[];

  /** Send it as `after` for the next page; null when this is the last. */
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
}
