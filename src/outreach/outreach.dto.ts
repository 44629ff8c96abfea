import { ApiProperty } from '@nestjs/swagger';
import { IsInt, IsOptional, IsString, IsUUID, Length, Matches, Max, Min } from 'class-validator';
import { IsPlainText } from '../platform/http/index.js';

/** A guardian's consent to records of a child. */
export class NewOutreachConsentDto {
  /**
   * For a clerk of the school: the guardianship that the school recorded.
   * @example "01a2e7c0-5b7e-7000-8000-000000000071"
   */
  @IsOptional()
  @IsUUID()
  guardianship?: string;

  /**
   * For a clerk: where the paper is kept that the guardian signed.
   * @example "教务处柜3，2026秋同意书第12页"
   */
  @IsOptional()
  @IsString()
  @Length(1, 200)
  @IsPlainText()
  record?: string;

  /**
   * For a guardian who is signed in and acts for the child: code of the school.
   * @example "qinghe-primary"
   */
  @IsOptional()
  @IsString()
  @Length(1, 60)
  @IsPlainText()
  institution?: string;

  /**
   * How long it holds; never past the eighteenth birthday.
   * @example 365
   */
  @IsInt()
  @Min(1)
  @Max(730)
  days: number;
}

export class OutreachConsentDto {
  /** @example "01a2e7c0-5b7e-7000-8000-000000000082" */
  id: string;

  /**
   * Null in the list of a school: whose it is stands on the paper, and nobody is shown in passing.
   * @example "01a2e7c0-5b7e-7123-8000-000000000003"
   */
  learnerId: string | null;

  /**
   * Code of the school that may post.
   * @example "qinghe-primary"
   */
  institution: string;

  /** @example "active" */
  state: 'active' | 'ended' | 'withdrawn';

  /**
   * Where the signed paper is kept; null when the guardian was signed in.
   * @example "教务处柜3，2026秋同意书第12页"
   */
  record: string | null;

  /** @example "2026-11-23T09:30:00.000Z" */
  createdAt: string;

  /** @example "2027-11-23T09:30:00.000Z" */
  endsAt: string;

  /** @example "2026-12-01T02:00:00.000Z" */
  withdrawnAt: string | null;
}

export class OutreachConsentPageDto {
  items: OutreachConsentDto[];

  /**
   * Cursor of the next page; null on the last.
   * @example "WyIyMDI2LTExLTIzVDA5OjMwOjAwLjAwMFoiLCIwMWEyZTdjMCJd"
   */
  next: string | null;
}

export class OutreachFiguresQuery {
  /**
   * Code of a school; left out for your own.
   * @example "qinghe-primary"
   */
  @IsOptional()
  @IsString()
  @Length(1, 60)
  @IsPlainText()
  institution?: string;

  /**
   * A calendar year, or a school year `2025-2026`; left out for this year.
   * @example "2025-2026"
   */
  @IsOptional()
  @Matches(/^\d{4}(-\d{4})?$/, { message: 'use 2026, or 2025-2026 for a school year' })
  period?: string;
}

export class OutreachFigureDto {
  @ApiProperty({
    enum: ['labour-education', 'vocational-enlightenment'],
    example: 'labour-education',
  })
  form: 'labour-education' | 'vocational-enlightenment';

  /**
   * How many pupils have such a record; null when they are fewer than ten.
   * @example "126"
   */
  pupils: string | null;

  /** @example false */
  suppressed: boolean;
}

/** Numbers of one school, never of single pupils. */
export class OutreachFiguresDto {
  /** @example "qinghe-primary" */
  institution: string;

  /** @example "2025-2026" */
  period: string;

  /** @example "2025-09-01" */
  from: string;

  /** @example "2026-08-31" */
  to: string;

  forms: OutreachFigureDto[];
}
