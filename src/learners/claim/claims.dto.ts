import { IsOptional, IsString, Length, Matches, MaxLength } from 'class-validator';
import { IsNested, IsPlainText } from '../../platform/http/index.js';
import { PresentPersonDto } from '../learners.dto.js';

export class NewClaimCodeDto {
  /** As it stands on the document that the learner shows. */
  @IsNested(() => PresentPersonDto)
  learner: PresentPersonDto;
}

export class ClaimCodeDto {
  /** @example "01a2e7c0-5b7e-7123-8000-000000000003" */
  learnerId: string;

  /**
   * Shown this once: print it and hand it to the learner.
   * @example "k7mq-2xpa-9wtd"
   */
  code: string;

  /** @example "2026-12-10T06:10:00.000Z" */
  expiresAt: string;
}

export class ClaimDto extends PresentPersonDto {
  /**
   * The school that gave out the number; only for a `foreign-student-number`.
   * @example "SPB-VEC"
   */
  @IsOptional()
  @IsString()
  @Length(1, 40)
  @IsPlainText()
  school?: string;

  /**
   * From a counter or the school.
   * @example "k7mq-2xpa-9wtd"
   */
  @IsString()
  @Length(1, 40)
  code: string;

  /**
   * With which to sign in: letters, digits, dot, hyphen and underscore, at least one letter. Not one’s
   * telephone or ID number: it is no secret.
   * @example "zhang.san"
   */
  @IsString()
  @Length(3, 50)
  @Matches(/^(?=.*[a-z])[a-z0-9]([a-z0-9._-]*[a-z0-9])?$/i, {
    message: 'use letters, digits, dot, hyphen and underscore, and at least one letter',
  })
  signInName: string;

  /**
   * 8 to 128 characters. Left out by who adds a passkey next, within 15 minutes.
   * @example "seven small boats"
   */
  @IsOptional()
  @IsString()
  @MaxLength(512)
  password?: string;
}
