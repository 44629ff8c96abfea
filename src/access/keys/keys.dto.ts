import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { type Role, SCOPES, STAFF_ROLES, type Scope } from '../../platform/auth/index.js';
import { IsMoment, IsPlainText } from '../../platform/http/index.js';

export class NewKeyDto {
  /**
   * What the key is for.
   * @example "教务系统 / student information system"
   */
  @IsString()
  @Length(1, 80)
  @IsPlainText()
  label: string;

  /** None that you do not have yourself. */
  @ApiProperty({ enum: STAFF_ROLES, isArray: true, example: ['registrar'] })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayUnique()
  @IsIn(STAFF_ROLES, { each: true })
  roles: Role[];

  /** What it may do of all that its roles may. */
  @ApiProperty({ enum: SCOPES, isArray: true, example: ['imports:read', 'imports:write'] })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayUnique()
  @IsIn(SCOPES, { each: true })
  scopes: Scope[];

  /**
   * Addresses or networks (CIDR) from which it may be used; leave out for everywhere.
   * @example ["203.0.113.0/24"]
   */
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @IsString({ each: true })
  @MaxLength(50, { each: true })
  addresses?: string[];

  /**
   * A year from now at most, and when it is left out.
   * @example "2027-06-30T16:00:00Z"
   */
  @IsOptional()
  @IsMoment()
  expiresAt?: string;

  /** Of a client that signs (private_key_jwt) and then has no secret: a JWK, Ed25519 or P-256. */
  @ApiPropertyOptional({
    type: Object,
    example: { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' },
  })
  @IsOptional()
  @IsObject()
  publicKey?: Record<string, unknown>;
}

export class KeyRotationDto {
  /**
   * For how many hours the old key works on, 0 to 168.
   * @example 24
   */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(168)
  overlapHours?: number;
}

/** A fresh key: shown this once. */
export class IssuedKeyDto {
  /** @example "01a2e7c0-5b7e-7000-8000-000000000004" */
  id: string;

  /** @example "cb_4kTb09Xq" */
  clientId: string;

  /**
   * Send it as a bearer token, or as the secret of the OAuth 2.0 client. Null for a client that signs.
   * @example "cb_4kTb09Xq_TnQh2v8LrW0c5ZyKd7JfMb3xGsPa9eUi"
   */
  key: string | null;
}

export class RotatedKeyDto extends IssuedKeyDto {
  /**
   * When the old key ends.
   * @example "2026-11-24T09:30:00.000Z"
   */
  oldExpiresAt: Date;
}

/** A key as its institution sees it; never the secret. */
export class KeyDto {
  /** @example "01a2e7c0-5b7e-7000-8000-000000000004" */
  id: string;

  /** @example "cb_4kTb09Xq" */
  clientId: string;

  /** @example "教务系统 / student information system" */
  label: string;

  /**
   * How it shows who it is.
   * @example "secret"
   */
  signsIn: 'secret' | 'signature';

  /** @example ["registrar"] */
  roles: Role[];

  /** Null: all that its roles may. */
  @ApiProperty({ enum: SCOPES, isArray: true, nullable: true, example: ['imports:write'] })
  scopes: Scope[] | null;

  /**
   * Null: from everywhere.
   * @example ["203.0.113.0/24"]
   */
  addresses: string[] | null;

  /** @example "2026-11-23T09:30:00.000Z" */
  createdAt: Date;

  /**
   * Id of the account that made it; null when the operator's commands did.
   * @example "01a2e7c0-5b7e-7000-8000-000000000002"
   */
  createdBy: string | null;

  /** @example "2027-06-30T16:00:00.000Z" */
  expiresAt: Date;

  /**
   * To the minute; null when it was never used.
   * @example "2026-11-24T02:10:00.000Z"
   */
  lastUsedAt: Date | null;

  /** @example "2027-01-15T01:20:00.000Z" */
  revokedAt: Date | null;

  /**
   * Id of the key that took its place.
   * @example "01a2e7c0-5b7e-7000-8000-000000000005"
   */
  replacedBy: string | null;
}

export class KeyPageDto {
  items: KeyDto[];

  /**
   * Send it as `after` for the next page; null when this is the last.
   * @example "WyIwMWEyZTdjMC01YjdlLTcwMDAtODAwMC0wMDAwMDAwMDAwMDQiXQ"
   */
  next: string | null;
}
