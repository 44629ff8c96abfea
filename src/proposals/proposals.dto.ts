import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsOptional, IsString, Length, Matches } from 'class-validator';
import { ROLES, type Role } from '../platform/auth/index.js';
import { IsPlainText, PageQuery } from '../platform/http/index.js';
import { REASONS_FOR_TWO, type ReasonForTwo } from './proposal.js';

/** SHA-256 as it is sent: 64 digits. */
export const DIGEST = /^[0-9a-f]{64}$/;

const EXAMPLE_DIGEST = '9f2c7d3a51b84e60a7c1d2e3f4051627384950a1b2c3d4e5f60718293a4b5c6d';

export class ProposalsQuery extends PageQuery {
  /** `true`: only those that wait for a second person. */
  @ApiPropertyOptional({ example: true })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) =>
    value === 'true' ? true : value === 'false' ? false : value,
  )
  @IsBoolean({ message: 'send open=true or open=false' })
  open?: boolean;
}

export class ConfirmationDto {
  /** The digest of the proposal that was read: nothing else is agreed to. */
  @ApiProperty({ example: EXAMPLE_DIGEST })
  @Matches(DIGEST)
  digest: string;
}

export class ProposalRefusalDto {
  /**
   * Why; whoever proposed it reads it.
   * @example "材料不足，请补充后重新提出 / the evidence is not enough"
   */
  @IsString()
  @IsPlainText()
  @Length(1, 300)
  reason: string;
}

/** What one person wants to do and another has to confirm. */
export class ProposalDto {
  /** @example "01a2e7c0-5b7e-7000-8000-000000000009" */
  id: string;

  /** Whose people decide; null for people of the bank itself. */
  @ApiProperty({ nullable: true, type: String, example: '01a2e7c0-5b7e-7000-8000-000000000001' })
  institutionId: string | null;

  /** @example "outcome-revocation" */
  kind: string;

  /**
   * Id of what it is about.
   * @example "01a2e7c0-5b7e-7000-8000-000000000004"
   */
  subjectId: string;

  /** `open` waits for a second person; what is `expired` can be proposed anew. */
  @ApiProperty({ enum: ['open', 'confirmed', 'refused', 'withdrawn', 'expired'], example: 'open' })
  state: 'open' | 'confirmed' | 'refused' | 'withdrawn' | 'expired';

  /** Why one person is not enough. */
  @ApiProperty({ enum: REASONS_FOR_TWO, isArray: true, example: ['credits'] })
  why: ReasonForTwo[];

  /** How much it would change, in numbers. */
  @ApiProperty({
    type: Object,
    example: { learners: 1, outcomes: 1, credits: '96', conversions: 3, awards: 1 },
  })
  summary: Record<string, string | number>;

  /** Of everything that it would change: send it with the confirmation. */
  @ApiProperty({ example: EXAMPLE_DIGEST })
  digest: string;

  /** @example "成绩登记有误 / grade entered by mistake" */
  reason: string;

  /** @example "01a2e7c0-5b7e-7000-8000-000000000002" */
  proposedBy: string;

  /** @example "教务处 王老师" */
  proposedByName: string;

  /** @example "2026-11-26T09:30:00.000Z" */
  proposedAt: Date;

  /** @example "2026-12-03T09:30:00.000Z" */
  expiresAt: Date;

  @ApiProperty({ nullable: true, type: String, example: null })
  decidedBy: string | null;

  @ApiProperty({ nullable: true, type: String, example: null })
  decidedByName: string | null;

  @ApiProperty({ nullable: true, type: Date, example: null })
  decidedAt: Date | null;

  /** Why it was refused or withdrawn. */
  @ApiProperty({ nullable: true, type: String, example: null })
  decisionReason: string | null;

  /** Id of what came of it: an outcome, an order, an account. */
  @ApiProperty({ nullable: true, type: String, example: null })
  resultId: string | null;
}

/** Why somebody cannot decide a proposal. */
export const WHY_NOT = ['proposer', 'other-institution', 'other-role', 'closed'] as const;

export type WhyNot = (typeof WHY_NOT)[number];

/** A proposal for who is to decide it. */
export class ProposalDetailDto extends ProposalDto {
  /** What it is about, by ids and codes; no person is named in it. */
  @ApiProperty({ type: Object, example: { outcomeId: '01a2e7c0-5b7e-7000-8000-000000000004' } })
  about: Record<string, unknown>;

  /** Whose confirmation counts. */
  @ApiProperty({ enum: ROLES, isArray: true, example: ['registrar', 'issuer'] })
  deciders: Role[];

  /** Whether any institution's people decide, or only those of the one that it belongs to. */
  @ApiProperty({ example: false })
  isBankWide: boolean;

  /**
   * Why you cannot confirm it; null when you can. `proposer`: you, by whatever account or key,
   * proposed it; you can take it back.
   */
  @ApiProperty({ enum: WHY_NOT, nullable: true, type: String, example: 'proposer' })
  whyNot: WhyNot | null;
}

export class ProposalPageDto {
  items: ProposalDto[];

  /** Send it as `after` for the next page; null when this is the last. */
  @ApiProperty({ nullable: true, type: String, example: null })
  next: string | null;
}
