import { IsIn, IsOptional, IsString, Length, Matches, MaxLength } from 'class-validator';
import { IsNested, IsPlainText, PageQuery, TextDto } from '../../platform/http/index.js';
import { InstitutionIdentityDto, PlacementDto } from '../administration.dto.js';
import type { InstitutionKind } from '../institution.js';
import { REQUEST_STATES, type RequestState } from './institution-request.js';

export class NewInstitutionRequestDto extends InstitutionIdentityDto {
  /**
   * An office and how to reach it; no person.
   * @example "教务处 010-8000 0000 / registry"
   */
  @IsString()
  @Length(3, 200)
  @IsPlainText()
  contact: string;

  /**
   * What the institution wants to do here.
   * @example "登记物流专业课程成绩 / post results of its courses in logistics"
   */
  @IsString()
  @Length(3, 1000)
  @IsPlainText()
  purpose: string;
}

/** Keep the receipt: it is how you ask what became of the request, and it is shown this once. */
export class InstitutionRequestReceiptDto {
  /** @example "01a2e7c0-5b7e-7000-8000-000000000041" */
  id: string;

  /** @example "pV3mT0sWqYb8nQzL4kXc7RfGhJdA2uEi" */
  receipt: string;

  /** @example "waiting" */
  state: RequestState;
}

export class InstitutionReceiptDto {
  /** @example "pV3mT0sWqYb8nQzL4kXc7RfGhJdA2uEi" */
  @IsString()
  @MaxLength(100)
  @IsPlainText()
  receipt: string;
}

/** What became of a request, for whoever holds its receipt. */
export class InstitutionRequestStateDto {
  /** @example "jiangbei-vocational" */
  code: string;

  /** @example "accepted" */
  state: RequestState;

  /**
   * Why it was refused.
   * @example "缺少办学许可 / no licence was shown"
   */
  reason: string | null;

  /**
   * The institution that came of it.
   * @example "01a2e7c0-5b7e-7000-8000-000000000001"
   */
  institutionId: string | null;
}

export class InstitutionRequestDto extends InstitutionRequestStateDto {
  /** @example "01a2e7c0-5b7e-7000-8000-000000000041" */
  id: string;

  /** @example "school" */
  kind: InstitutionKind;

  name: TextDto;

  /** @example "示范区江北街道" */
  region: string;

  /** @example "教务处 010-8000 0000 / registry" */
  contact: string;

  /** @example "登记物流专业课程成绩 / post results of its courses in logistics" */
  purpose: string;

  /** @example "2026-11-26T09:30:00.000Z" */
  createdAt: Date;

  /** @example "2026-11-27T02:10:00.000Z" */
  decidedAt: Date | null;
}

export class InstitutionRequestPageDto {
  items: InstitutionRequestDto[];

  /**
   * Send it as `after` for the next page; null when this is the last.
   * @example "WyIwMWEyZTdjMC01YjdlLTcwMDAtODAwMC0wMDAwMDAwMDAwNDEiXQ"
   */
  next: string | null;
}

export class InstitutionRequestsQuery extends PageQuery {
  /**
   * Only requests in this state.
   * @example "waiting"
   */
  @IsOptional()
  @IsIn(REQUEST_STATES)
  state?: RequestState;
}

export class AcceptedRequestDto {
  /**
   * In place of the code that was asked for.
   * @example "jiangbei-vec"
   */
  @IsOptional()
  @Matches(/^[A-Za-z0-9][A-Za-z0-9-]{1,39}$/, {
    message: 'use 2 to 40 letters, digits and hyphens',
  })
  code?: string;

  /** An empty object: as for its kind. */
  @IsNested(() => PlacementDto)
  rights: PlacementDto;
}

export class RefusedRequestDto {
  /**
   * Why; whoever asked sees it.
   * @example "缺少办学许可 / no licence was shown"
   */
  @IsString()
  @Length(1, 500)
  @IsPlainText()
  reason: string;
}
