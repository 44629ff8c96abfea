import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, IsUUID, Length, Matches } from 'class-validator';
import { IsMoment, IsPlainText, PageQuery } from '../platform/http/index.js';

export class HistoryQuery extends PageQuery {
  /**
   * Only the history of this institution.
   * @example "01a2e7c0-5b7e-7000-8000-000000000001"
   */
  @IsOptional()
  @IsUUID('all')
  institution?: string;

  /** Only what was done to things of this kind: `api-key`, `account`, `rule`, `proposal`. */
  @ApiPropertyOptional({ example: 'api-key' })
  @IsOptional()
  @Matches(/^[a-z]+(-[a-z]+)*$/)
  @Length(1, 60)
  kind?: string;

  /** Only what was done to the key, account or agreement with this id. */
  @ApiPropertyOptional({ example: '01a2e7c0-5b7e-7000-8000-000000000004' })
  @IsOptional()
  @IsString()
  @Length(1, 200)
  @IsPlainText()
  subject?: string;

  /** Only what this account or key did. */
  @ApiPropertyOptional({ example: '01a2e7c0-5b7e-7000-8000-000000000002' })
  @IsOptional()
  @IsString()
  @Length(1, 100)
  @IsPlainText()
  actor?: string;

  /** Only what was done from this moment on. */
  @ApiPropertyOptional({ example: '2026-11-01T00:00:00Z' })
  @IsOptional()
  @IsMoment()
  from?: string;

  /** Only what was done before this moment. */
  @ApiPropertyOptional({ example: '2026-12-01T00:00:00Z' })
  @IsOptional()
  @IsMoment()
  to?: string;
}

/** A change of what people and systems may do. */
export class AdministrativeEventDto {
  /** @example "01a2e7c0-5b7e-7000-8000-000000000009" */
  id: string;

  /**
   * On whose history it stands; null for the bank as a whole.
   * @example "01a2e7c0-5b7e-7000-8000-000000000001"
   */
  institutionId: string | null;

  /** @example "api-key" */
  subjectKind: string;

  /** @example "01a2e7c0-5b7e-7000-8000-000000000004" */
  subjectId: string;

  /** @example "revoked" */
  action: string;

  /**
   * Id of the account or key that made the change.
   * @example "01a2e7c0-5b7e-7000-8000-000000000002"
   */
  actor: string;

  /** @example "教务处 王老师" */
  actorName: string;

  /** @example "01a2e7c0-5b7e-7000-8000-000000000001" */
  actorInstitutionId: string | null;

  /** What it was; null for what is new. */
  @ApiProperty({ type: Object, nullable: true, example: { revokedAt: null } })
  before: Record<string, unknown> | null;

  /** What it is now; null for what is gone. */
  @ApiProperty({ type: Object, nullable: true, example: { revokedAt: '2026-11-23T09:30:00.000Z' } })
  after: Record<string, unknown> | null;

  /** @example "密钥已泄露 / the key has leaked" */
  note: string | null;

  /** @example "2026-11-23T09:30:00.000Z" */
  recordedAt: Date;
}

export class AdministrativeEventPageDto {
  items: AdministrativeEventDto[];

  /**
   * Send it as `after` for the next page; null when this is the last.
   * @example "WyIwMWEyZTdjMC01YjdlLTcwMDAtODAwMC0wMDAwMDAwMDAwMDkiXQ"
   */
  next: string | null;
}
