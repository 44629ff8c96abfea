import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsOptional,
  IsString,
  Length,
  Matches,
  ValidateNested,
} from 'class-validator';
import { IsDay, IsNested, IsPlainText, TextDto } from '../platform/http/index.js';
import { OUTCOME_FORMS, type OutcomeForm } from '../institutions/index.js';
import { type AgreementState, QUOTA_PERIODS, type QuotaPeriod } from './agreement.js';

const CREDITS = /^(0|[1-9]\d{0,8})(\.\d{1,3})?$/;
const INSTITUTION = /^[A-Za-z0-9][A-Za-z0-9-]{1,39}$/;

export class AgreementTitleDto {
  /** @example "成渝学习成果互认协议" */
  @IsString()
  @Length(1, 200)
  @IsPlainText()
  zh: string;

  /** @example "Agreement of Chongqing and Sichuan on mutual recognition" */
  @IsString()
  @Length(1, 200)
  @IsPlainText()
  en: string;
}

/** One side, and how much it takes of the others. */
export class NewPartyDto {
  /**
   * Code of the institution that signs.
   * @example "college"
   */
  @Matches(INSTITUTION, { message: 'use the code of an institution' })
  institution: string;

  /**
   * Whether it signs for all institutions below it, as the centre or sub-centre of a region.
   * @example false
   */
  @IsOptional()
  @IsBoolean()
  withMembers?: boolean;

  /**
   * Credits that it accepts of one learner at most.
   * @example "20"
   */
  @Matches(CREDITS, { message: 'use credits with at most three decimals' })
  accepts: string;

  /**
   * Credits that it accepts of all learners at most; leave out for no limit.
   * @example "2000"
   */
  @IsOptional()
  @Matches(CREDITS, { message: 'use credits with at most three decimals' })
  quota?: string;

  /**
   * Whether the quota is for each year, or for the whole of its time; a year when left out.
   * @example "year"
   */
  @IsOptional()
  @IsIn(QUOTA_PERIODS)
  quotaPer?: QuotaPeriod;
}

export class NewAgreementDto {
  /**
   * The name under which rules rest on it (`under`).
   * @example "chengyu"
   */
  @Matches(/^[a-z0-9][a-z0-9.-]{0,79}$/, {
    message: 'use at most 80 lower-case letters, digits, dots and hyphens',
  })
  code: string;

  @IsNested(() => AgreementTitleDto)
  title: AgreementTitleDto;

  /**
   * On what it rests.
   * @example "2020-04-27 框架协议 / framework agreement"
   */
  @IsString()
  @Length(1, 500)
  @IsPlainText()
  basis: string;

  /** @example "2026-12-01" */
  @IsDay()
  from: string;

  /** @example "2030-04-26" */
  @IsDay()
  to: string;

  /** Forms of outcomes it is about; leave out for all. */
  @ApiPropertyOptional({ enum: OUTCOME_FORMS, isArray: true, example: ['course'] })
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayUnique()
  @IsIn(OUTCOME_FORMS, { each: true })
  forms?: OutcomeForm[];

  /**
   * Levels of outcomes it is about, as outcomes state them; leave out for all.
   * @example ["中级", "高级"]
   */
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @ArrayUnique()
  @IsString({ each: true })
  @Length(1, 50, { each: true })
  @IsPlainText({ each: true })
  levels?: string[];

  /**
   * Programmes it is about; leave out for all of the parties.
   * @example ["CHENGYU-CQ"]
   */
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(500)
  @ArrayUnique()
  @Matches(/^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/, { each: true, message: 'use codes of programmes' })
  programmes?: string[];

  /** Two or more, your own among them. */
  @ApiProperty({
    type: () => [NewPartyDto],
    example: [
      { institution: 'cq-college', accepts: '20', quota: '2000', quotaPer: 'year' },
      { institution: 'sichuan', withMembers: true, accepts: '20' },
    ],
  })
  @IsArray()
  @ArrayMinSize(2)
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => NewPartyDto)
  parties: NewPartyDto[];
}

export class AgreementNoteDto {
  /**
   * What the other parties read.
   * @example "同意 / agreed"
   */
  @IsOptional()
  @IsString()
  @Length(1, 500)
  @IsPlainText()
  note?: string;
}

export class AgreementEndDto {
  /**
   * The last day on which it still holds, today or later.
   * @example "2027-08-31"
   */
  @IsDay()
  endsOn: string;

  /**
   * What the other parties read.
   * @example "专业已停办 / the programme has ended"
   */
  @IsString()
  @Length(1, 500)
  @IsPlainText()
  reason: string;
}

/** One side of an agreement on record. */
export class SignedPartyDto {
  /** @example "cq-college" */
  institution: string;

  institutionName: TextDto;

  /** Whether it signs for all institutions below it. */
  withMembers: boolean;

  /** @example "20" */
  accepts: string;

  /** @example "2000" */
  quota: string | null;

  /** @example "year" */
  quotaPer: QuotaPeriod | null;

  /**
   * What is left of the quota now; null where there is none.
   * @example "1988"
   */
  quotaLeft: string | null;

  /** @example "accepted" */
  said: 'accepted' | 'refused' | null;
}

/** What the parties of an agreement have signed. */
export class SignedAgreementDto {
  /** @example "chengyu" */
  code: string;

  title: TextDto;

  /** @example "2020-04-27 框架协议 / framework agreement" */
  basis: string;

  /** @example "in-force" */
  state: AgreementState;

  /** @example "2026-12-01" */
  from: string;

  /** @example "2030-04-26" */
  to: string;

  /**
   * The last day for which a party gave notice; null as long as none did.
   * @example "2027-08-31"
   */
  endsOn: string | null;

  /** Null: about all of them. */
  @ApiProperty({ enum: OUTCOME_FORMS, isArray: true, nullable: true, example: ['course'] })
  forms: readonly OutcomeForm[] | null;

  /** Null: about all of them. */
  @ApiProperty({ type: [String], nullable: true, example: ['中级'] })
  levels: readonly string[] | null;

  /** Null: about all of the parties. */
  @ApiProperty({ type: [String], nullable: true, example: ['CHENGYU-CQ'] })
  programmes: readonly string[] | null;

  parties: SignedPartyDto[];
}
