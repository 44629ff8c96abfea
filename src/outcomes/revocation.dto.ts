import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsOptional, IsString, Length, Matches } from 'class-validator';
import { BalancesDto, EntryDto } from '../ledger/index.js';
import { IsPlainText, NamesNobody, TextDto } from '../platform/http/index.js';
import { DIGEST, REASONS_FOR_TWO, type ReasonForTwo } from '../proposals/index.js';
import { OutcomeDto } from './outcomes.dto.js';

export class RevocationDto {
  /**
   * Why the outcome is taken back; the learner reads it.
   * @example "成绩登记有误 / grade entered by mistake"
   */
  @IsString()
  @IsPlainText()
  @NamesNobody()
  @Length(1, 300)
  reason: string;

  /**
   * The `digest` of the preview that was seen. What takes two people is then proposed; something else
   * than was seen is refused.
   * @example "9f2c7d3a51b84e60a7c1d2e3f4051627384950a1b2c3d4e5f60718293a4b5c6d"
   */
  @IsOptional()
  @Matches(DIGEST)
  digest?: string;
}

export class RevocationQuery {
  /**
   * `true`: only tell what would happen. Nothing is changed.
   * @example true
   */
  @IsOptional()
  @Transform(({ value }: { value: unknown }) =>
    value === 'true' ? true : value === 'false' ? false : value,
  )
  @IsBoolean({ message: 'send preview=true or preview=false' })
  preview?: boolean;
}

export class RestingInstitutionDto {
  /** @example "01a2e7c0-5b7e-7000-8000-000000000001" */
  id: string;

  /** @example "yucheng-college" */
  code: string;

  name: TextDto;
}

/** One thing that a booked decision gave. */
export class RestingGrantDto {
  /**
   * `credit`, `exemption`, `score` or `right`.
   * @example "credit"
   */
  effect: string;

  /**
   * Id of the rule that gave it.
   * @example "logistics-base"
   */
  rule: string;

  title: TextDto;

  /**
   * Course that was replaced or exempted.
   * @example "LOG-101"
   */
  course: string | null;

  courseTitle: TextDto | null;

  /** @example "4" */
  credits: string;

  /**
   * The score, or the name of the exam or right.
   * @example "theory-exam"
   */
  value: string | null;
}

/** An application that cannot stay as it is. */
export class RestingConversionDto {
  /** @example "0198c5a2-7a10-7123-8f00-0123456789ab" */
  applicationId: string;

  /** @example "YC-LOG-2026" */
  programme: string;

  title: TextDto;

  /** The institution that decided or is deciding. */
  institution: RestingInstitutionDto;

  /**
   * A booked conversion is reversed; one under review is evaluated again.
   * @example "reversed"
   */
  fate: 'reversed' | 'evaluated-again';

  /**
   * `outcome`: it rests on the outcome itself. `reversed-conversion`: a right or an award of it
   * rests on the credit of a conversion that is reversed.
   * @example "outcome"
   */
  because: 'outcome' | 'reversed-conversion';

  /**
   * Null while it is under review.
   * @example "2026-11-23T09:30:00.000Z"
   */
  bookedAt: string | null;

  /** Whether it completed its programme, so that a degree or diploma rests on it. */
  award: boolean;

  /** What it gave, or would give. */
  grants: RestingGrantDto[];
}

/** Credit of another outcome that a reversed conversion had used; it comes back. */
export class ReturnedCreditDto {
  /** @example "5f6b2a1e-0c4d-8a3b-9e7f-1a2b3c4d5e6f" */
  outcomeId: string;

  title: TextDto;

  /** @example "7" */
  amount: string;

  /** True when its last day is over: it comes back and expires at once. */
  expires: boolean;
}

/** A live code that shows the outcome. For whom and what for is the learner's own business. */
export class RestingShareDto {
  /** @example "01a2e7c0-5b7e-7000-8000-000000000011" */
  id: string;

  /** @example "2026-11-23T09:30:00.000Z" */
  createdAt: string;

  /** @example "2026-12-23T09:30:00.000Z" */
  expiresAt: string;

  /**
   * How often it was opened.
   * @example 2
   */
  opened: number;

  /** @example "2026-11-24T02:10:00.000Z" */
  lastOpenedAt: string | null;
}

/** An institution that may have admitted the learner because of the outcome. */
export class RestingAdmissionDto {
  institution: RestingInstitutionDto;

  /**
   * `conversion`: it booked one. `shown`: it opened a share.
   * @example "shown"
   */
  because: 'conversion' | 'shown';

  /**
   * Id of the application or of the share.
   * @example "01a2e7c0-5b7e-7000-8000-000000000011"
   */
  id: string;

  /**
   * When it was booked or last shown.
   * @example "2026-11-24T02:10:00.000Z"
   */
  at: string;
}

/** Everything that a revocation reaches. */
/** An outcome that rests on the one that is taken back. */
export class AlsoRevokedDto {
  /** @example "01a2e7c0-5b7e-7000-8000-000000000005" */
  outcomeId: string;

  title: TextDto;

  /** Which posted it; it is told. */
  institution: RestingInstitutionDto;
}

export class RevocationEffectsDto {
  /** Outcomes that fall with it: an apprenticeship is stated by two. */
  alsoRevoked: AlsoRevokedDto[];

  /** Where the credit that is taken back stood. */
  vanishes: BalancesDto;

  returns: ReturnedCreditDto[];
  conversions: RestingConversionDto[];
  shares: RestingShareDto[];
  admissions: RestingAdmissionDto[];
}

export class RevokedOutcomeDto {
  /** True when nothing was changed. */
  preview: boolean;

  outcome: OutcomeDto;

  /** What was booked, in order; empty in a preview, and when no credit was moved. */
  entries: EntryDto[];

  effects: RevocationEffectsDto;

  /**
   * Of everything that is changed.
   * @example "9f2c7d3a51b84e60a7c1d2e3f4051627384950a1b2c3d4e5f60718293a4b5c6d"
   */
  digest: string;

  /** Why one person may not do it alone; empty when one is enough, and when it is done. */
  @ApiProperty({ enum: REASONS_FOR_TWO, isArray: true, example: ['credits'] })
  needsSecondPerson: ReasonForTwo[];
}

export class RedepositDto {
  /**
   * Why the outcome is given back; the learner reads it.
   * @example "申诉成立，恢复学分 / the appeal was upheld"
   */
  @IsString()
  @IsPlainText()
  @NamesNobody()
  @Length(1, 300)
  reason: string;

  /**
   * Reference of the decision on the appeal.
   * @example "渝教申〔2026〕12号"
   */
  @IsString()
  @IsPlainText()
  @NamesNobody()
  @Length(1, 120)
  appeal: string;
}

export class RedepositedOutcomeDto {
  outcome: OutcomeDto;

  /** What was booked; empty for outcomes without credit. */
  entries: EntryDto[];

  /**
   * Conversions that the revocation had reversed. They do not come back by themselves: the learner
   * may apply for them again.
   */
  mayApplyAgain: RestingConversionDto[];
}
