import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { formatCredits, formatHours } from '#libs/credit';
import { IsPlainText, type Page, PageQuery, TextDto } from '../platform/http/index.js';
import {
  CONTEST_TIERS,
  type ContestTier,
  OUTCOME_KINDS,
  type OutcomeDefinition,
  type OutcomeForm,
  type OutcomeKind,
  type OutcomeSource,
  type Registration,
} from './definition.js';

export class CatalogueQueryDto extends PageQuery {
  /**
   * Searches code, titles and aliases; case, width and punctuation do not matter.
   * @example "web 前端"
   */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  @IsPlainText()
  q?: string;

  /**
   * Only outcomes of this kind.
   * @example "vocational-certificate"
   */
  @IsOptional()
  @IsIn(OUTCOME_KINDS)
  kind?: OutcomeKind;

  /**
   * Only outcomes of the institution with this code.
   * @example "yuanhang-assessment"
   */
  @IsOptional()
  @IsString()
  @MaxLength(100)
  @IsPlainText()
  institution?: string;
}

export class OutcomeOwnerDto {
  /** @example "01a2e7c0-5b7e-7000-8000-000000000001" */
  id: string;

  /** @example "SPB-VEC" */
  code: string;

  name: TextDto;
}

export class CategoryDto {
  /** @example "skill" */
  code: string;

  title: TextDto;
}

/** An outcome that can be earned. Null: the catalogue does not know, or does not limit. */
export class OutcomeDefinitionDto {
  /** @example "01a2e7c0-5b7e-7000-8000-000000000091" */
  id: string;

  /**
   * The code under which completions are posted.
   * @example "X-WEB-1"
   */
  code: string;

  /** @example "vocational-certificate" */
  kind: OutcomeKind;

  /** @example "x-certificate" */
  form: OutcomeForm;

  institution: OutcomeOwnerDto;

  title: TextDto;

  /** @example ["Web前端开发（初级）"] */
  aliases: string[];

  category: CategoryDto;

  /**
   * What conversion rules select and cap by.
   * @example "certificate"
   */
  source: OutcomeSource;

  /**
   * Credits as a decimal string.
   * @example "4"
   */
  credits: string | null;

  /**
   * Hours of work as a decimal string.
   * @example "64"
   */
  hours: string | null;

  /** @example "x-certificate" */
  levelScale: string | null;

  /** @example "初级" */
  level: string | null;

  /** @example "percent" */
  gradeScale: string | null;

  /** @example "60" */
  passGrade: string | null;

  /** @example 80 */
  minAttendancePercent: number | null;

  /** @example 84 */
  shelfLifeMonths: number | null;

  /**
   * `owner`: only the institution itself posts it; `members`: any institution may.
   * @example "members"
   */
  registration: Registration;

  /**
   * First day of completion that is accepted.
   * @example "2024-01-01"
   */
  openFrom: string | null;

  /**
   * Last day of completion that is accepted.
   * @example "2028-12-31"
   */
  openTo: string | null;

  /**
   * The step in a life that it marks, which the plan's indicators count; null for what is just
   * learned.
   * @example "secondary-graduation"
   */
  milestone: string | null;

  /**
   * Of an apprenticeship: the code of the part that the enterprise posts. The school's is accepted
   * only beside it, and goes when it is taken back.
   * @example "ZJ-CNC-POST"
   */
  counterpart: string | null;

  /** Who organises a contest (国赛, 市赛, 区赛); null for everything else. */
  @ApiProperty({ enum: CONTEST_TIERS, nullable: true, example: 'municipal' })
  contestTier: ContestTier | null;
}

export class CataloguePageDto {
  items: OutcomeDefinitionDto[];

  /**
   * Send it as `after` for the next page; null when this is the last.
   * @example "WyJYLVdFQi0xIl0"
   */
  next: string | null;
}

export function toDefinitionDto(definition: OutcomeDefinition): OutcomeDefinitionDto {
  const { aliases, category, credits, minutes, ...same } = definition;
  return {
    ...same,
    aliases: [...aliases],
    category: { code: category.code, title: category.title },
    credits: credits === null ? null : formatCredits(credits),
    hours: minutes === null ? null : formatHours(minutes),
    milestone: definition.milestone ?? null,
    counterpart: definition.counterpart ?? null,
    contestTier: definition.contestTier ?? null,
  };
}

export function toCataloguePageDto(page: Page<OutcomeDefinition>): CataloguePageDto {
  return { items: page.items.map(toDefinitionDto), next: page.next };
}
