import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsObject, IsOptional, IsUUID } from 'class-validator';
import type { JsonObject } from '#libs/credentials';
import { LINES, type LineName, type LineResult } from '#libs/credentials';
import { TextDto } from '../platform/http/index.js';
import type { CredentialKind } from './credentials.store.js';

const RESULTS = ['pass', 'fail', 'not-applicable', 'not-checked'] as const satisfies LineResult[];
const KINDS = ['badge', 'transcript'] as const satisfies CredentialKind[];

export class NewCredentialDto {
  /**
   * The outcome to certify as an Open Badge; left out, all of them as a transcript (CLR).
   * @example "5f6b2a1e-0c4d-8a3b-9e7f-1a2b3c4d5e6f"
   */
  @IsOptional()
  @IsUUID()
  outcome?: string;

  /** Language of its words. */
  @ApiPropertyOptional({ enum: ['zh', 'en'], default: 'zh', example: 'zh' })
  @IsOptional()
  @IsIn(['zh', 'en'])
  language: 'zh' | 'en' = 'zh';

  /** Whether it shows your name. */
  @ApiPropertyOptional({ default: true, example: true })
  @IsOptional()
  @IsBoolean()
  showsName: boolean = true;
}

/** A credential that was handed out. */
export class CredentialSummaryDto {
  /** @example "0199c2a4-5b1e-7c33-8d21-6f0a9b3c4d5e" */
  id: string;

  @ApiProperty({ enum: KINDS, example: 'badge' })
  kind: CredentialKind;

  /**
   * The outcome of a badge.
   * @example "5f6b2a1e-0c4d-8a3b-9e7f-1a2b3c4d5e6f"
   */
  outcome: string | null;

  @ApiProperty({ enum: ['zh', 'en'], example: 'zh' })
  language: 'zh' | 'en';

  /** @example true */
  showsName: boolean;

  /** @example "2026-11-24T02:10:00.000Z" */
  issuedAt: string;
}

/** A credential with the signed document, to keep and to give away. */
export class CredentialDto extends CredentialSummaryDto {
  /** The signed document (W3C Verifiable Credentials 2.0; Open Badges 3.0 or CLR 2.0). */
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    example: { type: ['VerifiableCredential', 'OpenBadgeCredential'] },
  })
  document: JsonObject;

  /**
   * The same as `vc+jwt`, for who does not read JSON-LD.
   * @example "eyJhbGciOiJFZERTQSJ9.eyJ0eXBlIjpbXX0.c2ln"
   */
  jwt: string;
}

export class CredentialPageDto {
  items: CredentialSummaryDto[];

  /** @example "WyIyMDI2LTExLTIzVDA5OjMwOjAwLjAwMFoiLCIwMTk4YzVhMi03YTEwLTcxMjMtOGYwMC0wMTIzNDU2Nzg5YWIiXQ" */
  next: string | null;
}

/** One line of an answer. */
export class CredentialLineDto {
  @ApiProperty({ enum: LINES, example: 'signature' })
  line: LineName;

  @ApiProperty({ enum: RESULTS, example: 'pass' })
  result: LineResult;

  /** @example "signature-right" */
  code: string;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'string' },
    example: { name: '松坪职业学校' },
  })
  params?: Readonly<Record<string, string>>;

  text: TextDto;
}

/** A key that signs credentials, or did. */
export class IssuerKeyDto {
  /** @example "0199c2a4-5b1e-7c33-8d21-6f0a9b3c4d5e" */
  id: string;

  /**
   * Part of its name: `<did>#key-<number>`.
   * @example 1
   */
  number: number;

  /** @example "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2" */
  publicKeyMultibase: string;

  /** @example "2026-11-24T02:10:00.000Z" */
  createdAt: string;

  /**
   * Since when it signs no more; what it signed is still checked by it.
   * @example "2027-11-23T09:30:00.000Z"
   */
  retiredAt: string | null;
}

export class IssuerKeysDto {
  items: IssuerKeyDto[];
}

/** VC-API: what is to be signed. */
export class IssueRequestDto {
  /** An unsigned credential. */
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    example: {
      '@context': ['https://www.w3.org/ns/credentials/v2'],
      type: ['VerifiableCredential'],
      credentialSubject: { id: 'urn:uuid:0199c2a4-5b1e-7c33-8d21-6f0a9b3c4d5e' },
    },
  })
  @IsObject()
  credential: JsonObject;

  /** Read: nothing. Others of the VC-API may be there. */
  @ApiPropertyOptional({ type: 'object', additionalProperties: true, example: {} })
  @IsOptional()
  @IsObject()
  options?: JsonObject;
}

export class IssueQuery {
  @ApiPropertyOptional({
    enum: ['eddsa-rdfc-2022', 'eddsa-jcs-2022'],
    default: 'eddsa-rdfc-2022',
    example: 'eddsa-rdfc-2022',
  })
  @IsOptional()
  @IsIn(['eddsa-rdfc-2022', 'eddsa-jcs-2022'])
  cryptosuite: 'eddsa-rdfc-2022' | 'eddsa-jcs-2022' = 'eddsa-rdfc-2022';
}

/** VC-API: a signed credential. */
export class VerifyCredentialDto {
  @ApiProperty({ type: 'object', additionalProperties: true, example: {} })
  @IsObject()
  verifiableCredential: JsonObject;

  @ApiPropertyOptional({ type: 'object', additionalProperties: true, example: {} })
  @IsOptional()
  @IsObject()
  options?: JsonObject;
}

/** VC-API: a presentation. */
export class VerifyPresentationDto {
  @ApiProperty({ type: 'object', additionalProperties: true, example: {} })
  @IsObject()
  verifiablePresentation: JsonObject;

  /** `domain` and `challenge`: for whom and in answer to what it must be signed. */
  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    example: { domain: 'office.example', challenge: '3f1c' },
  })
  @IsOptional()
  @IsObject()
  options?: JsonObject;
}

/** VC-API: it stands. */
export class VerifiedDto {
  verified: true;

  @ApiProperty({ type: [CredentialLineDto] })
  lines: readonly CredentialLineDto[];
}
