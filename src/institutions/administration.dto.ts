import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
} from 'class-validator';
import { IsNested, IsPlainText } from '../platform/http/index.js';
import {
  INSTITUTION_KINDS,
  type InstitutionKind,
  OUTCOME_FORMS,
  type OutcomeForm,
  TIERS,
  type Tier,
} from './institution.js';
import { InstitutionDto } from './institutions.dto.js';
import { IssuedInvitationDto } from './members/invitations.dto.js';

const CODE = /^[A-Za-z0-9][A-Za-z0-9-]{1,39}$/;
const PROGRAMME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/;

/** A name in the two languages of the service. */
export class InstitutionNameDto {
  /** @example "江北职业教育中心" */
  @IsString()
  @Length(1, 100)
  @IsPlainText()
  zh: string;

  /** @example "Jiangbei Vocational Education Centre" */
  @IsString()
  @Length(1, 200)
  @IsPlainText()
  en: string;
}

/** What an institution is called and does. */
export class InstitutionIdentityDto {
  /**
   * Short and lasting: letters, digits and hyphens.
   * @example "jiangbei-vocational"
   */
  @Matches(CODE, { message: 'use 2 to 40 letters, digits and hyphens' })
  code: string;

  /** @example "school" */
  @IsIn(INSTITUTION_KINDS)
  kind: InstitutionKind;

  @IsNested(() => InstitutionNameDto)
  name: InstitutionNameDto;

  /** @example "示范区江北街道" */
  @IsString()
  @Length(1, 100)
  @IsPlainText()
  region: string;
}

/** Where an institution stands and what it may do. What is left out is as for its kind. */
export class PlacementDto {
  /**
   * Left out: an authority is a centre, everybody else a member unit.
   * @example "member-unit"
   */
  @IsOptional()
  @IsIn(TIERS)
  tier?: Tier;

  /**
   * The centre or sub-centre to which it belongs; leave out for none.
   * @example "01a2e7c0-5b7e-7000-8000-000000000009"
   */
  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUUID('all')
  parent?: string;

  /** Forms of outcomes that it gives itself. */
  @ApiPropertyOptional({ enum: OUTCOME_FORMS, isArray: true, example: ['course', 'training'] })
  @IsOptional()
  @IsArray()
  @ArrayUnique()
  @IsIn(OUTCOME_FORMS, { each: true })
  awards?: OutcomeForm[];

  /** Forms of outcomes of others that it may register. */
  @ApiPropertyOptional({ enum: OUTCOME_FORMS, isArray: true, example: ['x-certificate'] })
  @IsOptional()
  @IsArray()
  @ArrayUnique()
  @IsIn(OUTCOME_FORMS, { each: true })
  registers?: OutcomeForm[];

  /**
   * Programmes for which it decides; an empty list for none.
   * @example ["LOGISTICS-3Y"]
   */
  @IsOptional()
  @IsArray()
  @ArrayUnique()
  @ArrayMaxSize(500)
  @Matches(PROGRAMME, { each: true, message: 'use codes of programmes' })
  recognises?: string[];
}

export class NewInstitutionDto extends InstitutionIdentityDto {
  /** An empty object: as for its kind. */
  @IsNested(() => PlacementDto)
  rights: PlacementDto;
}

export class InstitutionSuspensionDto {
  /**
   * Why; shown on its history.
   * @example "办学许可证到期 / its licence has ended"
   */
  @IsString()
  @Length(1, 500)
  @IsPlainText()
  reason: string;
}

/** A fresh institution and how its first manager comes in. */
export class OpenedInstitutionDto {
  institution: InstitutionDto;

  /** For its first manager: hand it over, it is shown this once. */
  @ApiProperty({ type: () => IssuedInvitationDto })
  invitation: IssuedInvitationDto;
}
