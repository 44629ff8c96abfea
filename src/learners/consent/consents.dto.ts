import {
  ArrayMaxSize,
  ArrayNotEmpty,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Max,
  Min,
} from 'class-validator';
import { IsPlainText } from '../../platform/http/index.js';
import { PERSON_FIELDS, type PersonField } from '../access/reading.js';

export class NewConsentDto {
  /**
   * Left out by a learner, who gives it about the own data; a clerk at a counter names the learner.
   * @example "01a2e7c0-5b7e-7123-8000-000000000003"
   */
  @IsOptional()
  @IsUUID()
  learner?: string;

  /**
   * Code of the institution that may see it.
   * @example "YC-COLLEGE"
   */
  @IsString()
  @Length(1, 40)
  receiver: string;

  /** @example "Admission to logistics, autumn 2026" */
  @IsString()
  @Length(1, 200)
  @IsPlainText()
  purpose: string;

  /** @example ["name", "outcomes"] */
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(PERSON_FIELDS.length)
  @IsIn(PERSON_FIELDS, { each: true })
  fields: PersonField[];

  /**
   * How long it holds.
   * @example 30
   */
  @IsInt()
  @Min(1)
  @Max(730)
  days: number;

  /** Ends with the first look. */
  @IsOptional()
  @IsBoolean()
  once?: boolean;

  /**
   * Of a consent given at a counter: where the signed paper is kept.
   * @example "counter 3, folder 2026-11, sheet 17"
   */
  @IsOptional()
  @IsString()
  @Length(1, 200)
  @IsPlainText()
  record?: string;
}

export class ConsentReceiverDto {
  /** @example "YC-COLLEGE" */
  code: string;

  /** @example "渝城职业学院" */
  zh: string;

  /** @example "Yucheng College" */
  en: string;
}

export class ConsentDto {
  /** @example "01a2e7c0-5b7e-7000-8000-000000000081" */
  id: string;

  receiver: ConsentReceiverDto;

  /** @example "Admission to logistics, autumn 2026" */
  purpose: string;

  /** @example ["name", "outcomes"] */
  fields: string[];

  once: boolean;

  /** @example "active" */
  state: 'active' | 'spent' | 'ended' | 'withdrawn';

  /** @example "2026-11-23T09:30:00.000Z" */
  createdAt: string;

  /** @example "2026-12-23T09:30:00.000Z" */
  endsAt: string;

  /** @example "2026-11-24T02:10:00.000Z" */
  spentAt: string | null;

  /** @example "2026-11-25T03:00:00.000Z" */
  withdrawnAt: string | null;

  /** @example "counter 3, folder 2026-11, sheet 17" */
  record: string | null;
}

export class ConsentListDto {
  items: ConsentDto[];
}
